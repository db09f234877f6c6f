"""What customers say afterwards: surveys, problems, archive, reports."""
