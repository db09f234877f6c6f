"""The refund ledger and the settlement of orders."""
