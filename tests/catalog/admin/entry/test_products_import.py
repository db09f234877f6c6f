"""Products by the table, from the upload in the browser to drafts."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import ListingRevision, Product
from opsdesk.accounts.roles import Role
from opsdesk.imports.models import ImportFile
from opsdesk.sheets.table import read_table
from tests.builders import NOW, a_category, a_shop, a_user, an_attribute
from tests.builders.tables import csv, uploaded, xlsx
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
HEADER = (
    *("商品编码", "商品标题", "核心关键词", "类目", "品牌", "型号", "规格参数", "卖点", "使用场景", "使用方法"),
    *("注意事项", "详情", "主图", "标签", "服务承诺", "规格编码", "销售属性", "条码", "成本价", "售价"),
)
CUP = (
    *("CUP", "晨光保温杯", "保温杯", "level 1/level 2/t-shirts", "晨光", "CG-1"),
    *("容量: 500ml；材质：316不锈钢", "双层真空；一键开盖", "办公", "先清洗", "勿入微波炉", "便携"),
    *("https://img.example.com/1.jpg", "new", "包邮"),
)
REST = ("",) * 14
GOOD = (
    HEADER,
    (*CUP, "CUP-RED", "颜色: 红", "6901234567892", "40.00", "99.00"),
    ("CUP", *REST, "CUP-BLUE", "颜色: 蓝", "", "40.00", "89.00"),
    ("MUG", "马克杯", *("",) * 13, "MUG-1", "", "6901234567890", "9.00", "10.00"),
)


@pytest.fixture
def specialist(db: None) -> Client:
    a_category()
    a_shop()
    return signed_in(a_user(Role.PRODUCT_SPECIALIST))


def upload(client: Client, name: str, content: bytes) -> Any:
    return client.post(reverse("admin:import_new", args=["catalog.products"]), {"file": uploaded(name, content)})


def apply(client: Client, policy: str = "all") -> Any:
    return client.post(reverse("admin:import", args=[ImportFile.objects.latest("pk").public_id]), {"policy": policy})


def said(work: ImportFile) -> list[tuple[int, str, str, list[str]]]:
    return [
        (row.number, row.label, row.outcome, [issue["field"] for issue in row.issues]) for row in work.rows.order_by("number")
    ]


FOUND = [
    (2, "CUP", "created", []),
    (3, "CUP", "created", []),
    (
        4,
        "MUG",
        "created",
        [
            *("core_keyword", "category", "spec", "selling_points", "use_scenarios", "usage", "precautions", "brand"),
            *("model_no", "detail", "commitments", "main_images", "price", "barcode"),
        ],
    ),
]


@pytest.mark.sop("C3")
@pytest.mark.sop("C16")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.csv", csv(*GOOD)),
        ("p.csv", csv(*GOOD, encoding="gbk")),
        ("p.csv", csv(*GOOD, encoding="utf-16")),
        ("p.xlsx", xlsx(*GOOD)),
    ],
)
def test_products_of_a_table_become_drafts_with_the_very_issues_of_the_preview(
    specialist: Client, name: str, content: bytes
) -> None:
    upload(specialist, name, content)
    work = ImportFile.objects.get()
    assert (work.state, work.created, said(work), ListingRevision.objects.count()) == ("previewed", 3, FOUND, 0)

    apply(specialist)

    work.refresh_from_db()
    assert (work.state, said(work)) == ("applied", FOUND)
    cup, mug = ListingRevision.objects.order_by("product__code")
    assert (cup.title, cup.category_code, cup.spec) == ("晨光保温杯", "t-shirts", {"容量": "500ml", "材质": "316不锈钢"})
    assert (cup.tags, cup.commitments, cup.shop_codes, cup.completeness) == (["新品"], ["包邮"], ["tmall-01"], 100)
    assert [(sku["sku"], sku["options"], sku["barcode"], sku["price"]) for sku in cup.skus] == [
        ("CUP-RED", {"颜色": "红"}, "6901234567892", "99.00"),
        ("CUP-BLUE", {"颜色": "蓝"}, "", "89.00"),
    ]
    assert (cup.issues.count(), mug.issues.count()) == (0, 14)
    assert cup.last_editor is not None


def test_the_same_table_again_changes_nothing_and_another_one_replaces_the_draft(specialist: Client) -> None:
    for table in (GOOD, GOOD, (HEADER, (*CUP, "CUP-RED", "", "", "40.00", "98.00"))):
        upload(specialist, "p.xlsx", xlsx(*table))
        apply(specialist)

    works = list(ImportFile.objects.order_by("pk").values_list("created", "updated", "existing"))
    assert works == [(3, 0, 0), (0, 0, 3), (0, 1, 0)]
    assert list(ListingRevision.objects.filter(product__code="CUP").order_by("no").values_list("no", "state")) == [
        (1, "archived"),
        (2, "draft"),
    ]


@pytest.mark.sop("C3", refused=True)
@pytest.mark.sop("C16", refused=True)
def test_what_cannot_be_read_or_contradicts_itself_is_refused_with_its_cell(specialist: Client) -> None:
    other = ("CUP", *REST, "CUP-BLUE", "颜色 蓝", "69x", "4", "abc")
    contradiction = ("CUP", "另一个名字", *REST[1:], "CUP-G", "", "", "40.00", "99.00")
    rows = (HEADER, GOOD[1], other, contradiction, ("", *REST, "X", "", "", "", ""))
    before = row_counts()
    upload(specialist, "p.xlsx", xlsx(*rows))
    work = ImportFile.objects.get()

    assert [(number, outcome, sorted(fields)) for number, _, outcome, fields in said(work)] == [
        (2, "refused", [""]),
        (3, "refused", ["barcode", "options", "price"]),
        (4, "refused", ["title"]),
        (5, "refused", ["code"]),
    ]
    assert apply(specialist).status_code == 409
    assert {name: n for name, n in row_counts().items() if before[name] != n and name.startswith("catalog_")} == {}
    failed = specialist.get(reverse("admin:import_failed", args=[work.public_id, "xlsx"]))
    table = read_table(io.BytesIO(b"".join(failed.streaming_content) if failed.streaming else failed.content), "f.xlsx")  # type: ignore[attr-defined]
    assert len(list(table.rows)) == 4


def test_an_unknown_shop_refuses_its_product(specialist: Client) -> None:
    header = (*HEADER, "店铺")
    upload(specialist, "p.xlsx", xlsx(header, (*CUP, "A", "", "", "1.00", "2.00", "nowhere")))

    assert said(ImportFile.objects.get()) == [(2, "CUP", "refused", ["shops"])]


def test_only_who_writes_listings_imports_them(db: None) -> None:
    client = signed_in(a_user(Role.CUSTOMER_SERVICE))
    before = row_counts()

    assert upload(client, "p.xlsx", xlsx(*GOOD)).status_code == 403
    assert row_counts() == before


def test_the_template_offers_every_field(specialist: Client) -> None:
    page = specialist.get(reverse("admin:import_new", args=["catalog.products"]))

    assert page.status_code == 200
    assert "Products" in text_of(page)


def test_each_product_costs_a_bounded_number_of_statements(specialist: Client, django_assert_max_num_queries: Any) -> None:
    an_attribute("容量", kind="number", unit="ml", is_required=True)
    rows = [(f"P-{n}", f"保温杯{n}", *CUP[2:], f"P-{n}-A", "", "", "40.00", "99.00") for n in range(40)]
    with django_assert_max_num_queries(40 * 16 + 120):
        upload(specialist, "p.xlsx", xlsx(HEADER, *rows))
    with django_assert_max_num_queries(40 * 40 + 120):
        apply(specialist)

    assert (Product.objects.count(), ImportFile.objects.get().created) == (40, 40)
    assert ImportFile.objects.get().uploaded_at == NOW
