"""Closing the questions about a listing that goes off sale or is replaced."""

from datetime import datetime

from catalog.enums.delisting import DelistState
from catalog.enums.listings import DelistReason
from catalog.models import DelistProposal, ListingRevision
from catalog.services.counting import slow
from catalog.services.delisting.answers import WORK
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.inbox import services as inbox


def close_proposals(revision: ListingRevision, *, reason: str, actor: Actor, now: datetime) -> None:
    """The question with the reason for which the listing went off sale is accepted, all others are of no use any more.

    SOP: C20
    """
    proposals = lock_many(DelistProposal.objects.filter(revision=revision, state=DelistState.OPEN))
    for proposal in proposals:
        proposal.state = DelistState.ACCEPTED if proposal.reason == reason else DelistState.WITHDRAWN
        proposal.decided_at, proposal.decided_by_id = now, actor.staff_id
    DelistProposal.objects.bulk_update(proposals, ["state", "decided_at", "decided_by"])
    ids = [proposal.public_id for proposal in proposals]
    inbox.resolve(kind=WORK, subject_ids=ids, outcome=reason or "replaced", actor=actor, now=now)
    if reason == DelistReason.SLOW_MOVING:
        slow.settle(product_id=revision.product_id, step="accept", actor=actor, now=now)
