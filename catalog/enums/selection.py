"""Vocabulary of the selection of goods: lists, suppliers, competitors, the market."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SelectionState(models.TextChoices):
    """Where a selection list stands. SOP: C1"""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")


class LineDecision(models.TextChoices):
    """What was decided on one line of a selection list. SOP: C1"""

    OPEN = "open", pgettext_lazy("selection line", "Open")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    LATER = "later", _("Later")


class ComplaintRecord(models.TextChoices):
    """Whether buyers have complained of the goods' quality elsewhere. SOP: C2"""

    UNCHECKED = "unchecked", _("Not looked up")
    NONE = "none", _("No complaints")
    FOUND = "found", _("Has complaints")


class SupplierStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")


class DocumentKind(models.TextChoices):
    """What a supplier proves its qualification with. SOP: C2"""

    BUSINESS_LICENCE = "business_licence", _("Business licence")
    PRODUCTION_LICENCE = "production_licence", _("Production licence")
    QUALITY_REPORT = "quality_report", _("Quality inspection report")
    BRAND_AUTHORISATION = "brand_authorisation", _("Brand authorisation")
    OTHER = "other", _("Other document")


class DocumentState(models.TextChoices):
    CURRENT = "current", _("Current")
    RENEWED = "renewed", _("Replaced by a newer one")
    RETIRED = "retired", pgettext_lazy("supplier document", "No longer needed")


class AssessmentAspect(models.TextChoices):
    """What a supplier is judged by. SOP: C2"""

    QUALITY = "quality", _("Quality of the goods")
    DELIVERY = "delivery", _("Punctual delivery")
    FILL_RATE = "fill_rate", _("Complete delivery")
    SERVICE = "service", _("Service")


class NoteKind(models.TextChoices):
    """What a note on the market is about. SOP: C1, C26"""

    TREND = "trend", _("Hot category or trend")
    PRICE = "price", _("Price trend")
    INDUSTRY = "industry", _("Industry news")
    COMPETITOR = "competitor", _("Competitor")


class ProposalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("price proposal", "Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class PriceReason(models.TextChoices):
    """Why a competitor's price asks for a look at ours. SOP: C26"""

    MOVED = "moved", _("The competitor's price has moved")
    UNDERCUT = "undercut", _("The competitor is cheaper than we are")


class ResearchState(models.TextChoices):
    OPEN = "open", pgettext_lazy("market research", "To do")
    DONE = "done", _("Done")
