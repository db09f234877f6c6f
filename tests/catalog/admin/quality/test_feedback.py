"""Customer feedback by form and by paste, each reference once."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import ProductFeedback, Sku
from opsdesk.accounts.roles import Role
from tests.builders import a_live_listing, a_shop, a_user
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
URL = "/admin/catalog/productfeedback/"


@pytest.fixture
def sku(shop: Any) -> Sku:
    return a_live_listing().product.skus.get()


@pytest.fixture
def agent(shop: Any) -> Client:
    return signed_in(a_user(Role.CUSTOMER_SERVICE))


def a_form(code: str, **changes: Any) -> dict[str, Any]:
    form = {
        "sku": code,
        "source": "return",
        "reason": "size",
        "ref": "RT-1",
        "happened_at": "2026-06-10T10:00",
        "rating": "",
        "pieces": "2",
        "text": "too small",
    }
    return form | changes


@pytest.mark.sop("C19")
def test_feedback_is_written_down_once(agent: Client, sku: Sku) -> None:
    assert agent.post(f"{URL}add/", a_form(sku.code)).status_code == 302
    assert agent.post(f"{URL}add/", a_form(sku.code, text="again")).status_code == 302

    row = ProductFeedback.objects.get()
    assert (row.sku, row.product, row.reason, row.pieces, row.text) == (sku, sku.product, "size", 2, "too small")
    assert "Paste feedback" in text_of(agent.get(URL))
    assert agent.get(f"{URL}{row.pk}/change/").status_code == 200


@pytest.mark.sop("C19", refused=True)
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"sku": "NO-SUCH"}, ["sku"]),
        ({"happened_at": "2026-06-12T10:00"}, ["happened_at"]),
        ({"rating": "6", "source": "hearsay"}, ["rating", "source"]),
        ({"ref": "", "pieces": "0"}, ["pieces", "ref"]),
    ],
)
def test_feedback_that_cannot_be_is_refused(agent: Client, sku: Sku, changes: dict[str, str], fields: list[str]) -> None:
    before = row_counts()

    response = agent.post(f"{URL}add/", a_form(sku.code, **changes))

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, fields)
    assert row_counts() == before


@pytest.mark.parametrize("mark", [",", "\t"])
def test_many_rows_are_pasted_from_a_sheet(agent: Client, sku: Sku, mark: str) -> None:
    rows = [
        [sku.code, "review", "colour", "RV-1", "2026-06-01", "2", "", "greyer than the picture"],
        [sku.code, "return", "size", "RT-1", "2026-06-02"],
        [],
        [sku.code, "return", "size", "RT-1", "2026-06-02"],
    ]

    page = agent.post(f"{URL}paste/", {"rows": "\n".join(mark.join(row) for row in rows)}, follow=True)

    assert "2 rows are new." in text_of(page)
    kept = ProductFeedback.objects.order_by("id").values_list("source", "reason", "rating", "pieces", "text")
    assert list(kept) == [("review", "colour", 2, 1, "greyer than the picture"), ("return", "size", None, 1, "")]


def test_source_and_reason_are_pasted_by_their_names(agent: Client, sku: Sku) -> None:
    page = text_of(agent.get(f"{URL}paste/"))
    assert "Reason: Size does not fit, " in page

    review = f"{sku.code},Product review,Colour differs from the picture,RV-1,2026-06-01"
    rows = f"{review}\n{sku.code}, RETURN ,hard to use,RT-1,2026-06-02"
    assert agent.post(f"{URL}paste/", {"rows": rows}).status_code == 302
    chinese = f"{sku.code},退货,尺寸不合,RT-2,2026-06-02"
    assert agent.post(f"{URL}paste/", {"rows": chinese}).status_code == 422

    kept = ProductFeedback.objects.order_by("id").values_list("source", "reason", "pieces")
    assert list(kept) == [("review", "colour", 1), ("return", "usage", 1)]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{sku},review,colour,RV-1,2026-06-01", "{sku},review"], "Line 2: Reason: This field is required."),
        (["{sku},review,colour,RV-1,2026-06-01", "NO-SUCH,review,colour,RV-2,2026-06-01"], "Line 2: There is no SKU NO-SUCH."),
        (["{sku},review,colour,RV-1,yesterday"], "Line 1: Happened: Enter a valid date/time."),
    ],
)
def test_a_paste_is_taken_whole_or_not_at_all(agent: Client, sku: Sku, lines: list[str], message: str) -> None:
    before = row_counts()

    response = agent.post(f"{URL}paste/", {"rows": "\n".join(lines).format(sku=sku.code)})

    assert (response.status_code, message in text_of(response)) == (422, True)
    assert row_counts() == before


def test_too_many_rows_are_refused_at_once(agent: Client) -> None:
    assert b"At most 2000 rows at a time." in agent.post(f"{URL}paste/", {"rows": "a\n" * 2001}).content


def test_others_may_not_write_and_strangers_do_not_know_the_goods(sku: Sku) -> None:
    designer = signed_in(a_user(Role.DESIGNER))
    stranger = signed_in(a_user(Role.CUSTOMER_SERVICE, shops=[a_shop("jd-01")]))
    finance = signed_in(a_user(Role.FINANCE))
    before = row_counts()

    assert designer.get(URL).status_code == 200
    assert designer.post(f"{URL}add/", a_form(sku.code)).status_code == 403
    assert designer.post(f"{URL}paste/", {"rows": ""}).status_code == 403
    assert finance.get(URL).status_code == 403
    assert stranger.post(f"{URL}add/", a_form(sku.code)).status_code == 422
    assert row_counts() == before
