"""The designers' desk: asking for an image, delivering versions of it, judging them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.media import AssetState, BriefState, BriefSubject, DeliveryVerdict
from catalog.models import BriefComment, BriefDelivery, DesignBrief, ImageStandard, MediaAsset, Product
from catalog.parameters.media import JUDGE_WITHIN, REWORK_WITHIN
from catalog.queries.media.standards import demand_of, measured
from catalog.rules.media.lifecycle import BRIEF_LIFECYCLE, desk_of, is_askers_side
from catalog.rules.media.standards import shortcomings
from catalog.services.listing_steps import blocking
from catalog.services.media.assets import ImageRefused, Upload, upload
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value

SUBJECT = "design_brief"
MAKE, REWORK, JUDGE = "catalog.design_brief", "catalog.design_rework", "catalog.design_judge"


@dataclass(frozen=True)
class Wish:
    """What a designer is asked for: for a product by its code, or for a page or campaign by its name."""

    title: str
    subject: BriefSubject
    standard_id: int
    text: str
    due_by: datetime
    product: str = ""
    reference: str = ""
    links: Sequence[str] = ()
    samples: Sequence[str] = ()


@transaction.atomic
def ask(*, wish: Wish, actor: Actor, now: datetime) -> DesignBrief:
    """Ask the designers for an image; it is work of their desk until the day named.

    Raises: Forbidden, NotFound (no such standard), Invalid (due in the past, unknown product or image, nothing named).
    SOP: C6
    """
    actor.require("catalog.add_designbrief")
    standard = lock_one(ImageStandard.objects.filter(pk=wish.standard_id))
    product = Product.objects.filter(code=wish.product).first() if wish.subject == BriefSubject.PRODUCT else None
    samples = list(MediaAsset.objects.filter(public_id__in=wish.samples))
    issues = [*_problems(wish, product, now), *_unknown(wish.samples, samples)]
    if issues:
        raise Invalid(issues=issues)
    brief = DesignBrief.objects.create(
        title=wish.title,
        subject=wish.subject,
        product=product,
        reference="" if product else wish.reference,
        standard=standard,
        text=wish.text,
        links=list(wish.links),
        due_by=wish.due_by,
        asked_by_id=actor.staff_id,
        asker_label=actor.label,
        asked_at=now,
        desk=desk_of(actor),
    )
    brief.samples.set(samples)
    raise_item(Work(MAKE, SUBJECT, brief.public_id, brief.due_by, params={"title": brief.title}), now=now)
    after = {"state": brief.state, "due_by": brief.due_by.isoformat()}
    record(Change("briefs.asked", SUBJECT, brief.public_id, after=after), actor=actor, now=now)
    return brief


@transaction.atomic
def start(*, brief_id: int, actor: Actor, now: datetime) -> DesignBrief:
    """Begin with a brief: it is this designer's. Raises: NotFound, Forbidden, IllegalTransition. SOP: C6"""
    brief = lock_one(DesignBrief.objects.filter(pk=brief_id))
    step = BRIEF_LIFECYCLE.enter("start", brief.state, actor)
    brief.designer_id = actor.staff_id
    return _move(brief, step, actor, now)


@transaction.atomic
def deliver(*, brief_id: int, file: Upload | None, asset: str, note: str, actor: Actor, now: datetime) -> DesignBrief:
    """Deliver the next version: a new file, or an image of the library; it must meet the standard of the brief.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (neither or both), ImageRefused (with every problem).
    SOP: C6
    """
    brief = lock_one(DesignBrief.objects.filter(pk=brief_id))
    step = BRIEF_LIFECYCLE.enter("deliver", brief.state, actor)
    if bool(file) == bool(asset):
        raise Invalid(issues=[Issue("/file", "required", mark("Choose a file or name an image of the library."))])
    image = _new(brief, file, actor, now) if file else _known(brief, asset)
    BriefDelivery.objects.create(
        brief=brief,
        no=brief.deliveries.count() + 1,
        asset=image,
        note=note,
        delivered_by_id=actor.staff_id,
        deliverer_label=actor.label,
        delivered_at=now,
    )
    brief.designer_id = actor.staff_id
    for kind in (MAKE, REWORK):
        resolve(kind=kind, subject_ids=[brief.public_id], outcome="delivered", actor=actor, now=now)
    due_at, params = now + value(JUDGE_WITHIN), {"title": brief.title}
    raise_item(Work(JUDGE, SUBJECT, brief.public_id, due_at, role=brief.desk, params=params), now=now)
    return _move(brief, step, actor, now, image=image.public_id)


@transaction.atomic
def accept(*, brief_id: int, actor: Actor, now: datetime) -> DesignBrief:
    """Accept the version that waits. Raises: NotFound, Forbidden (another desk, one's own work), IllegalTransition. SOP: C6"""
    brief, step = _judging(brief_id, "accept", actor)
    _judge(brief, DeliveryVerdict.ACCEPTED, "", actor, now)
    brief.closed_at = now
    return _move(brief, step, actor, now)


@transaction.atomic
def send_back(*, brief_id: int, reason: str, actor: Actor, now: datetime) -> DesignBrief:
    """Send the version that waits back to the designer, saying why.

    Raises: NotFound, Forbidden (another desk, one's own work), IllegalTransition.
    SOP: C6
    """
    brief, step = _judging(brief_id, "send_back", actor)
    _judge(brief, DeliveryVerdict.SENT_BACK, reason, actor, now)
    due_at, params = now + value(REWORK_WITHIN), {"title": brief.title}
    raise_item(Work(REWORK, SUBJECT, brief.public_id, due_at, params=params), now=now)
    return _move(brief, step, actor, now, reason=reason)


@transaction.atomic
def comment(*, brief_id: int, text: str, actor: Actor, now: datetime) -> BriefComment:
    """Say something about a brief. Raises: NotFound, Forbidden, IllegalTransition (closed). SOP: C6"""
    brief = lock_one(DesignBrief.objects.filter(pk=brief_id))
    BRIEF_LIFECYCLE.enter("comment", brief.state, actor)
    record(Change("briefs.comment", SUBJECT, brief.public_id), actor=actor, now=now)
    return BriefComment.objects.create(brief=brief, text=text, author_label=actor.label, written_at=now)


@transaction.atomic
def cancel(*, brief_id: int, reason: str, actor: Actor, now: datetime) -> DesignBrief:
    """Withdraw a brief. Raises: NotFound, Forbidden (another desk), IllegalTransition. SOP: C6"""
    brief = lock_one(DesignBrief.objects.filter(pk=brief_id))
    step = BRIEF_LIFECYCLE.enter("cancel", brief.state, actor)
    _require_side(brief, actor)
    brief.closed_at, brief.reason = now, reason
    for kind in (MAKE, REWORK, JUDGE):
        resolve(kind=kind, subject_ids=[brief.public_id], outcome="cancelled", actor=actor, now=now)
    return _move(brief, step, actor, now, reason=reason)


def _problems(wish: Wish, product: Product | None, now: datetime) -> list[Issue]:
    issues = []
    if wish.due_by <= now:
        issues.append(Issue("/due_by", "date_out_of_range", mark("This time has passed.")))
    if wish.subject == BriefSubject.PRODUCT and product is None:
        issues.append(Issue("/product", "unknown_product", mark("There is no product %(code)s."), {"code": wish.product}))
    if wish.subject != BriefSubject.PRODUCT and not wish.reference:
        issues.append(Issue("/reference", "required", mark("Name the page or the campaign.")))
    return issues


def _unknown(named: Sequence[str], found: Sequence[MediaAsset]) -> list[Issue]:
    known = {asset.public_id for asset in found}
    message = mark("There is no image %(id)s.")
    return [Issue("/samples", "unknown_image", message, {"id": name}) for name in named if name not in known]


def _new(brief: DesignBrief, file: Upload, actor: Actor, now: datetime) -> MediaAsset:
    return upload(upload=file, standard_id=brief.standard_id, actor=actor, now=now).asset


def _known(brief: DesignBrief, public_id: str) -> MediaAsset:
    asset = MediaAsset.objects.filter(public_id=public_id, state=AssetState.ACTIVE).first()
    if asset is None:
        raise Invalid(issues=_asset_unknown(public_id))
    found = blocking(list(shortcomings(measured(asset), demand_of(brief.standard), pointer="/asset")))
    if found:
        raise ImageRefused(issues=found)
    return asset


def _asset_unknown(public_id: str) -> list[Issue]:
    return [Issue("/asset", "unknown_image", mark("There is no image %(id)s."), {"id": public_id})]


def _judging(brief_id: int, name: str, actor: Actor) -> tuple[DesignBrief, Transition]:
    brief = lock_one(DesignBrief.objects.filter(pk=brief_id))
    step = BRIEF_LIFECYCLE.enter(name, brief.state, actor)
    _require_side(brief, actor)
    return brief, step


def _require_side(brief: DesignBrief, actor: Actor) -> None:
    if not is_askers_side(actor, brief.desk):
        raise Forbidden(mark("Only the desk that asked decides on this brief."))


def _judge(brief: DesignBrief, verdict: DeliveryVerdict, reason: str, actor: Actor, now: datetime) -> None:
    delivery = brief.deliveries.filter(verdict=DeliveryVerdict.WAITING).first()
    if delivery is None:
        raise Conflict(mark("Nothing waits to be judged."))
    if actor.staff_id is not None and actor.staff_id == delivery.delivered_by_id:
        raise Forbidden(mark("Nobody accepts their own work."), code="self_review")
    delivery.verdict, delivery.reason, delivery.judged_by_id, delivery.judged_at = verdict, reason, actor.staff_id, now
    delivery.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
    resolve(kind=JUDGE, subject_ids=[brief.public_id], outcome=str(verdict), actor=actor, now=now)


def _move(
    brief: DesignBrief, step: Transition, actor: Actor, now: datetime, *, reason: str = "", **more: object
) -> DesignBrief:
    before, brief.state = brief.state, BriefState(str(step.target))
    brief.save(update_fields=["state", "designer", "closed_at", "reason"])
    change = Change(
        f"briefs.{step.name}",
        SUBJECT,
        brief.public_id,
        before={"state": before},
        after={"state": brief.state.value, **more},
        reason=reason,
    )
    record(change, actor=actor, now=now)
    return brief
