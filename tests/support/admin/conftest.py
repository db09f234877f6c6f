"""What the tests of the screens of customer service share."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from tests.builders import a_shop, a_sku
from tests.kit.browser import Staff


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    """TS-RED-M with 200 pieces."""
    return a_sku(shop, on_hand=200)


@pytest.fixture
def agent(shop: Any) -> Staff:
    return Staff(Role.CUSTOMER_SERVICE)


@pytest.fixture
def supervisor(shop: Any) -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)
