"""The answer "it stays on sale" to questions of delisting, wherever it is given."""

from collections.abc import Sequence
from datetime import datetime

from catalog.enums.counting import SlowProposal
from catalog.enums.delisting import DelistState
from catalog.enums.listings import DelistReason
from catalog.models import DelistProposal, SlowStock
from catalog.rules.delisting.lifecycle import DELIST_LIFECYCLE
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_many
from opsdesk.inbox import services as inbox

KIND, WORK = "delist_proposal", "catalog.delist_proposal"


def lock_slow_questions(slow_id: int) -> list[DelistProposal]:
    """Lock the open questions about the goods of a proposal on slow stock to take them off sale; none for any other.

    They are locked before the slow stock, as whoever takes the goods off sale does.
    """
    skus = SlowStock.objects.filter(pk=slow_id, proposal=SlowProposal.DELIST).values("sku")
    wanted = DelistProposal.objects.filter(reason=DelistReason.SLOW_MOVING, state=DelistState.OPEN)
    return lock_many(wanted.filter(revision__product__skus__in=skus))


def keep_on_sale(proposals: Sequence[DelistProposal], *, note: str, actor: Actor, now: datetime) -> None:
    """Answer locked open questions: the goods stay, for the reason noted. SOP: C20, C23"""
    before, after = {"state": DelistState.OPEN}, {"state": str(DELIST_LIFECYCLE.transitions["decline"].target)}
    ids = [proposal.public_id for proposal in proposals]
    columns = {**after, "note": note, "decided_at": now, "decided_by": actor.staff_id}
    DelistProposal.objects.filter(public_id__in=ids).update(**columns)
    inbox.resolve(kind=WORK, subject_ids=ids, outcome=DelistState.DECLINED, actor=actor, now=now)
    changes = [Change("delisting.decline", KIND, pk, before=before, after=after, reason=note) for pk in ids]
    record_many(changes, actor=actor, now=now)
