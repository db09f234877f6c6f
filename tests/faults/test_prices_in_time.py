"""A scheduled price reaches the storefront within a minute, with a real beat and a real worker."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests

from catalog.models import PriceChange
from opsdesk.common import clock
from opsdesk.duties.services import sync_duties
from tests.builders import a_client, a_shop, a_sku, an_approved_price_change
from tests.kit import servers
from tests.kit.waiting import until

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
WITHIN = 60  # seconds


@pytest.mark.sop("C24")
def test_products_and_quotes_agree_before_and_within_a_minute_after_a_scheduled_price(log: Path) -> None:
    sku = a_sku(a_shop())
    key = a_client("products:read", "promotions:read")
    with (
        servers.web(log.with_suffix(".web")) as url,
        servers.worker(log),
        servers.process(
            "celery", "-A", "opsdesk", "beat", "-s", str(log.with_suffix(".beat")), log=log.with_suffix(".beatlog")
        ),
    ):
        sync_duties(now=clock.now())
        assert shown(url, key) == ("99.00", "99.00")
        start = clock.now() + timedelta(seconds=5)
        change = an_approved_price_change(sku, "89.00", start=start)
        assert shown(url, key) == ("99.00", "99.00")
        until(lambda: clock.now() > start, 10)
        until(lambda: shown(url, key) == ("89.00", "89.00"), WITHIN)
    assert PriceChange.objects.get(pk=change.pk).state == "ended"
    sku.refresh_from_db()
    assert sku.price == Decimal(89)


def shown(url: str, key: str) -> tuple[str, str]:
    """The price in products/ and in quotes/."""
    head: dict[str, Any] = {"Authorization": f"Bearer {key}"}
    [product] = requests.get(f"{url}/api/v1/products/", headers=head, timeout=10).json()["results"]
    body = {"shop": "tmall-01", "lines": [{"sku": "TS-RED-M", "quantity": 1}]}
    quote = requests.post(f"{url}/api/v1/quotes/", json=body, headers=head, timeout=10).json()
    return product["skus"][0]["price"], quote["payable"]
