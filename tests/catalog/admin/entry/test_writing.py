"""The form of a listing follows its category and tells, while somebody writes, how complete it is."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import ListingRevision
from opsdesk.accounts.roles import Role
from tests.builders import a_category, a_draft, a_shop, a_user, an_attribute
from tests.kit.browser import signed_in, text_of
from tests.kit.listing_screens import ADD, sheet
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
LISTINGS = "/admin/catalog/listingrevision/"


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def specialist(shop: Any) -> Client:
    an_attribute("容量", kind="number", unit="ml", is_required=True)
    an_attribute("材质", kind="choice", choices=("316不锈钢", "玻璃"), help_text="内胆")
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


def cells(page: Any) -> dict[str, list[str]]:
    return {cell.field.name: [r.text for r in cell.remarks] for _, found in page.context["groups"] for cell in found}


@pytest.mark.sop("C5")
@pytest.mark.sop("C7")
def test_the_form_asks_for_what_the_category_prescribes(specialist: Client) -> None:
    form = sheet(spec="产地: 浙江") | {"spec-容量": "500", "spec-材质": "玻璃"}

    page = specialist.post(ADD, form, follow=True)

    revision = ListingRevision.objects.get()
    assert (revision.spec, revision.completeness) == ({"容量": "500", "材质": "玻璃", "产地": "浙江"}, 100)
    assert cells(page)["spec"] == ["The form of this category does not ask for 产地."]
    initial = page.context["form"].initial
    assert (initial["spec-容量"], initial["spec-材质"], initial["spec"]) == ("500", "玻璃", {"产地": "浙江"})


@pytest.mark.sop("C7", refused=True)
def test_what_is_not_among_the_choices_is_refused_beside_its_field(specialist: Client) -> None:
    before = row_counts()

    response = specialist.post(ADD, sheet() | {"spec-材质": "木"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"spec-材质": ["Select a valid choice. 木 is not one of the available choices."]}
    assert row_counts() == before


def test_what_is_missing_stands_beside_its_field(specialist: Client) -> None:
    page = specialist.post(ADD, sheet(spec="") | {"spec-材质": "玻璃"}, follow=True)

    assert cells(page)["spec-容量"] == ["This category requires: 容量"]
    assert page.context["progress"].missing == ["容量"]


def test_fields_of_another_category_are_kept_as_further_specification(specialist: Client) -> None:
    other = a_category("mugs")

    specialist.post(ADD, sheet(spec="", category=other.code) | {"spec-容量": "500", "spec-材质": ""})

    assert ListingRevision.objects.get().spec == {"容量": "500"}


def test_a_tag_that_is_unknown_stays_in_sight(specialist: Client) -> None:
    revision = a_draft(tags=["爆款"])

    page = specialist.get(f"{LISTINGS}{revision.pk}/write/")

    assert "爆款" in [value for value, _ in page.context["form"].fields["tags"].choices]
    assert cells(page)["tags"] == ["There is no tag 爆款."]


def test_the_fields_of_a_category_are_fetched(specialist: Client) -> None:
    page = text_of(specialist.get(f"{LISTINGS}category-fields/", {"category": "t-shirts"}))
    none = text_of(specialist.get(f"{LISTINGS}category-fields/", {"category": "nowhere"}))

    assert ('name="spec-容量"' in page, "容量 (ml) *" in page, "内胆" in page, none.strip()) == (True, True, True, "")


def test_while_somebody_writes_the_form_tells_what_would_be_found_and_keeps_nothing(specialist: Client) -> None:
    revision = a_draft(code="CUP")
    before = row_counts()

    page = specialist.post(f"{LISTINGS}check/?of={revision.public_id}", sheet(title="杯子", spec="") | {"spec-容量": "x"})
    clean = specialist.post(f"{LISTINGS}check/", sheet(spec="") | {"spec-容量": "5"})
    unreadable = specialist.post(f"{LISTINGS}check/", sheet(spec="no colon"))
    other_shop = specialist.post(f"{LISTINGS}check/", sheet(code=""))

    assert [label for label, _ in page.context["found_now"]] == ["Title", "容量"]
    assert (page.context["progress"].percent, page.context["errors"], page.context["warnings"]) == (100, 2, 0)
    assert "The automatic check finds nothing wrong." in text_of(clean)
    assert (unreadable.status_code, other_shop.status_code) == (422, 422)
    assert row_counts() == before


def test_a_refusal_of_the_check_shows_nothing(specialist: Client) -> None:
    client = signed_in(a_user(Role.PRODUCT_SPECIALIST, shops=[]))

    assert client.post(f"{LISTINGS}check/", sheet()).status_code == 422


def test_only_who_writes_listings_asks() -> None:
    client = signed_in(a_user(Role.PRODUCT_SUPERVISOR))

    answers = [client.get(f"{LISTINGS}category-fields/"), client.post(f"{LISTINGS}check/", sheet())]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_completeness_stands_in_the_list_and_on_the_page(specialist: Client) -> None:
    revision = a_draft(spec={"容量": "5"}, brand="")

    assert "94 %" in text_of(specialist.get(LISTINGS))
    page = specialist.get(f"{LISTINGS}{revision.pk}/change/")
    assert (page.context["progress"].percent, page.context["progress"].missing) == (94, ["Brand"])
