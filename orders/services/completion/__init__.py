"""Receipt, contact and settlement."""
