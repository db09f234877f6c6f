"""Purchasing, goods receipt, transfers and write-offs."""
