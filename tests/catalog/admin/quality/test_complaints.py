"""Quality complaints from customer service to the specialist and back."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from catalog.models import ListingError, ListingRevision, ProductFeedback, QualityComplaint, Sku
from catalog.queries.quality.complaints import complaints_by_product, complaints_by_supplier
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_complaint, a_live_listing, a_shop, a_user
from tests.kit.browser import command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
URL, MODEL = "/admin/catalog/qualitycomplaint/", "catalog_qualitycomplaint"


@pytest.fixture
def writer(shop: Any) -> User:
    return a_user(Role.PRODUCT_SPECIALIST)


@pytest.fixture
def sku(writer: User) -> Sku:
    return a_live_listing(actor=staff_actor(writer), supplier="South Factory").product.skus.get()


@pytest.fixture
def agent(shop: Any) -> Client:
    return signed_in(a_user(Role.CUSTOMER_SERVICE))


def a_form(goods: Sku, **changes: Any) -> dict[str, Any]:
    form = {
        "sku": goods.code,
        "order_ref": "T-1",
        "kind": "defect",
        "severity": "serious",
        "source": "service",
        "ref": "",
        "text": "The lid leaks.",
        "evidence": "",
    }
    return form | changes


def work() -> list[tuple[str, str, int | None]]:
    kinds = ("catalog.quality_complaint", "catalog.complaint_answered", "catalog.faulty_stock")
    items = WorkItem.objects.filter(closed_at=None, kind__in=kinds).order_by("kind")
    return list(items.values_list("kind", "role", "owner_id"))


@pytest.mark.sop("C27")
def test_a_complaint_goes_to_the_one_who_wrote_the_listing_and_its_answer_back(agent: Client, writer: User, sku: Sku) -> None:
    assert agent.post(f"{URL}add/", a_form(sku)).status_code == 302
    row = QualityComplaint.objects.get()
    assert (row.state, row.supplier, row.specialist, row.respond_by) == (
        "open",
        "South Factory",
        writer,
        NOW + timedelta(hours=24),
    )
    assert work() == [("catalog.quality_complaint", "product_specialist", writer.pk)]
    assert ProductFeedback.objects.get().ref == row.public_id
    desk = signed_in(writer)
    assert "Investigate" in text_of(desk.get(f"{URL}{row.public_id}/change/"))

    assert command(desk, MODEL, row.pk, "take").status_code == 302
    answer = {"outcome": "supplier_claim", "wrong_field": "", "answer": "A bad batch; send a new lid."}
    assert command(desk, MODEL, row.pk, "answer", **answer).status_code == 302
    assert work() == [("catalog.complaint_answered", "customer_service", None)]
    assert "A bad batch; send a new lid." in text_of(agent.get(f"{URL}{row.pk}/change/"))

    assert command(agent, MODEL, row.pk, "reopen", reason="The customer wants a refund.").status_code == 302
    assert work() == [("catalog.quality_complaint", "product_specialist", writer.pk)]
    command(desk, MODEL, row.pk, "answer", **answer)
    assert command(agent, MODEL, row.pk, "close").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.closed_at, work()) == ("closed", NOW, [])
    assert complaints_by_supplier(since=NOW) == {"South Factory": 1}
    assert complaints_by_product(since=NOW) == {sku.product_id: 1}
    assert complaints_by_product(since=NOW + timedelta(seconds=1), products=[sku.product_id]) == {}


@pytest.mark.sop("C27", refused=True)
@pytest.mark.parametrize(
    ("changes", "fields"), [({"sku": "NO-SUCH"}, ["sku"]), ({"text": " "}, ["text"]), ({"kind": "bad"}, ["kind"])]
)
def test_a_complaint_that_says_nothing_is_refused(agent: Client, sku: Sku, changes: dict[str, str], fields: list[str]) -> None:
    before = row_counts()

    response = agent.post(f"{URL}add/", a_form(sku, **changes))

    assert (response.status_code, list(response.context["form"].errors)) == (422, fields)
    assert row_counts() == before


def test_a_wrong_listing_goes_into_the_error_ledger(writer: User, sku: Sku) -> None:
    row, desk = a_complaint(sku), signed_in(writer)
    before = row_counts()
    missing: Any = command(desk, MODEL, row.pk, "answer", outcome="listing_error", wrong_field="", answer="x")
    assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["wrong_field"])
    assert row_counts() == before

    command(desk, MODEL, row.pk, "answer", outcome="listing_error", wrong_field="detail", answer="It holds 400 ml.")

    error = ListingError.objects.get()
    assert (error.field, error.source, error.source_ref, error.note) == (
        "detail",
        "complaint",
        row.public_id,
        "It holds 400 ml.",
    )


def test_faulty_stock_is_checked_by_the_warehouse(writer: User, sku: Sku) -> None:
    row, house = a_complaint(sku), signed_in(a_user(Role.WAREHOUSE))
    command(signed_in(writer), MODEL, row.pk, "answer", outcome="stock_check", answer="We look.")
    assert [kind for kind, *_ in work()] == ["catalog.complaint_answered", "catalog.faulty_stock"]
    assert "Stock is checked" in text_of(house.get(f"{URL}{row.pk}/change/"))

    assert command(house, MODEL, row.pk, "confirm_stock", finding=" ").status_code == 422
    assert command(house, MODEL, row.pk, "confirm_stock", finding="3 of 40 leak.").status_code == 302

    row.refresh_from_db()
    assert (row.stock_checked_at, row.stock_finding, row.state) == (NOW, "3 of 40 leak.", "answered")
    assert [kind for kind, *_ in work()] == ["catalog.complaint_answered"]
    house.get(URL)  # shows what was done
    assert "Stock is checked" not in text_of(house.get(f"{URL}{row.pk}/change/"))
    assert command(house, MODEL, row.pk, "confirm_stock", finding="again").status_code == 422


def test_a_dangerous_one_is_urgent_and_one_reference_is_one_complaint(agent: Client, sku: Sku) -> None:
    agent.post(f"{URL}add/", a_form(sku, severity="dangerous", ref="TK-7"))
    agent.post(f"{URL}add/", a_form(sku, ref="TK-7", text="again"))

    row = QualityComplaint.objects.get()
    assert (row.respond_by, row.text) == (NOW + timedelta(hours=4), "The lid leaks.")


def test_without_its_writer_the_desk_answers(agent: Client, writer: User, sku: Sku) -> None:
    User.objects.filter(pk=writer.pk).update(is_active=False)

    agent.post(f"{URL}add/", a_form(sku))

    assert work() == [("catalog.quality_complaint", "product_specialist", None)]


def test_each_desk_does_its_own_part(agent: Client, writer: User, sku: Sku) -> None:
    row, desk = a_complaint(sku), signed_in(writer)
    finance, stranger = signed_in(a_user(Role.FINANCE)), signed_in(a_user(Role.PRODUCT_SPECIALIST, shops=[a_shop("jd-01")]))
    before = row_counts()

    assert command(agent, MODEL, row.pk, "answer", outcome="no_fault", answer="x").status_code == 403
    assert command(agent, MODEL, row.pk, "take").status_code == 403
    assert command(desk, MODEL, row.pk, "close").status_code == 403
    assert command(desk, MODEL, row.pk, "confirm_stock", finding="x").status_code == 403
    assert command(agent, MODEL, row.pk, "close").status_code == 422
    assert command(stranger, MODEL, row.pk, "take").status_code == 404
    assert (finance.get(URL).status_code, finance.post(f"{URL}add/", a_form(sku)).status_code) == (403, 403)
    assert row_counts() == before


def a_picture(name: str = "lid.png") -> SimpleUploadedFile:
    body = BytesIO()
    Image.new("RGB", (2, 2)).save(body, "PNG")
    return SimpleUploadedFile(name, body.getvalue(), content_type="image/png")


def attach(client: Client, row: QualityComplaint, *uploads: SimpleUploadedFile) -> Any:
    return client.post(f"{URL}{row.pk}/attach/", {"uploads": list(uploads)})


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_evidence_is_attached_and_opened(agent: Client, writer: User, sku: Sku) -> None:
    row = a_complaint(sku)

    assert agent.get(f"{URL}{row.pk}/attach/").status_code == 200
    done = attach(agent, row, a_picture("one.png"), a_picture("two.png"))
    assert done.status_code == 302, done.context["form"].errors

    first, second = row.files.order_by("pk")
    assert [first.original_name, second.original_name] == ["one.png", "two.png"]
    assert "two.png" in text_of(signed_in(writer).get(f"{URL}{row.pk}/change/"))
    assert signed_in(writer).get(f"/admin/files/{first.public_id}/").status_code == 200
    assert signed_in(a_user(Role.FINANCE)).get(f"/admin/files/{first.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("uploads", "message"),
    [
        ([], "This field is required."),
        ([SimpleUploadedFile("x.exe", b"MZ")], ""),
        ([SimpleUploadedFile("x.png", b"no picture")], ""),
        ([a_picture(), SimpleUploadedFile("x.exe", b"MZ")], ""),
        ([a_picture() for _ in range(10)], "Choose one to 9 files."),
    ],
)
def test_what_is_no_evidence_is_refused(agent: Client, sku: Sku, uploads: list[Any], message: str) -> None:
    row = a_complaint(sku)
    before = row_counts()

    response = attach(agent, row, *uploads)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["uploads"])
    assert message in text_of(response)
    assert row_counts() == before


def test_evidence_comes_from_those_who_may_file(writer: User, sku: Sku) -> None:
    row, buyer = a_complaint(sku), signed_in(a_user(Role.PURCHASING))
    before = row_counts()

    assert attach(buyer, row, a_picture()).status_code == 403
    assert buyer.post(f"{URL}999/attach/").status_code == 404
    assert row_counts() == before


@pytest.mark.parametrize(("take_off", "state"), [("True", "delisted"), ("False", "listed")])
def test_faulty_goods_are_taken_off_sale_or_kept_with_a_reason(writer: User, sku: Sku, take_off: str, state: str) -> None:
    row, supervisor = a_complaint(sku), signed_in(a_user(Role.PRODUCT_SUPERVISOR))
    command(signed_in(writer), MODEL, row.pk, "answer", outcome="delist", answer="The whole batch leaks.")
    item = WorkItem.objects.get(kind="catalog.faulty_listing")
    assert (item.role, item.subject_id) == ("product_supervisor", row.public_id)
    assert "Decide on delisting" in text_of(supervisor.get(f"{URL}{row.public_id}/change/"))
    before = row_counts()
    assert command(supervisor, MODEL, row.pk, "decide_delisting", take_off=take_off, note=" ").status_code == 422
    assert row_counts() == before

    done = command(supervisor, MODEL, row.pk, "decide_delisting", take_off=take_off, note="The batch is blocked.")

    item.refresh_from_db()
    assert (done.status_code, item.closed_at) == (302, NOW)
    assert ListingRevision.objects.get(product=sku.product_id).state == state
    again = command(supervisor, MODEL, row.pk, "decide_delisting", take_off=take_off, note="Again.")
    assert (again.status_code, b"No decision is waiting." in again.content) == (422, True)
