"""What warehouse and carriers have to know of goods: their weight, and how they are handled."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from catalog.models import Sku
from catalog.queries.stock import skus_visible_to
from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.imports.definitions import ParsedRow, RowResult, refused
from opsdesk.imports.enums import Outcome

PERMISSION = "catalog.change_handling"
MAX_GRAMS = 1_000_000


@dataclass(frozen=True)
class Handling:
    """The weight of a packed piece in grams, None while nobody has weighed it; and the notices on its parcel."""

    grams: int | None
    fragile: bool = False
    do_not_bend: bool = False


@dataclass(frozen=True)
class HandlingLine:
    """A row of a table."""

    sku: str
    handling: Handling


@transaction.atomic
def change_handling(*, sku_id: int, grams: int | None, fragile: bool, do_not_bend: bool, actor: Actor, now: datetime) -> Sku:
    """Write down what a piece weighs and how it is handled. Raises: NotFound, Forbidden, Invalid. SOP: O11"""
    actor.require(PERMISSION)
    if grams is not None and not 1 <= grams <= MAX_GRAMS:
        message = mark("It must lie between %(minimum)s and %(maximum)s.")
        issue = Issue("/grams", "out_of_range", message, {"minimum": 1, "maximum": MAX_GRAMS})
        raise Invalid(message, code=issue.code, issues=[issue], minimum=1, maximum=MAX_GRAMS)
    if not skus_visible_to(actor).filter(pk=sku_id).exists():
        raise NotFound()
    [sku] = lock_many(Sku.objects.filter(pk=sku_id))
    _write([(sku, Handling(grams, fragile, do_not_bend))], actor, now)
    return sku


@transaction.atomic
def import_handling(*, rows: Sequence[ParsedRow], write: bool, actor: Actor, now: datetime) -> Sequence[RowResult]:
    """Take over weights and notices of many SKUs. Raises: Forbidden. SOP: O11"""
    actor.require(PERMISSION)
    keys = list(skus_visible_to(actor).filter(code__in={row.data.sku for row in rows}).values_list("pk", flat=True))
    skus = Sku.objects.filter(pk__in=keys)
    found = {sku.code: sku for sku in (lock_many(skus) if write else skus)}
    results, changed = [], []
    for row in rows:
        line: HandlingLine = row.data
        sku = found.get(line.sku)
        if sku is None:
            results.append(refused(row.number, line.sku, Issue("/sku", "unknown_sku", mark("There is no such SKU."))))
            continue
        same = handling_of(sku) == line.handling
        results.append(RowResult(row.number, Outcome.EXISTING if same else Outcome.UPDATED, line.sku))
        if not same:
            changed.append((sku, line.handling))
    if write:
        _write(changed, actor, now)
    return results


def handling_of(sku: Sku) -> Handling:
    """What is written down of a SKU."""
    return Handling(sku.grams, sku.fragile, sku.do_not_bend)


def _write(pairs: Sequence[tuple[Sku, Handling]], actor: Actor, now: datetime) -> None:
    changes = []
    for sku, handling in pairs:
        before, after = asdict(handling_of(sku)), asdict(handling)
        changes.append(Change("catalog.handling_changed", "sku", sku.public_id, before=before, after=after))
        sku.grams, sku.fragile, sku.do_not_bend = handling.grams, handling.fragile, handling.do_not_bend
    Sku.objects.bulk_update([sku for sku, _ in pairs], ["grams", "fragile", "do_not_bend"])
    record_many(changes, actor=actor, now=now)
