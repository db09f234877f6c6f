"""What a shop's merchant codes mean, and the orders that waited to know it. SOP: O2"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.queries.offers import offers
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome
from opsdesk.shops.models import Shop
from opsdesk.shops.queries import visible_to
from orders.models import SkuMapping
from orders.queries import platforms as queries
from orders.services.platforms.problems import enter, one_file_at_a_time
from orders.services.platforms.waiting import take_again

KIND = "skumapping"
MAP = "orders.change_skumapping"
UNKNOWN_SKU = mark("There is no such SKU.")
NOT_ASKED = mark("This order does not wait for this merchant code.")


@dataclass(frozen=True)
class Mapped:
    """A merchant code and the SKU that it means."""

    code: str
    sku: str


@transaction.atomic(savepoint=False)
def map_code(*, problem_id: int, code: str, sku: str, actor: Actor, now: datetime) -> SkuMapping:
    """Say on the problem list which SKU a merchant code means: every order of the shop that waited only for it comes in.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (unknown SKU, or the order does not wait for the code).
    SOP: O2
    """
    row = enter(problem_id, "map", actor)
    if code not in row.codes:
        raise Invalid(NOT_ASKED, code="unknown_code", issues=[Issue("/code", "unknown_code", NOT_ASKED)])
    _write(row.shop, [Mapped(code, sku)], actor, now)
    return SkuMapping.objects.get(shop=row.shop, code=code)


@transaction.atomic(savepoint=False)
def remap(*, mapping_id: int, sku: str, actor: Actor, now: datetime) -> SkuMapping:
    """Let a merchant code mean another SKU from now on; orders that came in before stay as they are.

    Raises: NotFound, Forbidden, Invalid (unknown SKU).
    SOP: O2
    """
    actor.require(MAP)
    rows = SkuMapping.objects.filter(pk=mapping_id).select_related("shop")
    if (known := rows.first()) is None:
        raise NotFound()
    one_file_at_a_time(known.shop_id)
    row = lock_one(rows)
    if not actor.sees_shop(row.shop_id):
        raise NotFound()
    _write(row.shop, [Mapped(row.code, sku)], actor, now)
    row.refresh_from_db()
    return row


@transaction.atomic
def import_mappings(
    *, rows: Sequence[ParsedRow], write: bool, shop_id: int | None, actor: Actor, now: datetime
) -> Sequence[RowResult]:
    """Take in a table of merchant codes; orders that waited for them come in.

    Raises: Forbidden, NotFound.
    SOP: O2
    """
    actor.require(MAP)
    shop = visible_to(actor).filter(pk=shop_id or 0).first()
    if shop is None:
        raise NotFound()
    known = offers({row.data.sku for row in rows}, [shop.pk])
    before = _mapped(shop, [row.data.code for row in rows])
    results, changed = [], []
    for row in rows:
        mapped: Mapped = row.data
        if mapped.sku not in known:
            results.append(refused(row.number, mapped.code, Issue("/sku", "unknown_sku", UNKNOWN_SKU)))
            continue
        old = before.get(mapped.code)
        same = old == mapped.sku
        outcome = Outcome.EXISTING if same else Outcome.CREATED if old is None else Outcome.UPDATED
        results.append(RowResult(row.number, outcome, mapped.code))
        if not same:
            changed.append(mapped)
    if write and changed:
        _write(shop, changed, actor, now)
    return results


def _mapped(shop: Shop, codes: Sequence[str]) -> dict[str, str]:
    rows = SkuMapping.objects.filter(shop=shop, code__in=codes)
    return dict(rows.values_list("code", "sku__code"))


def _write(shop: Shop, mapped: Sequence[Mapped], actor: Actor, now: datetime) -> None:
    """Write the mappings, and take in what waited for them."""
    one_file_at_a_time(shop.pk)
    skus = offers({one.sku for one in mapped}, [shop.pk])
    if any(one.sku not in skus for one in mapped):
        raise Invalid(UNKNOWN_SKU, code="unknown_sku", issues=[Issue("/sku", "unknown_sku", UNKNOWN_SKU)])
    codes = sorted(one.code for one in mapped)
    lock_many(SkuMapping.objects.filter(shop=shop, code__in=codes))
    before: Mapping[str, str] = _mapped(shop, codes)
    SkuMapping.objects.bulk_create(
        [
            SkuMapping(shop=shop, code=one.code, sku_id=skus[one.sku].sku_id, mapped_at=now, mapped_by=actor.label)
            for one in mapped
        ],
        update_conflicts=True,
        unique_fields=["shop", "code"],
        update_fields=["sku", "mapped_at", "mapped_by"],
    )
    ids = dict(SkuMapping.objects.filter(shop=shop, code__in=codes).values_list("code", "public_id"))
    changes = [
        Change(
            "orders.sku_mapped",
            KIND,
            ids[one.code],
            shop=shop.code,
            before={"sku": before[one.code]} if one.code in before else {},
            after={"code": one.code, "sku": one.sku},
        )
        for one in mapped
    ]
    record_many(changes, actor=actor, now=now)
    take_again(shop, queries.waiting_for(shop.pk, codes), actor=actor, now=now)
