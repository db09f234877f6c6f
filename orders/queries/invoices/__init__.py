"""Invoices that customers ask for."""
