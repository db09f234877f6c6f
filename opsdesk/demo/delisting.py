"""The demo company's questions of delisting in every state, goods that a rule took off sale, and an update under way."""

from dataclasses import replace
from datetime import datetime, timedelta

from catalog.enums.delisting import DelistMode
from catalog.enums.listings import DelistReason
from catalog.enums.stock import MovementReason
from catalog.queries.delisting.questions import open_questions
from catalog.queries.prices.categories import category_ids
from catalog.queries.quality.waiting import pending_checks
from catalog.queries.range import range_of
from catalog.services import judgement, post_publish
from catalog.services.delisting import proposals
from catalog.services.drafts import Update, create_draft
from catalog.services.stock import Booking, LotFacts, book
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo import listings

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
DECLINED, ACCEPTED, RESTOCKED, OVERDUE, UPDATED, EXPIRING = NUMBERS = range(201, 207)


def make_delisting(*, categories: list[tuple[str, str]], shops: list[str], warehouse: int, now: datetime) -> None:
    """Six products that went on sale five days ago: four sold out, one is updated, and of one all that is left expires."""
    specialist, supervisor = _person(Role.PRODUCT_SPECIALIST), _person(Role.PRODUCT_SUPERVISOR)
    began = now - 5 * _DAY
    revisions = []
    for number in NUMBERS:
        category, name = _goods(number, categories)
        revisions.append(listings.make_live(number=number, category=category, name=name, shops=shops, at=began))
    _check(revisions, _person(Role.PRODUCT_SPECIALIST, "_2"), began + 3 * _HOUR)
    leaf = category_ids()[_goods(EXPIRING, categories)[0]]
    reason, mode = DelistReason.EXPIRED, DelistMode.AUTOMATIC
    proposals.set_policy(category_id=leaf, reason=reason, mode=mode, actor=supervisor, now=began)
    _receive(UPDATED, warehouse, began)
    _receive(EXPIRING, warehouse, began, LotFacts("D1", expires_on=(now + 3 * _DAY).date()))

    proposals.propose_delisting(now=now - 80 * _HOUR)
    asked = open_questions([_code(number) for number in NUMBERS])
    at = now - 78 * _HOUR
    proposals.accept(proposal_id=asked[_code(ACCEPTED)], actor=specialist, now=at)
    proposals.decline(proposal_id=asked[_code(DECLINED)], reason="补货已在途，明日到仓", actor=specialist, now=at)
    _receive(RESTOCKED, warehouse, now - 77 * _HOUR)
    proposals.propose_delisting(now=now - 76 * _HOUR)
    _update(categories, shops, specialist, now - 20 * _HOUR)


def _update(categories: list[tuple[str, str]], shops: list[str], writer: Actor, at: datetime) -> None:
    """The next revision of a product, handed in with what it changes and why. SOP: C21"""
    content = listings.content_of(UPDATED, *_goods(UPDATED, categories), shops)
    changed = replace(content, selling_points=("做工细致", "全新环保包装"), detail="包装改为可回收纸盒，商品本身不变。")
    update = Update(("packaging",), "供应商更换环保包装，页面与实物保持一致")
    draft = create_draft(code=_code(UPDATED), content=changed, update=update, actor=writer, now=at)
    judgement.submit(revision_id=draft.revision.pk, actor=writer, now=at + _HOUR)


def _check(revisions: list[int], colleague: Actor, at: datetime) -> None:
    """Somebody looked at all of them in the shop."""
    said = "店铺页面：类目与价格均正确。"
    for check in pending_checks(revisions):
        post_publish.record_check(check_id=check, category_ok=True, price_ok=True, evidence=said, actor=colleague, now=at)


def _receive(number: int, warehouse: int, at: datetime, facts: LotFacts | None = None) -> None:
    """Twenty pieces of a product arrive."""
    (sku,) = range_of([f"{_code(number)}-W"])
    booking = Booking(sku.id, warehouse, 20, f"demo:delisting:{sku.code}", "demo", facts=facts)
    book([booking], reason=MovementReason.RECEIPT, actor=SYSTEM, now=at)


def _goods(number: int, categories: list[tuple[str, str]]) -> tuple[str, str]:
    return categories[number % len(categories)]


def _code(number: int) -> str:
    return f"NEW-{number:03d}"


def _person(role: Role, suffix: str = "") -> Actor:
    return staff_actor(User.objects.get(username=f"{role.value}{suffix}"))
