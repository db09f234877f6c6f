"""What the screens' tests share: a shop, and a storefront that really answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from opsdesk.shops.models import Shop
from tests.builders import a_shop
from tests.kit.storefront import Shopfront, storefront


@pytest.fixture
def shop(db: None) -> Shop:
    return a_shop()


@pytest.fixture
def front(settings: Any) -> Iterator[Shopfront]:
    settings.OUTBOUND_ALLOW_PRIVATE = True
    with storefront() as running:
        yield running
