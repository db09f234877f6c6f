"""Tables inside the page of a parcel: how asking after it goes, what was reported raw, how it is stopped."""

from orders.admin import words
from orders.admin.tables import ShownTable
from orders.models import Interception, ParcelFeed, RawReport


class RawReportTable(ShownTable):
    """Reports with codes that nobody has explained yet."""

    model = RawReport
    fields = readonly_fields = ("occurred_at", "code", "location", "description", "source")
    ordering = ("-occurred_at", "-id")


class FeedTable(ShownTable):
    """How asking after the parcel goes."""

    model = ParcelFeed
    fields = readonly_fields = ("source", "last_polled_at", "last_ok_at", "next_poll_at", "failing_since", "trouble")
    trouble = words.trouble


class InterceptionTable(ShownTable):
    """How the parcel is stopped."""

    model = Interception
    fields = readonly_fields = ("public_id", "state", "code", "requested_at", "answered_at", "answer", "returned_at")
    ordering = ("-id",)
