"""The requirements of the SOP by their stable ids (clauses.toml); code and tests cite the ids."""
