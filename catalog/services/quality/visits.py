"""How many people opened the pages of products: taken over from the platform's tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from catalog.models import Product, ProductVisits
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Forbidden, Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from opsdesk.shops.queries import visible_to

PERMISSION = "catalog.add_productvisits"
BATCH = 5000


@dataclass(frozen=True)
class Visits:
    """Visitors and buyers of the product of that code on one day."""

    product: str
    day: date
    visitors: int
    buyers: int


@transaction.atomic
def import_visits(*, rows: Sequence[ParsedRow], write: bool, shop_id: int, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """The visitors of many products of one shop from a table; the same product and day again replaces them.

    A fixed number of statements.
    Raises: Forbidden.
    SOP: C19
    """
    actor.require(PERMISSION)
    shop = {shop.pk: shop.code for shop in visible_to(actor)}.get(shop_id)
    if shop is None:
        raise Forbidden()
    told: dict[int, Visits] = {row.number: row.data for row in rows}
    products = dict(Product.objects.filter(code__in={one.product for one in told.values()}).values_list("code", "pk"))
    known = ProductVisits.objects.filter(
        shop=shop_id, product__in=products.values(), day__in={one.day for one in told.values()}
    )
    kept = {(row.product_id, row.day): row for row in known}
    results = [
        _result(number, one, products.get(one.product), kept.get((products.get(one.product, 0), one.day)), now)
        for number, one in told.items()
    ]
    good = [told[result.number] for result in results if result.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    if write and good:
        _write(good, products, shop_id)
        after = {"rows": len(good), "from": str(min(one.day for one in good)), "until": str(max(one.day for one in good))}
        change = Change("quality.visits_recorded", "product_visits", shop, shop=shop, after=after)
        record(change, actor=actor, now=now)
    return results


def _write(good: Sequence[Visits], products: dict[str, int], shop_id: int) -> None:
    ProductVisits.objects.bulk_create(
        [
            ProductVisits(
                shop_id=shop_id, product_id=products[one.product], day=one.day, visitors=one.visitors, buyers=one.buyers
            )
            for one in good
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["product", "shop", "day"],
        update_fields=["visitors", "buyers"],
    )


def _result(number: int, one: Visits, product: int | None, known: ProductVisits | None, now: datetime) -> RowResult:
    issues = []
    if product is None:
        issues.append(Issue("/product", "unknown_product", mark("There is no such product.")))
    if one.day > now.astimezone(SHOP_TIME).date():
        issues.append(Issue("/day", "date_out_of_range", mark("This day has not come yet.")))
    if one.buyers > one.visitors:
        issues.append(Issue("/buyers", "out_of_range", mark("More people bought than came.")))
    if issues:
        return refused(number, one.product, *issues)
    if known is None:
        return RowResult(number, Outcome.CREATED, one.product)
    same = (known.visitors, known.buyers) == (one.visitors, one.buyers)
    return RowResult(number, Outcome.EXISTING if same else Outcome.UPDATED, one.product)
