"""What happens after publication: probes, accuracy, audits, feedback, suggestions, complaints."""
