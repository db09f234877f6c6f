"""The rows of a platform's file, order by order. SOP: O1, O2"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.imports.definitions import ParsedRow, RowResult
from opsdesk.shops.queries import visible_to
from orders.models import PlatformProblem
from orders.queries import platforms as queries
from orders.rules.platforms.assembling import Goods, Stated
from orders.rules.platforms.problems import PERMISSION
from orders.rules.platforms.reading import StatedRow, read_row
from orders.services.platforms.problems import one_file_at_a_time, print_of
from orders.services.platforms.taking import take


@transaction.atomic
def import_orders(
    *, rows: Sequence[ParsedRow], write: bool, shop_id: int | None, actor: Actor, now: datetime
) -> Sequence[RowResult]:
    """Take in the orders of a platform's file, follow what has changed of known ones, and put on the list what waits.

    Raises: Forbidden, NotFound.
    SOP: O1, O2
    """
    actor.require(PERMISSION)
    shop = visible_to(actor).filter(pk=shop_id or 0).first()
    if shop is None:
        raise NotFound()
    if write:
        one_file_at_a_time(shop.pk)
    groups: dict[str, list[StatedRow]] = {}
    for row in rows:
        groups.setdefault(row.data.order, []).append(row.data)
    waiting = queries.open_problems(shop.pk, list(groups))
    stated = [_joined(Stated(found[0].layout, number, found), waiting.get(number)) for number, found in groups.items()]
    verdicts = take(shop, stated, write=write, actor=actor, now=now, waiting=waiting)
    return [
        RowResult(row.number, verdict.outcome, row.data.order, verdict.issues)
        for row in rows
        for verdict in [verdicts[row.data.order]]
    ]


def stated_of(problem: PlatformProblem) -> Stated:
    """The order that waits, read from its rows, with what a person has said of it."""
    rows = [read_row(problem.layout, cells) for cells in problem.data["rows"]]
    goods = tuple(Goods(code, quantity, Decimal(price)) for code, quantity, price in problem.data["goods"])
    return Stated(problem.layout, problem.external_id, rows, goods)


def _joined(order: Stated, waiting: PlatformProblem | None) -> Stated:
    """With the half that came before in the other file of the pair; the newer rows of the same file count."""
    if waiting is None or waiting.layout != order.layout:
        return order
    earlier = stated_of(waiting)
    if earlier.goods and print_of(earlier) == print_of(order):
        return earlier
    if not order.is_half:
        return order
    others = [row for row in earlier.rows if row.is_goods != order.rows[0].is_goods]
    return replace(order, rows=sorted([*others, *order.rows], key=lambda row: row.is_goods))
