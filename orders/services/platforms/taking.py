"""Taking stated orders in: new ones by intake, known ones by what has changed, the rest onto the problem list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Issue
from opsdesk.common.text import mark
from opsdesk.imports.enums import Outcome
from opsdesk.shops.models import Shop
from orders.enums.platforms import GoingBack, ProblemKind, ProblemState, Stage
from orders.models import Order, PlatformProblem
from orders.queries import platforms as queries
from orders.rules.intake.draft import OrderDraft
from orders.rules.platforms.assembling import Stated, lines_of
from orders.rules.platforms.drafting import draft_of, pointer_of
from orders.rules.platforms.problems import REASONS
from orders.services.intake.case import Case
from orders.services.intake.receiving import judge_orders, receive_orders
from orders.services.platforms.addresses import remember
from orders.services.platforms.following import follow
from orders.services.platforms.problems import Trouble, close, print_of, put_on_list
from orders.services.platforms.verdicts import Verdict

NEW_BUT_SHIPPED = mark("The platform says that it has been shipped already; it is not known here and is not taken in.")
NEW_BUT_CLOSED = mark("It was closed on the platform before it came here.")
NO_STATUS = mark("No status is stated.")


@dataclass
class Round:
    """The orders of one batch on their way."""

    shop: Shop
    actor: Actor
    now: datetime
    write: bool
    orders: Mapping[str, Order]
    waiting: Mapping[str, PlatformProblem]
    prints: set[tuple[str, str]]
    skus: Mapping[str, str]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    drafts: dict[str, OrderDraft] = field(default_factory=dict)
    stated: dict[str, Stated] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    done: list[PlatformProblem] = field(default_factory=list)
    follow: list[tuple[Order, Stated]] = field(default_factory=list)


def take(
    shop: Shop,
    stated: Sequence[Stated],
    *,
    write: bool,
    actor: Actor,
    now: datetime,
    waiting: Mapping[str, PlatformProblem] | None = None,
) -> dict[str, Verdict]:
    """Deal with these orders, each once, and answer by platform number; without `write` only say what would be done.

    SOP: O1, O2
    """
    numbers = [order.number for order in stated]
    waiting = queries.open_problems(shop.pk, numbers) if waiting is None else waiting
    codes = {code for order in stated for code in order.codes}
    batch = Round(
        shop,
        actor,
        now,
        write,
        queries.orders_of(shop.pk, numbers),
        waiting,
        queries.known_prints(shop.pk, numbers),
        queries.skus_of(shop.pk, codes),
    )
    for order in stated:
        batch.stated[order.number] = order
        try:
            batch.verdicts[order.number] = _look_at(order, batch)
        except DomainError as refusal:
            _refuse(order, refusal, batch)
    _receive(batch)
    batch.verdicts |= _follow(batch.follow, batch)
    if write:
        put_on_list(shop, batch.troubles, actor=actor, now=now)
        close(batch.done, ProblemState.SOLVED, "", actor=actor, now=now)
    return batch.verdicts


def _look_at(order: Stated, batch: Round) -> Verdict:
    """Sort one order into what is received, followed, or waits. Raises: DomainError."""
    if known := batch.orders.get(order.number):
        batch.follow.append((known, order))
        return Verdict(Outcome.EXISTING)
    waits = batch.waiting.get(order.number)
    if order.stage == Stage.CLOSED:
        batch.done += [waits] if waits else []
        issue = Issue("", "closed", NEW_BUT_CLOSED)
        return Verdict(Outcome.UPDATED if waits else Outcome.EXISTING, [issue])
    if order.stage in (Stage.SHIPPED, Stage.DONE):
        return _no("/status", "already_shipped", NEW_BUT_SHIPPED)
    if trouble := _trouble(order, batch):
        return _wait(trouble, waits, batch)
    if order.stage is None:
        return _no("/status", "required", NO_STATUS)
    batch.drafts[order.number] = draft_of(order, shop=batch.shop.code, skus=batch.skus)
    return Verdict(Outcome.CREATED)


def _no(pointer: str, code: str, message: str) -> Verdict:
    return Verdict(Outcome.REFUSED, [Issue(pointer, code, message)])


def _trouble(order: Stated, batch: Round) -> Trouble | None:
    if order.is_half:
        missing = "item_file" if order.heads else "order_file"
        return Trouble(order, ProblemKind.HALF, REASONS[missing])
    if order.is_unclear:
        pieces = sum(row.quantity or 0 for row in order.items if row.is_joined)
        params = {"pieces": pieces, "codes": ", ".join(order.codes)[:200]}
        return Trouble(order, ProblemKind.QUANTITIES, REASONS[ProblemKind.QUANTITIES], params, order.codes)
    lines_of(order)  # what does not add up is refused at once, not after somebody has found the SKU
    if missing_codes := [code for code in order.codes if code not in batch.skus]:
        params = {"codes": ", ".join(missing_codes)[:200]}
        return Trouble(order, ProblemKind.UNMAPPED, REASONS[ProblemKind.UNMAPPED], params, missing_codes)
    return None


def _wait(trouble: Trouble, waits: PlatformProblem | None, batch: Round) -> Verdict:
    """Onto the list, unless it stands there with the same content or was dropped with it."""
    issues = [Issue("", "waits", trouble.reason, trouble.params)]
    number, mark_ = trouble.order.number, print_of(trouble.order)
    if (number, mark_) in batch.prints and (waits is None or (waits.kind, waits.codes) == (trouble.kind, [*trouble.codes])):
        return Verdict(Outcome.EXISTING, issues)
    batch.troubles.append(trouble)
    return Verdict(Outcome.UPDATED if waits else Outcome.CREATED, issues)


def _refuse(order: Stated, refusal: DomainError, batch: Round) -> None:
    """One that stands on the list stays there and says why; another is a refused row."""
    issues = [Issue(pointer_of(one.pointer), one.code, one.message, one.params) for one in refusal.issues]
    issues = issues or [Issue("", refusal.error_code, refusal.message_id, refusal.params)]
    batch.verdicts[order.number] = Verdict(Outcome.REFUSED, issues)
    batch.drafts.pop(order.number, None)
    waits = batch.waiting.get(order.number)
    if waits:
        why = issues[0]
        params = {name: part if isinstance(part, int) else str(part) for name, part in why.params.items()}
        batch.troubles.append(Trouble(order, ProblemKind.REFUSED, why.message, params))


def _receive(batch: Round) -> None:
    drafts = list(batch.drafts.values())
    if not drafts:
        return
    cases = (
        receive_orders(drafts=drafts, all_or_nothing=False, actor=batch.actor, now=batch.now)
        if batch.write
        else judge_orders(drafts=drafts, actor=batch.actor, now=batch.now)
    )
    made: list[tuple[Order, Stated]] = []
    for case in cases:
        _note(case, batch, made)
    if batch.write:
        remember(made)
        going_back = [(order, stated) for order, stated in made if stated.back != GoingBack.NONE]
        _follow(going_back, batch)


def _follow(pairs: Sequence[tuple[Order, Stated]], batch: Round) -> dict[str, Verdict]:
    return follow(pairs, prints=batch.prints, troubles=batch.troubles, write=batch.write, actor=batch.actor, now=batch.now)


def _note(case: Case, batch: Round, made: list[tuple[Order, Stated]]) -> None:
    number = case.draft.external_id
    if case.error:
        _refuse(batch.stated[number], case.error, batch)
        return
    if case.order:
        made.append((case.order, batch.stated[number]))
    if waits := batch.waiting.get(number):
        batch.done.append(waits)
