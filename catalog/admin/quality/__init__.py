"""The screens of what happens after publication."""

from catalog.admin.quality import accuracy, audits, complaints, feedback, ledger, rates, storefronts, suggestions

__all__ = ["accuracy", "audits", "complaints", "feedback", "ledger", "rates", "storefronts", "suggestions"]
