"""How fast orders come in, told as ratios to raw SQL that writes the same rows in the same run."""
