"""Which findings of a revision's present content were waived, by whom and why."""

from catalog.models import FindingWaiver, ListingRevision
from catalog.rules.entry.waivers import WaiverKey


def waivers_of(revision: ListingRevision) -> dict[WaiverKey, int]:
    """The primary keys of the waivers that hold for exactly what the revision says now. SOP: C13"""
    rows = FindingWaiver.objects.filter(revision=revision, content_hash=revision.content_hash)
    return {
        WaiverKey(code, pointer, detail): pk
        for code, pointer, detail, pk in rows.values_list("code", "pointer", "detail", "pk")
    }
