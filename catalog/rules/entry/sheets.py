"""Products in a table: one SKU a row, and the rows of one code are one product. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from catalog.rules.content import ListingContent
from catalog.rules.entry.attributes import Attribute, pointer_of
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark

_COLUMNS = {"images": "main_images"}  # the column that a pointer into the content stands for, where it is another


@dataclass(frozen=True)
class ProductLine:
    """One row: what it says of the product, with one SKU or none, or what is wrong with it. `category` is a code or a path."""

    number: int
    code: str
    category: tuple[str, ...] = ()
    content: ListingContent = field(default_factory=ListingContent)
    issues: Sequence[Issue] = ()
    columns: Sequence[str] = ()  # the specifications that have a column of their own, and are filled in this row


@dataclass(frozen=True)
class ProductSheet:
    """The rows of one product, put together. `sku_rows` is the number of the row of each SKU, in order."""

    code: str
    numbers: Sequence[int]
    category: tuple[str, ...]
    content: ListingContent
    sku_rows: Sequence[int]
    columns: Mapping[int, Sequence[str]]
    conflicts: Mapping[int, Sequence[Issue]]  # of a product with a wrong row nothing is written: it would lack a SKU

    def place_of(self, pointer: str) -> tuple[int, str]:
        """The row and the column that a pointer into the content points to."""
        parts = pointer.lstrip("/").split("/")
        if parts[0] == "skus" and len(parts) > 1 and int(parts[1]) < len(self.sku_rows):
            return self.sku_rows[int(parts[1])], f"/{parts[2] if len(parts) > 2 else 'sku'}"
        column = pointer.lstrip("/") if parts[0] == "spec" else _COLUMNS.get(parts[0], parts[0])
        return self.numbers[0], f"/{column}"

    def unasked(self, form: Sequence[Attribute]) -> dict[int, list[Issue]]:
        """By row, the filled columns of specifications that the form of the product's category does not ask for."""
        asked = {field.name for field in form}
        text = mark("The form of this category does not ask for %(name)s.")
        return {
            number: [Issue(pointer_of(name), "unknown_attribute", text, {"name": name}) for name in names if name not in asked]
            for number, names in self.columns.items()
            if form and not asked.issuperset(names)
        }


def put_together(lines: Sequence[ProductLine]) -> list[ProductSheet]:
    """The products of a table, in its order. What a later row says of the product must be what the first one said.

    SOP: C3, C5
    """
    groups: dict[str, list[ProductLine]] = {}
    for line in lines:
        groups.setdefault(line.code, []).append(line)
    return [_product(code, rows) for code, rows in groups.items()]


def _product(code: str, rows: Sequence[ProductLine]) -> ProductSheet:
    said: dict[str, tuple[int, object]] = {}
    conflicts: dict[int, list[Issue]] = {}
    for row in rows:
        if row.issues:
            conflicts[row.number] = list(row.issues)
        for name, value in _said(row):
            number, first = said.setdefault(name, (row.number, value))
            if first != value:
                text = mark("Row %(row)s of the same product says otherwise.")
                pointer = f"/{_COLUMNS.get(name, name)}"
                conflicts.setdefault(row.number, []).append(Issue(pointer, "contradiction", text, {"row": number}))
    category = next((row.category for row in rows if row.category), ())
    values: dict[str, Any] = {name: value for name, (_, value) in said.items() if name != "category"}
    skus = [(row.number, sku) for row in rows for sku in row.content.skus]
    content = replace(ListingContent(), **values, skus=tuple(sku for _, sku in skus))
    columns = {row.number: row.columns for row in rows}
    numbers, sku_rows = [row.number for row in rows], [number for number, _ in skus]
    return ProductSheet(code, numbers, category, content, sku_rows, columns, conflicts)


def _said(row: ProductLine) -> Iterator[tuple[str, object]]:
    if row.category:
        yield "category", row.category
    for item in fields(ListingContent):
        value = getattr(row.content, item.name)
        if value and item.name != "skus":
            yield item.name, value
