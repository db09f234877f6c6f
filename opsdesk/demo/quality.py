"""The demo company after publication: probes, audits, accuracy, feedback, suggestions and complaints in every state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.enums.quality import (
    AuditBasis,
    CheckedField,
    ComplaintKind,
    ComplaintOutcome,
    ComplaintSeverity,
    ErrorKind,
    FeedbackReason,
    FeedbackSource,
)
from catalog.enums.stock import MovementReason
from catalog.queries.quality.waiting import open_errors, open_suggestions, pending_checks, waiting_reviews
from catalog.queries.range import SkuFacts, range_of
from catalog.queries.stock import warehouses_by_code
from catalog.services import post_publish
from catalog.services.quality import accuracy, audits, complaints, ledger, suggestions
from catalog.services.quality.audits import CHECKED_FIELDS, Judgement
from catalog.services.quality.complaints import Complaint
from catalog.services.quality.feedback import Voice, take_feedback
from catalog.services.quality.visits import Visits, import_visits
from catalog.services.stock import Booking, book
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.demo import listings, probes
from opsdesk.demo.inbound import SUPPLIERS
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.imports.definitions import ParsedRow
from opsdesk.shops.models import Shop

_DAY = timedelta(days=1)
FIRST, COUNT = 101, 6  # the numbers of the listings that have been live for a while
LIVE_FOR = 60 * _DAY


@dataclass(frozen=True)
class Desk:
    """Who writes, who supervises, who hears the customers, who keeps the warehouse."""

    writer: Actor
    colleague: Actor
    supervisor: Actor
    agent: Actor
    warehouse: Actor


def make_quality(*, categories: list[tuple[str, str]], shops: list[str], now: datetime) -> None:
    """Six listings that have been live for two months, and all that happened to them since."""
    desk = Desk(
        _person(Role.PRODUCT_SPECIALIST),
        _person(Role.PRODUCT_SPECIALIST, "_2"),
        _person(Role.PRODUCT_SUPERVISOR),
        _person(Role.CUSTOMER_SERVICE),
        _person(Role.WAREHOUSE),
    )
    revisions = []
    for number in range(FIRST, FIRST + COUNT):
        category, name = categories[number % len(categories)]
        supplier = SUPPLIERS[number % 2]
        made = listings.make_live(
            number=number, category=category, name=name, shops=shops, at=now - LIVE_FOR, supplier=supplier
        )
        revisions.append(made)
    for check in pending_checks(revisions):
        post_publish.record_check(
            check_id=check,
            category_ok=True,
            price_ok=True,
            evidence="店铺页面：类目与价格均正确。",
            actor=desk.colleague,
            now=now - LIVE_FOR + timedelta(hours=3),
        )
    skus = range_of([f"NEW-{number:03d}-W" for number in range(FIRST, FIRST + COUNT)])
    _trade(skus, now)
    _feedback(skus, now)
    _visits(f"NEW-{FIRST:03d}", shops[0], now)
    _suggestions(revisions, desk, now)
    _audits(desk, now)
    _complaints(skus, desk, now)
    _accuracy(desk, now)
    probes.make_probes(shops=shops, code=f"NEW-{FIRST:03d}", now=now)


def _trade(skus: list[SkuFacts], now: datetime) -> None:
    """Goods came, and sell every third day; the first three sell better since their listing was changed."""
    place = next(iter(warehouses_by_code(["sz-01"], SYSTEM).values()))
    receipts = [Booking(sku.id, place, 500, f"demo:quality:{sku.code}", "demo") for sku in skus]
    book(receipts, reason=MovementReason.RECEIPT, actor=SYSTEM, now=now - LIVE_FOR)
    for day in range(58, 0, -3):
        sold = [
            Booking(sku.id, place, -(6 if index < 3 and day < 16 else 4), f"demo:quality:{sku.code}:{day}", "demo")
            for index, sku in enumerate(skus)
        ]
        book(sold, reason=MovementReason.SALE, actor=SYSTEM, now=now - day * _DAY)


def _visits(product: str, shop: str, now: datetime) -> None:
    """The platform's table of a month's visitors; more of them buy since the listing was changed."""
    days = [(day, (now - day * _DAY).astimezone(SHOP_TIME).date()) for day in range(30, 0, -1)]
    rows = [ParsedRow(31 - day, Visits(product, date, 40, 3 if day < 15 else 2)) for day, date in days]
    import_visits(rows=rows, write=True, shop_id=Shop.objects.get(code=shop).pk, actor=SYSTEM, now=now)


_SAID = (  # which listing, how often, from where, why, stars, how many days ago, in which words
    (0, 4, FeedbackSource.RETURN, FeedbackReason.SIZE, None, 25, "比想象的小，退了。"),
    (1, 3, FeedbackSource.REVIEW, FeedbackReason.COLOUR, 2, 24, "颜色和图片不一样。"),
    (2, 3, FeedbackSource.RETURN, FeedbackReason.USAGE, None, 24, "说明看不懂，不会用。"),
    (3, 3, FeedbackSource.REVIEW, FeedbackReason.NOT_AS_DESCRIBED, 1, 5, "和描述的不一样。"),
    (4, 4, FeedbackSource.RETURN, FeedbackReason.COLOUR, None, 4, "实物偏黄。"),
    (5, 2, FeedbackSource.RETURN, FeedbackReason.QUALITY, None, 3, "有线头。"),
)


def _feedback(skus: list[SkuFacts], now: datetime) -> None:
    for index, count, source, reason, stars, ago, text in _SAID:
        at = now - ago * _DAY
        voices = [
            Voice(skus[index].code, source, reason, f"DEMO-{index}-{number}", at, rating=stars, text=text)
            for number in range(count)
        ]
        take_feedback(voices=voices, actor=SYSTEM, now=at)


def _suggestions(revisions: list[int], desk: Desk, now: datetime) -> None:
    """One measured, one published, one accepted, one declined, two open of which one is overdue."""
    suggestions.suggest(now=now - 20 * _DAY)
    first, second, third = open_suggestions()[:3]
    for found, ago in ((first, 15), (second, 3)):
        taken = suggestions.accept(suggestion_id=found, actor=desk.writer, now=now - (ago + 1) * _DAY)
        assert taken.revision_id is not None
        revised = listings.put_on_sale(taken.revision_id, now - ago * _DAY)
        for check in pending_checks([revised]):
            post_publish.record_check(
                check_id=check,
                category_ok=True,
                price_ok=True,
                evidence="已按新版本显示。",
                actor=desk.colleague,
                now=now - ago * _DAY + timedelta(hours=2),
            )
        suggestions.follow(now=now - ago * _DAY)
    suggestions.follow(now=now)
    suggestions.decline(suggestion_id=third, reason="说明书已随货附上视频二维码。", actor=desk.writer, now=now - 18 * _DAY)
    suggestions.suggest(now=now - 4 * _DAY + timedelta(hours=1))
    suggestions.suggest(now=now)
    suggestions.accept(suggestion_id=open_suggestions()[-1], actor=desk.writer, now=now)


def _audits(desk: Desk, now: datetime) -> None:
    """One sample is closed, one is overdue, one is under way; one of the errors found is corrected."""
    plan: tuple[tuple[int, dict[CheckedField, ErrorKind], int], ...] = (
        (30, {CheckedField.MODEL: ErrorKind.WRONG}, 6),
        (9, {}, 2),
        (1, {CheckedField.SPEC: ErrorKind.MISSING}, 1),
    )
    for seed, (ago, wrong, judged) in enumerate(plan, start=1):
        at = now - ago * _DAY
        audit = audits.draw_audit(basis=AuditBasis.RANDOM, size=6, seed=seed, actor=desk.supervisor, now=at)
        for number, item in enumerate(audit.items.order_by("pk").values_list("pk", flat=True)[:judged]):
            found = {field.value: Judgement(wrong.get(field) if number == 0 else None) for field in CHECKED_FIELDS}
            audits.judge_item(item_id=item, judgements=found, actor=desk.supervisor, now=at + timedelta(hours=1))
    error = open_errors()[0]
    ledger.correct_error(error_id=error, correction="型号已按吊牌更正。", actor=desk.writer, now=now - 29 * _DAY)


def _complaints(skus: list[SkuFacts], desk: Desk, now: datetime) -> None:
    """A complaint in every state: open, overdue, dangerous, investigated, answered, closed, and the stock to be checked."""
    told = (
        "杯盖漏水，包装完好。",
        "收到时外壳有裂纹。",
        "通电后有焦味。",
        "尺寸和页面写的不一样。",
        "表面有划痕。",
        "缝线脱开。",
    )
    kinds = (
        ComplaintKind.DEFECT,
        ComplaintKind.DAMAGED,
        ComplaintKind.DEFECT,
        ComplaintKind.WRONG_DESCRIPTION,
        ComplaintKind.DAMAGED,
        ComplaintKind.DEFECT,
    )
    rows = []
    for number, (sku, kind, text) in enumerate(zip(skus, kinds, told, strict=True)):
        severity = ComplaintSeverity.DANGEROUS if number == 2 else ComplaintSeverity.SERIOUS
        complaint = Complaint(sku.code, kind, text, severity, order_ref=f"DEMO-{number}", ref=f"TK-{number}")
        at = now - (3 * _DAY if number in (1, 4, 5) else timedelta(hours=2))
        rows.append(complaints.file_complaint(complaint=complaint, actor=desk.agent, now=at).pk)
    complaints.take(complaint_id=rows[2], actor=desk.writer, now=now - timedelta(hours=1))
    for row, outcome, field, answer in (
        (rows[3], ComplaintOutcome.LISTING_ERROR, CheckedField.SPEC, "页面尺寸写错，已更正；可退换。"),
        (rows[4], ComplaintOutcome.STOCK_CHECK, "", "请换新，仓库正在检查同批次库存。"),
        (rows[5], ComplaintOutcome.SUPPLIER_CLAIM, "", "供应商批次问题，请退款。"),
    ):
        at = now - timedelta(hours=1)
        complaints.answer(complaint_id=row, answer=answer, outcome=outcome, wrong_field=field, actor=desk.writer, now=at)
    complaints.close(complaint_id=rows[5], actor=desk.agent, now=now)


def _accuracy(desk: Desk, now: datetime) -> None:
    """A week's reviews: one is done, the others are overdue."""
    accuracy.pick_reviews(now=now - 6 * _DAY)
    accuracy.review(
        accuracy_id=waiting_reviews()[0],
        wrong_field="",
        note="价格、库存、描述均与店铺一致。",
        actor=desk.writer,
        now=now - 5 * _DAY,
    )


def _person(role: Role, number: str = "") -> Actor:
    return staff_actor(User.objects.get(username=role.value + number))
