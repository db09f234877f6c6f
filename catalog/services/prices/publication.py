"""How the prices of a listing meet price changes: what was decided later is never silently overwritten."""

from collections.abc import Sequence
from datetime import datetime

from catalog.enums.prices import PriceChangeState, PriceSource
from catalog.models import ListingRevision, PriceChangeLine, Sku, SkuPrice
from catalog.queries.prices.facts import AMOUNTS, as_json, prices_of
from catalog.services.prices.history import Origin, keep_history
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor


def settle_prices(
    revision: ListingRevision, skus: Sequence[Sku], old: dict[int, Sku], *, actor: Actor, now: datetime
) -> list[str]:
    """Decide which prices locked SKUs keep when their listing goes on sale.

    A price change that was made after the listing was handed in stays in force. While a limited price holds, it stays, and
    the listing's prices are what it returns to, unless a later change set those too. Answers the codes of the SKUs that keep
    their prices.
    SOP: C10, C24
    """
    ids = [sku.pk for sku in skus]
    changes = SkuPrice.objects.filter(sku__in=ids, source=PriceSource.CHANGE, valid_from__gt=revision.submitted_at or now)
    newer = set(changes.filter(is_limited=False).values_list("sku_id", flat=True))
    lines = PriceChangeLine.objects.filter(sku__in=ids, change__state=PriceChangeState.ACTIVE)
    limited = {line.sku_id: line for line in lines}
    kept = [sku for sku in skus if sku.pk in newer or sku.pk in limited]
    for sku in kept:
        if sku.pk in limited and sku.pk not in newer:
            limited[sku.pk].before = as_json(prices_of(sku))
        for name in AMOUNTS:
            setattr(sku, name, getattr(old[sku.pk], name))
    PriceChangeLine.objects.bulk_update(limited.values(), ["before"])
    codes = sorted(sku.code for sku in kept)
    if codes:
        record(Change("prices.kept", "listing", revision.public_id, after={"skus": codes}), actor=actor, now=now)
    return codes


def note_prices(revision: ListingRevision, skus: Sequence[Sku], kept: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Write the prices that a listing brought into the history. SOP: C10"""
    origin = Origin(PriceSource.LISTING, revision.public_id)
    keep_history([(sku, origin) for sku in skus if sku.code not in kept], actor=actor, now=now)
