"""What customers say afterwards: problems, archive, reports."""
