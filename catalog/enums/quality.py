"""Vocabulary of what happens after publication: probes, audits, feedback, suggestions, complaints."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageFormat(models.TextChoices):
    JSON = "json", _("JSON")
    HTML = "html", _("HTML page")


class ProbePurpose(models.TextChoices):
    """Why the storefront was read. SOP: C15, C18"""

    PUBLICATION = "publication", _("After publishing")
    ACCURACY = "accuracy", _("Periodic accuracy check")
    TRIAL = "trial", _("Trial")


class ProbeOutcome(models.TextChoices):
    """What came of reading a page. Only "different" says something about the listing; the rest is technical."""

    RUNNING = "running", _("Under way")
    EQUAL = "equal", _("As it should be")
    DIFFERENT = "different", _("Different")
    TIMEOUT = "timeout", _("Timed out")
    STATUS = "status", _("Error status")
    TOO_LARGE = "too_large", _("Too large")
    UNREADABLE = "unreadable", _("Not readable")
    UNREACHABLE = "unreachable", _("Not reachable")
    REDIRECTED = "redirected", _("Redirected elsewhere")
    FORBIDDEN_ADDRESS = "forbidden_address", _("Address not allowed")


class CheckedField(models.TextChoices):
    """The parts of a listing that are checked one by one. SOP: C17"""

    TITLE = "title", _("Title")
    CATEGORY = "category", _("Category")
    BRAND = "brand", _("Brand")
    MODEL = "model_no", _("Model")
    SPEC = "spec", _("Specification")
    SELLING_POINTS = "selling_points", _("Selling points")
    USE_SCENARIOS = "use_scenarios", _("Use scenarios")
    USAGE = "usage", _("Usage")
    PRECAUTIONS = "precautions", _("Precautions")
    DETAIL = "detail", _("Detail text")
    TAGS = "tags", _("Tags")
    COMMITMENTS = "commitments", _("Service commitments")
    IMAGES = "images", _("Images")
    PRICE = "price", _("Prices")
    STOCK = "stock", _("Stock")


class ErrorKind(models.TextChoices):
    """In which way a field is wrong. SOP: C17"""

    WRONG = "wrong", _("Wrong")
    MISSING = "missing", _("Missing")
    OUTDATED = "outdated", _("Outdated")
    FORMAT = "format", _("Not in the prescribed format")
    MISLEADING = "misleading", _("Misleading")


class ErrorSource(models.TextChoices):
    """Who found an error of a listing. SOP: C17"""

    AUDIT = "audit", _("Sample audit")
    PROBE = "probe", _("Probe of the storefront")
    REVIEW = "review", _("Periodic review")
    CUSTOMER = "customer", _("Customer feedback")
    COMPLAINT = "complaint", _("Quality complaint")


class AuditBasis(models.TextChoices):
    """How the listings of a sample were chosen; only a random sample proves a rate. SOP: C17"""

    RANDOM = "random", _("Random")
    RISK = "risk", _("By risk")


class AuditState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class RateVerdict(models.TextChoices):
    """What a sample says of the claim that errors are rare enough. SOP: C17"""

    PROVEN = "proven", _("Proven")
    NOT_PROVEN = "not_proven", _("Not proven")
    EXCEEDED = "exceeded", _("Exceeded")


class AccuracyState(models.TextChoices):
    """Where the periodic accuracy check of a live listing stands. SOP: C18"""

    CURRENT = "current", _("Up to date")
    TO_REVIEW = "to_review", _("To be reviewed")
    DIFFERENT = "different", _("Different in the shop")


class FeedbackSource(models.TextChoices):
    """Where something said about goods comes from. SOP: C19"""

    REVIEW = "review", _("Product review")
    RETURN = "return", _("Return")
    COMPLAINT = "complaint", _("Quality complaint")
    SERVICE = "service", _("Customer service")


class FeedbackReason(models.TextChoices):
    """What the customer was unhappy with. SOP: C19, O22"""

    SIZE = "size", _("Size does not fit")
    COLOUR = "colour", _("Colour differs from the picture")
    NOT_AS_DESCRIBED = "not_as_described", _("Not as described")
    USAGE = "usage", _("Hard to use")
    QUALITY = "quality", _("Quality")
    DAMAGED = "damaged", _("Damaged")
    OTHER = "other", _("Other")


class SuggestionRule(models.TextChoices):
    """Why a change of a listing is suggested. SOP: C19"""

    RETURN_REASON = "return_reason", _("One reason stands out among the returns")
    LOW_RATING = "low_rating", _("Low ratings")
    SALES_DROP = "sales_drop", _("Sales have dropped")
    COMPLAINTS = "complaints", _("Several quality complaints")
    PROPOSED = "proposed", _("Proposed by a colleague")


class SuggestionState(models.TextChoices):
    """How far a suggestion has come. SOP: C19"""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted, draft under way")
    PUBLISHED = "published", _("Published, being measured")
    MEASURED = "measured", _("Measured")
    DECLINED = "declined", _("Declined")


class Effect(models.TextChoices):
    """What a change did to sales and returns. SOP: C19"""

    BETTER = "better", _("Better")
    SAME = "same", _("No clear effect")
    WORSE = "worse", _("Worse")


class ComplaintKind(models.TextChoices):
    """What is wrong with the goods. SOP: C27"""

    DAMAGED = "damaged", _("Damaged")
    DEFECT = "defect", _("Defect")
    WRONG_DESCRIPTION = "wrong_description", _("Not as described")
    SIZE = "size", _("Size")
    OTHER = "other", _("Other")


class ComplaintSource(models.TextChoices):
    SERVICE = "service", _("Customer service")
    RETURN = "return", _("Return")
    REVIEW = "review", _("Product review")
    WAREHOUSE = "warehouse", _("Warehouse")


class ComplaintSeverity(models.TextChoices):
    MINOR = "minor", _("Minor")
    SERIOUS = "serious", _("Serious")
    DANGEROUS = "dangerous", _("Dangerous")


class ComplaintState(models.TextChoices):
    """Where a quality complaint stands. SOP: C27"""

    OPEN = "open", _("Open")
    INVESTIGATING = "investigating", _("Being investigated")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class ComplaintOutcome(models.TextChoices):
    """What follows from a quality complaint. SOP: C27"""

    SUPPLIER_CLAIM = "supplier_claim", _("Claim against the supplier")
    LISTING_ERROR = "listing_error", _("The listing is wrong")
    STOCK_CHECK = "stock_check", _("Check the stock")
    DELIST = "delist", _("Propose to take it off sale")
    NO_FAULT = "no_fault", _("No fault of the goods")
