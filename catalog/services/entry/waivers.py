"""Taking responsibility for a finding of the automatic check."""

from datetime import datetime

from django.db import transaction

from catalog.models import FindingWaiver, ListingIssue, ListingRevision
from catalog.rules.entry.waivers import key_of
from catalog.rules.findings import Finding
from catalog.services import listing_steps as steps
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue, Stale
from opsdesk.common.text import mark


@transaction.atomic
def waive_finding(
    *, revision_id: int, issue_id: int, seen_hash: str, reason: str, actor: Actor, now: datetime
) -> FindingWaiver:
    """Accept one finding in exactly the content that was seen; the next edit of the listing ends it.

    Raises: NotFound, Forbidden (also for whoever wrote it), IllegalTransition, Stale (another content than was seen),
    Conflict (the finding is gone, or must be corrected), Invalid (no reason).
    SOP: C13
    """
    revision = steps.lock_revision(revision_id, actor)
    steps.enter(revision, "waive_finding", actor)
    if actor.staff_id is None or actor.staff_id in revision.editor_ids:
        raise Forbidden(mark("Whoever wrote a listing may not waive its findings."), code="four_eyes")
    if seen_hash != revision.content_hash:
        raise Stale(mark("The content has changed since you opened it; look at it again."))
    if not reason.strip():
        text = mark("A reason is required.")
        raise Invalid(text, code="reason_required", issues=[Issue("/reason", "required", text)])
    issue = _waivable(revision, issue_id)
    finding = Finding(issue.code, issue.pointer, issue.message, issue.params)
    waiver = FindingWaiver.objects.create(
        revision=revision,
        content_hash=revision.content_hash,
        **vars(key_of(finding)),
        reason=reason.strip(),
        waived_by_id=actor.staff_id,
        waived_at=now,
    )
    after = {"code": issue.code, "field": issue.pointer, "content_hash": revision.content_hash, **issue.params}
    change = Change("listings.waive_finding", steps.KIND, revision.public_id, after=after, reason=reason.strip()[:500])
    record(change, actor=actor, now=now)
    steps.examine(revision)
    return waiver


def _waivable(revision: ListingRevision, issue_id: int) -> ListingIssue:
    issue = ListingIssue.objects.filter(revision=revision, pk=issue_id).first()
    if issue is None or issue.waiver_id:
        raise Conflict(mark("This finding is no longer open."), code="nothing_to_waive")
    if not issue.is_waivable:
        raise Conflict(mark("This finding cannot be waived; it must be corrected."), code="not_waivable")
    return issue
