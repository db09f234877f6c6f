"""The whole way of a listing through the services."""


import pytest

from catalog.models import Product, Sku
from tests.builders import a_live_listing, a_shop

pytestmark = pytest.mark.usefixtures("db")


def test_an_approved_listing_goes_on_sale_as_it_was_written() -> None:
    a_shop()
    revision = a_live_listing(code="CUP")
    product = Product.objects.get(code="CUP")
    assert (product.status, product.live_revision_id) == ("live", revision.pk)
    assert Sku.objects.get(product=product).price == 99
