"""How the technical desk says where a storefront's facts stand, and tries it."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import ProbeRun, Storefront, StorefrontItem
from opsdesk.accounts.roles import Role
from opsdesk.shops.models import Shop
from tests.builders import a_live_listing, a_page_of, a_storefront, a_user
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts
from tests.kit.storefront import Shopfront, says, says_json

pytestmark = pytest.mark.usefixtures("clock", "shop")
URL, NUMBERS = "/admin/catalog/storefront/", "/admin/catalog/storefrontitem/"


@pytest.fixture
def technician(db: None) -> Client:
    return signed_in(a_user(Role.TECHNICAL))


def a_form(shop: Shop, **changes: Any) -> dict[str, Any]:
    form = {
        "shop": shop.pk,
        "address": "https://shop.example.com/p/{code}.json",
        "page_format": "json",
        "is_enabled": "on",
        "category": "data.category",
        "price": "data.price",
    }
    return form | changes


@pytest.mark.sop("C15")
def test_a_storefront_is_set_and_changed(technician: Client, shop: Shop) -> None:
    assert technician.post(f"{URL}add/", a_form(shop)).status_code == 302
    row = Storefront.objects.get()
    assert (row.address, row.parts) == (
        "https://shop.example.com/p/{code}.json",
        {"category": "data.category", "price": "data.price"},
    )

    changed = a_form(shop, page_format="html", category="nav a", price=".price@data-price", is_enabled="")
    assert technician.post(f"{URL}{row.pk}/edit/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.page_format, row.is_enabled, row.parts["category"]) == ("html", False, "nav a")
    assert technician.get(URL).status_code == 200
    assert technician.get(f"{URL}{row.public_id}/change/").status_code == 200


@pytest.mark.sop("C15", refused=True)
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"address": "file:///etc/passwd{code}"}, ["address"]),
        ({"address": "https://shop.example.com/p"}, ["address"]),
        ({"address": "https://shop.example.com/{sku}/{code}"}, ["address"]),
        ({"address": "https://{code}.example.com/{code}"}, ["address"]),
        ({"address": "https://me:secret@shop.example.com/{code}"}, ["address"]),
        ({"address": "https://[::1/{code}"}, ["address"]),
        ({"address": "https://10.0.0.1/{code}"}, ["address"]),
        ({"category": ""}, ["category"]),
        ({"price": "data..price"}, ["price"]),
        ({"page_format": "html", "price": "p[["}, ["price"]),
        ({"address": "x", "category": "", "price": ""}, ["address", "category", "price"]),
    ],
)
def test_what_cannot_be_read_is_refused(technician: Client, shop: Shop, changes: dict[str, Any], fields: list[str]) -> None:
    before = row_counts()

    response = technician.post(f"{URL}add/", a_form(shop, **changes))

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, fields)
    assert row_counts() == before


def test_a_page_is_tried_and_what_was_read_is_shown(front: Shopfront, shop: Shop, technician: Client) -> None:
    place, revision = a_storefront(shop, front.url), a_live_listing()
    front.answer = says_json(a_page_of(revision))

    page = text_of(technician.post(f"{URL}{place.pk}/try/", {"product_code": revision.product.code}))
    assert "level 1 / level 2 / t-shirts" in page
    front.answer = says(b"", status=503)
    page = text_of(technician.post(f"{URL}{place.pk}/try/", {"product_code": revision.product.code}))
    assert "The page could not be read: Error status." in page
    assert list(ProbeRun.objects.order_by("id").values_list("purpose", "outcome")) == [("trial", "equal"), ("trial", "status")]
    assert Storefront.objects.get().failing_since is not None


def test_only_live_listings_are_tried_and_only_by_the_technical_desk(front: Shopfront, shop: Shop, technician: Client) -> None:
    place, supervisor = a_storefront(shop, front.url), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    before = row_counts()

    assert technician.post(f"{URL}{place.pk}/try/", {"product_code": "NO-SUCH"}).status_code == 422
    assert supervisor.post(f"{URL}{place.pk}/try/", {"product_code": "X"}).status_code == 403
    assert supervisor.post(f"{URL}add/", a_form(shop)).status_code == 403
    assert supervisor.post(f"{URL}{place.pk}/edit/", a_form(shop)).status_code == 403
    assert (technician.get(f"{URL}999/try/").status_code, front.paths) == (404, [])
    assert row_counts() == before


def test_a_platforms_own_number_makes_the_address(front: Shopfront, shop: Shop, technician: Client) -> None:
    revision = a_live_listing()
    other = a_live_listing()
    form = {"product": revision.product.code, "shop": shop.pk, "external_id": "688-1"}

    assert technician.post(f"{NUMBERS}add/", form).status_code == 302
    row = StorefrontItem.objects.get()
    assert technician.post(f"{NUMBERS}{row.pk}/edit/", form | {"external_id": "688-2"}).status_code == 302
    taken = technician.post(f"{NUMBERS}add/", form | {"product": other.product.code, "external_id": "688-2"})
    assert (taken.status_code, list(taken.context["form"].errors)) == (422, ["external_id"])
    unknown = technician.post(f"{NUMBERS}add/", form | {"product": "NO-SUCH"})
    assert (unknown.status_code, list(unknown.context["form"].errors)) == (422, ["product"])
    assert list(StorefrontItem.objects.values_list("external_id", flat=True)) == ["688-2"]

    place = a_storefront(shop, front.url)
    Storefront.objects.update(address=f"{front.url}/item?id={{external_id}}")
    front.answer = says_json(a_page_of(revision))
    technician.post(f"{URL}{place.pk}/try/", {"product_code": revision.product.code})
    assert front.paths == ["/item?id=688-2"]
