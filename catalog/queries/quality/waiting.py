"""What waits for a person after publication, by key."""

from collections.abc import Collection
from datetime import datetime

from catalog.enums.listings import CheckState
from catalog.enums.quality import AccuracyState, SuggestionState
from catalog.models import AccuracyCheck, ListingError, PostPublishCheck, Suggestion


def pending_checks(revision_ids: Collection[int]) -> list[int]:
    """The checks of these published listings that nobody has done. SOP: C15"""
    rows = PostPublishCheck.objects.filter(revision__in=revision_ids, state=CheckState.PENDING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def unrepaired_products(*, failed_before: datetime) -> dict[int, datetime]:
    """The products whose published listing failed its check before then and still is not right in the shop. SOP: C15, C20"""
    rows = PostPublishCheck.objects.filter(state=CheckState.FAILED, checked_at__lt=failed_before)
    found = rows.order_by("pk").values_list("revision__product", "checked_at")
    return {product: at for product, at in found if at}


def open_errors() -> list[int]:
    """The errors of live listings that nobody has corrected, the oldest first. SOP: C17"""
    return list(ListingError.objects.filter(corrected_at=None).order_by("pk").values_list("pk", flat=True))


def waiting_reviews() -> list[int]:
    """The live listings that a person has to review, the oldest first. SOP: C18"""
    rows = AccuracyCheck.objects.filter(state=AccuracyState.TO_REVIEW)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_suggestions() -> list[int]:
    """The suggestions that nobody has decided on, the oldest first. SOP: C19"""
    rows = Suggestion.objects.filter(state=SuggestionState.OPEN)
    return list(rows.order_by("pk").values_list("pk", flat=True))
