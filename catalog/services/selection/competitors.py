"""Watching competitors: their products, their prices, and what a price asks of us."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.db import transaction

from catalog.enums.selection import PriceReason, ProposalState
from catalog.models import Category, CompetitorPrice, CompetitorProduct, PriceProposal, Sku
from catalog.parameters.selection import PRICE_REVIEW_WITHIN, PRICE_TOLERANCE
from catalog.queries.selection.market import own_price
from catalog.rules.selection.lifecycles import COMPETITOR_STEPS, PROPOSAL_LIFECYCLE, WATCHED
from catalog.rules.selection.market import price_reasons
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox.services import Work, raise_item, resolve
from opsdesk.parameters.queries import value
from opsdesk.shops.enums import Platform

COMPETITOR, PROPOSAL = "competitor_product", "price_proposal"
REVIEW_PRICE = "catalog.review_price"
_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True)
class CompetitorDetails:
    """A competitor's product; `sku` is the code of ours that it competes with, else `category_id` says with what."""

    name: str
    platform: str
    url: str
    seller: str = ""
    sku: str = ""
    category_id: int | None = None


@transaction.atomic
def add_competitor(*, details: CompetitorDetails, actor: Actor, now: datetime) -> CompetitorProduct:
    """Watch a competitor's product.

    Raises: Forbidden, Invalid (no web address, unknown SKU, competes with nothing), Conflict (watched already).
    SOP: C26
    """
    actor.require("catalog.add_competitorproduct")
    competitor = CompetitorProduct.objects.create(**_columns(details, None))
    after = {"name": competitor.name, "url": competitor.url}
    record(Change("selection.competitor_added", COMPETITOR, competitor.public_id, after=after), actor=actor, now=now)
    return competitor


@transaction.atomic
def change_competitor(*, competitor_id: int, details: CompetitorDetails, actor: Actor, now: datetime) -> CompetitorProduct:
    """Change what is known of a competitor's product. Raises: NotFound, Forbidden, Invalid, Conflict. SOP: C26"""
    competitor = lock_one(CompetitorProduct.objects.filter(pk=competitor_id))
    COMPETITOR_STEPS.enter("edit", WATCHED, actor)
    CompetitorProduct.objects.filter(pk=competitor_id).update(**_columns(details, competitor_id))
    after = {"name": details.name, "url": details.url}
    record(Change("selection.competitor_changed", COMPETITOR, competitor.public_id, after=after), actor=actor, now=now)
    competitor.refresh_from_db()
    return competitor


@transaction.atomic
def record_price(*, competitor_id: int, price: Decimal, actor: Actor, now: datetime) -> CompetitorPrice:
    """Note a price that was seen now; one that has moved or undercuts ours is the product desk's work.

    A proposal that is open already is brought to the newest price, whatever that is.
    Raises: NotFound, Forbidden, Invalid (not above zero).
    SOP: C26
    """
    competitor = lock_one(CompetitorProduct.objects.select_related("sku", "category").filter(pk=competitor_id))
    COMPETITOR_STEPS.enter("record_price", WATCHED, actor)
    if price <= 0:
        text = mark("The price must be above zero.")
        raise Invalid(text, code="out_of_range", issues=[Issue("/price", "out_of_range", text)])
    previous, own = competitor.last_price, own_price(competitor)
    seen = CompetitorPrice.objects.create(competitor=competitor, price=price, seen_at=now, seen_by=actor.label)
    competitor.last_price, competitor.last_seen_at = price, now
    competitor.save(update_fields=["last_price", "last_seen_at"])
    after = {"price": f"{price:.2f}"}
    record(Change("selection.price_seen", COMPETITOR, competitor.public_id, after=after), actor=actor, now=now)
    reasons = price_reasons(previous=previous, current=price, own=own, tolerance_percent=value(PRICE_TOLERANCE))
    open_ones = lock_many(PriceProposal.objects.filter(competitor=competitor, state=ProposalState.OPEN))
    if open_ones or reasons:
        proposal = open_ones[0] if open_ones else _proposal(competitor, previous, now)
        _propose(proposal, competitor, reasons, own, actor, now)
    return seen


def accept_proposal(*, proposal_id: int, actor: Actor, now: datetime) -> PriceProposal:
    """Take up a proposal: our price is changed next. Raises: NotFound, Forbidden, IllegalTransition. SOP: C26"""
    return _answer("accept", proposal_id, "", actor, now)


def decline_proposal(*, proposal_id: int, reason: str, actor: Actor, now: datetime) -> PriceProposal:
    """Leave our price as it is, with the reason. Raises: NotFound, Forbidden, IllegalTransition. SOP: C26"""
    return _answer("decline", proposal_id, reason, actor, now)


@transaction.atomic
def _answer(name: str, proposal_id: int, reason: str, actor: Actor, now: datetime) -> PriceProposal:
    proposal = lock_one(PriceProposal.objects.filter(pk=proposal_id))
    step = PROPOSAL_LIFECYCLE.enter(name, proposal.state, actor)
    before = proposal.state
    proposal.state = ProposalState(step.target or before)
    proposal.answered_at, proposal.answered_by, proposal.reason = now, actor.label, reason
    proposal.save(update_fields=["state", "answered_at", "answered_by", "reason"])
    resolve(kind=REVIEW_PRICE, subject_ids=[proposal.public_id], outcome=proposal.state, actor=actor, now=now)
    change = Change(
        f"selection.proposal_{name}",
        PROPOSAL,
        proposal.public_id,
        before={"state": before},
        after={"state": str(proposal.state)},
        reason=reason,
    )
    record(change, actor=actor, now=now)
    return proposal


def _proposal(competitor: CompetitorProduct, previous: Decimal | None, now: datetime) -> PriceProposal:
    due_at = now + value(PRICE_REVIEW_WITHIN)
    return PriceProposal(competitor=competitor, opened_at=now, answer_by=due_at, previous_price=previous)


def _propose(
    proposal: PriceProposal,
    competitor: CompetitorProduct,
    reasons: list[PriceReason],
    own: Decimal | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Open a proposal, or bring the open one of the same product to the newest price; its due time stays the first one's."""
    action = "opened" if proposal.pk is None else "refreshed"
    proposal.reasons = [str(reason) for reason in PriceReason if reason in reasons or str(reason) in proposal.reasons]
    proposal.competitor_price, proposal.own_price = competitor.last_price or Decimal(0), own
    proposal.save()
    after = {"reasons": proposal.reasons, "competitor_price": f"{proposal.competitor_price:.2f}"}
    record(Change(f"selection.proposal_{action}", PROPOSAL, proposal.public_id, after=after), actor=actor, now=now)
    params = {"goods": _goods(competitor), "price": f"{proposal.competitor_price:.2f}"}
    raise_item(Work(REVIEW_PRICE, PROPOSAL, proposal.public_id, proposal.answer_by, params=params), now=now)


def _goods(competitor: CompetitorProduct) -> str:
    return competitor.sku.code if competitor.sku else str(competitor.category)


def _columns(details: CompetitorDetails, own: int | None) -> dict[str, object]:
    issues = []
    if urlsplit(details.url).scheme not in _SCHEMES or not urlsplit(details.url).netloc:
        issues.append(Issue("/url", "invalid_url", mark("It must be an address that begins with http:// or https://.")))
    if details.platform not in Platform.values:
        issues.append(Issue("/platform", "unknown", mark("There is no such platform.")))
    sku = Sku.objects.filter(code=details.sku).first() if details.sku else None
    if details.sku and sku is None:
        issues.append(Issue("/sku", "unknown_sku", mark("There is no SKU %(sku)s."), {"sku": details.sku}))
    if not details.sku and not details.category_id:
        issues.append(Issue("/sku", "required", mark("Name the SKU or the category that it competes with.")))
    if details.category_id and not Category.objects.filter(pk=details.category_id).exists():
        issues.append(Issue("/category_id", "unknown_category", mark("There is no such category.")))
    if issues:
        raise Invalid(issues=issues)
    if CompetitorProduct.objects.filter(url=details.url).exclude(pk=own or 0).exists():
        text = mark("This address is watched already.")
        raise Conflict(text, code="taken", issues=[Issue("/url", "taken", text)])
    columns = asdict(details)
    return {**columns, "sku": sku}
