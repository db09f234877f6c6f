"""The demo company's storefronts: one was read, and shows what it should or not; the other cannot be read."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.enums.quality import PageFormat, ProbeOutcome
from catalog.queries.quality.expected import expected_of
from catalog.services.quality import probing
from catalog.services.quality.probing import Answer, PageFacts, Probe, ProbeFailure
from catalog.services.quality.storefronts import Reading, set_external_id, set_storefront
from opsdesk.common.actors import SYSTEM
from opsdesk.shops.models import Shop

_BEFORE = timedelta(minutes=30)


def make_probes(*, shops: Sequence[str], code: str, now: datetime) -> None:
    """Read what was just published in one shop: one page is right, one shows another price, one does not come.

    That storefront is not in use afterwards, so that the demo reads nothing outside; the other one never answers.
    """
    first, second = Shop.objects.filter(code__in=shops).order_by("-code")
    reading = Reading(f"https://{first.code}.invalid/item/{{code}}", PageFormat.HTML, {"commitments": ".services li"})
    set_storefront(shop_id=first.pk, reading=reading, actor=SYSTEM, now=now - _BEFORE)
    right, *slow, wrong = probing.claim_checks(now=now)
    failed = ProbeFailure(ProbeOutcome.TIMEOUT, seconds=10.0)
    answers: list[tuple[int, Answer]] = [(right.run_id, _page(right)), *((one.run_id, failed) for one in slow)]
    probing.record_probes(answers=[*answers, (wrong.run_id, _page(wrong, price=Decimal("9.90")))], now=now)
    turns = probing.claim_accuracy(now=now)
    *others, odd = turns
    answers = [(odd.run_id, _page(odd, title="保温杯（清仓）")), *((one.run_id, _page(one)) for one in others)]
    probing.record_probes(answers=answers, now=now)
    unused = Reading(reading.address, reading.page_format, reading.parts, is_enabled=False)
    set_storefront(shop_id=first.pk, reading=unused, actor=SYSTEM, now=now)

    parts = {"category": "data.category", "sku": "data.skus", "sku_code": "code", "price": "price"}
    reading = Reading(f"https://{second.code}.invalid/api/item?id={{external_id}}", PageFormat.JSON, parts)
    place = set_storefront(shop_id=second.pk, reading=reading, actor=SYSTEM, now=now)
    set_external_id(product_code=code, shop_id=second.pk, external_id="3456789012", actor=SYSTEM, now=now)
    trial = probing.claim_trial(storefront_id=place.pk, product_code=code, actor=SYSTEM, now=now)
    probing.record_probes(answers=[(trial.run_id, ProbeFailure(ProbeOutcome.UNREACHABLE, "name"))], now=now)


def _page(probe: Probe, *, price: Decimal | None = None, title: str = "") -> PageFacts:
    """What the shop must show, but for what is said otherwise."""
    expected = expected_of([probe.revision_id])[probe.revision_id]
    prices = {sku: price or right for sku, right in expected.prices.items()}
    lines = [" / ".join(expected.category), *(f"{sku}: {shown}" for sku, shown in prices.items())]
    return PageFacts(
        category=expected.category,
        title=title or expected.title,
        prices=prices,
        commitments=expected.commitments,
        excerpt="\n".join(lines),
        size=48_213,
        seconds=0.412,
    )
