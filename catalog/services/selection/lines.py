"""Writing the lines of a selection list."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from catalog.enums.selection import ComplaintRecord, LineDecision, SupplierStatus
from catalog.errors import UnqualifiedSupplier
from catalog.models import Category, SelectionLine, SelectionList, Supplier
from catalog.models.category import LEAF_LEVEL
from catalog.queries.selection.lines import facts_of, weights
from catalog.queries.selection.suppliers import lacking_of
from catalog.rules.selection.lifecycles import SELECTION_LIFECYCLE
from catalog.rules.selection.scoring import BEST, CRITERIA, LOWEST, margin_of, total_score
from catalog.services.selection.lists import lock_line, lock_list, wrote
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, Stale
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.enums import Platform

LINE = "selection_line"
_MONEY = frozenset({"cost", "margin_score"})  # kept out of the trail, which people without costs read as well


@dataclass(frozen=True)
class LineDetails:
    """What a line says; only the idea is needed to write it down, all of it to have it accepted.

    Amounts are in the company's currency, turnover in days, scores 1 to 5.
    """

    idea: str
    category_id: int | None = None
    supplier_id: int | None = None
    platforms: Sequence[str] = ()
    expected_monthly_sales: int | None = None
    turnover_days: int | None = None
    cost: Decimal | None = None
    price: Decimal | None = None
    competitor_price: Decimal | None = None
    trend_note: str = ""
    sources: Sequence[str] = ()
    demand_score: int | None = None
    quality_score: int | None = None
    supplier_score: int | None = None
    margin_score: int | None = None
    quality_standard: str = ""
    complaint_record: str = ComplaintRecord.UNCHECKED
    search_term: str = ""


@transaction.atomic
def add_line(*, list_id: int, details: LineDetails, actor: Actor, now: datetime) -> SelectionLine:
    """Write down an idea of a product on a list that is still a draft.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid, UnqualifiedSupplier, Conflict (the term is on it already).
    SOP: C1, C2
    """
    selection = lock_list(list_id)
    SELECTION_LIFECYCLE.enter("add_line", selection.state, actor)
    _check(details, now)
    if details.search_term and selection.lines.filter(search_term=details.search_term).exists():
        raise Conflict(mark("This search term is on the list already."), code="taken")
    last = selection.lines.aggregate(last=Max("no"))["last"] or 0
    line = _fill(SelectionLine(selection=selection, no=last + 1), details, now)
    line.save(force_insert=True)
    _tell("selection.line_added", line, actor, now)
    wrote(selection, actor)
    return line


@transaction.atomic
def change_line(*, line_id: int, version: int, details: LineDetails, actor: Actor, now: datetime) -> SelectionLine:
    """Write a line anew, while its list is a draft and nothing is decided on it.

    Raises: NotFound, Forbidden, IllegalTransition, Stale, Conflict (decided), Invalid, UnqualifiedSupplier.
    SOP: C1, C2
    """
    line = lock_line(line_id)
    SELECTION_LIFECYCLE.enter("edit", line.selection.state, actor)
    if line.version != version:
        raise Stale()
    if line.decision != LineDecision.OPEN:
        raise Conflict(mark("This line is decided; write a new one."), code="already_decided")
    _check(details, now)
    _fill(line, details, now).save()
    _tell("selection.line_changed", line, actor, now)
    wrote(line.selection, actor)
    return line


def rescore(line: SelectionLine, now: datetime) -> None:
    """Bring a line's score and margin to the weights that are in force now; the caller saves it."""
    facts = facts_of(line, today=now.astimezone(SHOP_TIME).date())
    line.score, line.margin = total_score(facts, weights()), margin_of(facts)


def _fill(line: SelectionLine, details: LineDetails, now: datetime) -> SelectionLine:
    for field in fields(details):
        found = getattr(details, field.name)
        setattr(line, field.name, list(found) if isinstance(found, tuple | list) else found)
    rescore(line, now)
    return line


def _check(details: LineDetails, now: datetime) -> None:
    issues = [*_amounts(details), *_scores(details)]
    if set(details.platforms) - set(Platform.values):
        issues.append(Issue("/platforms", "unknown", mark("There is no such platform.")))
    if details.category_id is not None:
        category = Category.objects.filter(pk=details.category_id).first()
        if category is None or category.level != LEAF_LEVEL:
            issues.append(Issue("/category_id", "category_not_leaf", mark("Choose a category of level 3.")))
    if issues:
        raise Invalid(issues=issues)
    if details.supplier_id is not None:
        require_qualified(details.supplier_id, today=now.astimezone(SHOP_TIME).date())


def require_qualified(supplier_id: int, *, today: date) -> None:
    """Raises: UnqualifiedSupplier (a document is lacking or has expired), Invalid (suspended or unknown). SOP: C2"""
    supplier = Supplier.objects.filter(pk=supplier_id).prefetch_related("documents").first()
    if supplier is None or supplier.status == SupplierStatus.SUSPENDED:
        text = mark("This supplier is suspended.") if supplier else mark("There is no such supplier.")
        raise Invalid(text, code="supplier_suspended", issues=[Issue("/supplier_id", "supplier_suspended", text)])
    lacks = lacking_of(supplier.documents.all(), today=today)
    if lacks:
        issues = [
            Issue("/supplier_id", UnqualifiedSupplier.code, UnqualifiedSupplier.message, {"document": str(kind.label)})
            for kind in lacks
        ]
        raise UnqualifiedSupplier(issues=issues, document=str(lacks[0].label))


def _amounts(details: LineDetails) -> list[Issue]:
    wrong = [
        name
        for name in ("price", "competitor_price", "cost", "expected_monthly_sales", "turnover_days")
        if (found := getattr(details, name)) is not None and (found < 0 or (found == 0 and name != "cost"))
    ]
    return [Issue(f"/{name}", "out_of_range", mark("It must be above zero.")) for name in wrong]


def _scores(details: LineDetails) -> list[Issue]:
    bounds = {"minimum": LOWEST, "maximum": BEST}
    text = mark("It must lie between %(minimum)s and %(maximum)s.")
    return [
        Issue(f"/{name}_score", "out_of_range", text, bounds)
        for name in CRITERIA
        if (score := getattr(details, f"{name}_score")) is not None and not LOWEST <= score <= BEST
    ]


def _tell(action: str, line: SelectionLine, actor: Actor, now: datetime) -> None:
    after: dict[str, Any] = {"line": line.no, "idea": line.idea}
    if line.score is not None:
        after["score"] = f"{line.score:.2f}"
    change = Change(action, LINE, line.public_id, after=after)
    in_list = Change(
        action,
        "selection_list",
        SelectionList.objects.values_list("public_id", flat=True).get(pk=line.selection_id),
        after=after,
    )
    record(change, actor=actor, now=now)
    record(in_list, actor=actor, now=now)
