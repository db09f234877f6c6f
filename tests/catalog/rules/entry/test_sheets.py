"""Rows of a table that are one product."""

from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.entry.sheets import ProductLine, put_together
from opsdesk.common.errors import Issue


def line(number: int, code: str, sku: str = "", **content: str) -> ProductLine:
    skus = (SkuContent(sku),) if sku else ()
    return ProductLine(number, code, ("a", "b"), ListingContent(skus=skus, **content))  # type: ignore[arg-type]


def test_rows_of_one_code_are_one_product_with_a_sku_a_row() -> None:
    cup, mug = put_together(
        [line(2, "CUP", "R", title="杯"), line(3, "CUP", "B", brand="晨光"), line(4, "MUG", title="马克杯")]
    )

    assert (cup.numbers, cup.sku_rows, cup.category, cup.conflicts) == ([2, 3], [2, 3], ("a", "b"), {})
    assert cup.content == ListingContent(title="杯", brand="晨光", skus=(SkuContent("R"), SkuContent("B")))
    assert (mug.code, mug.sku_rows) == ("MUG", [])


def test_a_row_that_says_otherwise_is_named() -> None:
    [cup] = put_together([line(2, "CUP", "R", title="杯"), line(3, "CUP", "B", title="碗")])

    assert [(number, issue.pointer, issue.code, issue.params) for number, [issue] in cup.conflicts.items()] == [
        (3, "/title", "contradiction", {"row": 2})
    ]


def test_a_row_that_cannot_be_read_spoils_its_product() -> None:
    wrong = Issue("/price", "invalid_amount", "m")
    [cup] = put_together([line(2, "CUP", "R"), ProductLine(3, "CUP", issues=(wrong,))])

    assert cup.conflicts == {3: [wrong]}


def test_pointers_lead_to_row_and_column() -> None:
    [cup] = put_together([line(2, "CUP", "R"), line(3, "CUP", "B")])

    pointers = ["/skus/1/price", "/skus/0", "/skus/9/price", "/skus", "/images/0", "/spec/容量", "/title", ""]
    assert [cup.place_of(pointer) for pointer in pointers] == [
        (3, "/price"),
        (2, "/sku"),
        (2, "/skus"),
        (2, "/skus"),
        (2, "/main_images"),
        (2, "/spec/容量"),
        (2, "/title"),
        (2, "/"),
    ]
