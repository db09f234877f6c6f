"""Specifications as columns of the table of products, and prices that a table does not change."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import ListingRevision, Sku
from catalog.queries.listings import content_of
from catalog.services.entry.forms import AttributeRules, add_attribute
from catalog.services.judgement import submit
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.imports.models import ImportFile
from opsdesk.imports.services import work_off
from opsdesk.sheets.table import read_table
from tests.builders import NOW, a_category, a_draft_body, a_live_listing, a_shop, a_user, an_attribute
from tests.builders.selection import a_supplier
from tests.builders.tables import csv, uploaded
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
PRODUCTS = "catalog.products"


@pytest.fixture
def specialist(db: None) -> Client:
    a_category()
    a_shop()
    an_attribute("容量", kind="number", unit="ml", is_required=True)
    an_attribute("材质", kind="choice", choices=["316不锈钢", "玻璃"])
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


def upload(client: Client, *rows: tuple[str, ...]) -> Any:
    return client.post(reverse("admin:import_new", args=[PRODUCTS]), {"file": uploaded("p.csv", csv(*rows))})


def apply(client: Client) -> Any:
    return client.post(reverse("admin:import", args=[ImportFile.objects.latest("pk").public_id]), {"policy": "all"})


def found() -> list[tuple[str, list[tuple[str, str]]]]:
    rows = ImportFile.objects.latest("pk").rows.order_by("number")
    return [(row.outcome, [(issue["field"], issue["column"]) for issue in row.issues]) for row in rows]


@pytest.mark.sop("C5")
@pytest.mark.sop("C7")
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_the_template_of_a_category_has_a_column_for_each_specification(specialist: Client, format: str) -> None:
    page = specialist.get(reverse("admin:import_new", args=[PRODUCTS]))
    assert "level 1 / level 2" in text_of(page)

    sheet = specialist.get(reverse("admin:import_template", args=[PRODUCTS, format]), {"kind": "t-shirts"})

    content = b"".join(sheet.streaming_content) if sheet.streaming else sheet.content  # type: ignore[attr-defined]
    table = read_table(io.BytesIO(content), f"t.{format}")
    header, example = list(table.header), list(next(iter(table.rows)).cells)
    place = header.index("Specification: 容量*")
    assert header[place - 1 : place + 3] == ["Specification", "Specification: 容量*", "Specification: 材质", "Selling points"]
    assert example[place - 1 : place + 2] == ["", "500ml", "316不锈钢"]
    assert example[header.index("Category")] == "t-shirts"


def test_a_template_of_no_category_is_not_found(specialist: Client) -> None:
    for kind in ("nothing", a_category().parent.code):  # type: ignore[union-attr]
        page = specialist.get(reverse("admin:import_template", args=[PRODUCTS, "csv"]), {"kind": kind})
        assert page.status_code == 404


@pytest.mark.sop("C5")
def test_columns_of_specifications_are_read_by_their_name_in_every_language(specialist: Client) -> None:
    header = ("code", "类目", "规格参数", "规格：容量", "材质")
    upload(specialist, header, ("CUP", "t-shirts", "颜色: 红", "500ml", "玻璃"))
    apply(specialist)

    assert ListingRevision.objects.get().spec == {"颜色": "红", "容量": "500ml", "材质": "玻璃"}


@pytest.mark.sop("C5", refused=True)
def test_a_column_of_an_unknown_specification_is_refused_with_its_name(specialist: Client) -> None:
    before = row_counts()

    page = upload(specialist, ("code", "Specification: 电压"), ("CUP", "220V"))

    assert (page.status_code, row_counts()) == (422, before)
    assert "There is no such column: Specification: 电压" in text_of(page)


@pytest.mark.sop("C7", refused=True)
def test_a_specification_of_another_category_is_refused_in_its_cell(specialist: Client) -> None:
    other = a_category(code="hats")
    add_attribute(category_id=other.pk, name="帽围", rules=AttributeRules(), actor=SYSTEM, now=NOW)
    upload(specialist, ("code", "category", "sku", "帽围"), ("A", "t-shirts", "A-1", "58"), ("A", "", "A-2", ""))

    assert found() == [("refused", [("spec/帽围", "帽围")]), ("refused", [("", "")])]
    assert ListingRevision.objects.count() == 0


def test_what_both_columns_say_must_agree_and_fit(specialist: Client) -> None:
    header = ("code", "spec", "容量")
    upload(specialist, header, ("A", "容量: 1ml", "2ml"), ("B", "容量: 2ml", "2ml"), ("C", "", "9" * 501))

    refused = ("refused", [("spec/容量", "容量")])
    outcomes = found()
    assert (outcomes[0], outcomes[1][0], outcomes[2]) == (refused, "created", refused)


@pytest.mark.sop("C10")
def test_a_table_does_not_change_the_prices_of_goods_on_sale(specialist: Client) -> None:
    live = a_live_listing(code="CUP")
    (sku,) = content_of(live).skus
    body = a_draft_body("CUP")
    draft = _imported(specialist, body, sku.sku)
    Sku.objects.filter(code=sku.sku).update(price=Decimal("109.00"))
    assert [(one.sku, one.price) for one in content_of(draft).skus] == [(sku.sku, Decimal("59.00")), ("NEW", Decimal("59.00"))]

    submit(revision_id=draft.pk, actor=SYSTEM, now=NOW)

    draft.refresh_from_db()
    assert draft.state == "material_review"
    assert [(one.sku, one.price) for one in content_of(draft).skus] == [(sku.sku, Decimal("109.00")), ("NEW", Decimal("59.00"))]
    entry = AuditEntry.objects.get(action="listings.prices_kept")
    assert entry.after == {"content_hash": draft.content_hash}


def test_a_table_of_new_goods_keeps_its_prices(specialist: Client) -> None:
    draft = _imported(specialist, a_draft_body("CUP"), "CUP-RED")

    submit(revision_id=draft.pk, actor=SYSTEM, now=NOW)

    draft.refresh_from_db()
    assert [one.price for one in content_of(draft).skus] == [Decimal("59.00"), Decimal("59.00")]
    assert not AuditEntry.objects.filter(action="listings.prices_kept").exists()


def _imported(client: Client, body: dict[str, Any], sku: str) -> ListingRevision:
    names = ("code", "title", "core_keyword", "category", "brand", "model_no", "usage", "precautions", "detail")
    header = (
        *names,
        "spec",
        "selling_points",
        "use_scenarios",
        "commitments",
        "main_images",
        "sku",
        "cost",
        "price",
        "options",
    )
    texts = ("容量: 500ml; 材质: 316不锈钢", "双层真空", "办公", "包邮", "https://i.example.com/1.jpg")
    shared = (*(body[name] for name in names), *texts)
    rows = [(*shared, code, "20.00", "59.00", f"颜色: {code}") for code in (sku, "NEW")]
    upload(client, header, *rows)
    apply(client)
    draft = ListingRevision.objects.get(product__code="CUP", state="draft")
    ListingRevision.objects.filter(pk=draft.pk).update(change_kinds=["other"], change_reason="新规格")
    return draft


@pytest.mark.sop("C3")
@pytest.mark.serial
def test_a_long_table_of_products_goes_through_the_worker(specialist: Client) -> None:
    rows = [(f"P-{number}", f"保温杯 {number}", "t-shirts", f"P-{number}-A", "500ml", "9.00") for number in range(301)]
    upload(specialist, ("code", "title", "category", "sku", "容量", "price"), *rows)
    work = ImportFile.objects.get()
    assert (work.state, work_off(now=NOW)) == ("uploaded", 1)
    assert (ImportFile.objects.get().state, apply(specialist).status_code) == ("previewed", 302)
    assert (ImportFile.objects.get().state, work_off(now=NOW)) == ("applying", 1)

    work.refresh_from_db()
    assert (work.state, work.created, ListingRevision.objects.count()) == ("applied", 301, 301)


def test_the_supplier_is_chosen_by_its_name(specialist: Client) -> None:
    a_supplier("sup-a")
    page = text_of(specialist.get(reverse("admin:catalog_listingrevision_add")))
    assert "Supplier sup-a" in page


@pytest.mark.sop("C5", refused=True)
def test_a_supplier_that_is_not_known_cannot_be_chosen(specialist: Client) -> None:
    before = row_counts()
    tables = {f"{name}-{end}": "0" for name in ("skus", "images") for end in ("TOTAL_FORMS", "INITIAL_FORMS")}

    page = specialist.post(reverse("admin:catalog_listingrevision_add"), {"code": "CUP", "supplier": "nobody", **tables})

    assert (page.status_code, row_counts()) == (422, before)
    assert "nobody is not one of the available choices" in text_of(page)
