"""What happens after publication: probes of the storefront, audits, accuracy, feedback, suggestions, complaints."""

from catalog.models.quality.accuracy import AccuracyCheck
from catalog.models.quality.audits import AuditedField, AuditItem, ListingError, QualityAudit
from catalog.models.quality.complaints import QualityComplaint
from catalog.models.quality.feedback import ProductFeedback, Suggestion
from catalog.models.quality.storefront import ProbeRun, Storefront, StorefrontItem
from catalog.models.quality.visits import ProductVisits

__all__ = [
    "AccuracyCheck",
    "AuditItem",
    "AuditedField",
    "ListingError",
    "ProbeRun",
    "ProductFeedback",
    "ProductVisits",
    "QualityAudit",
    "QualityComplaint",
    "Storefront",
    "StorefrontItem",
    "Suggestion",
]
