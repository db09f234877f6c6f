"""What the REST tests of customer service share."""

from typing import Any

import pytest

from tests.builders import a_shop, a_sku


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    """TS-RED-M with 200 pieces."""
    return a_sku(shop, on_hand=200)
