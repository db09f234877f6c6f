"""Barcodes: a GTIN of 8, 12, 13 or 14 digits with a right check digit, on one SKU only. Pure."""

from collections.abc import Iterator, Mapping

from stdnum import ean

from catalog.rules.content import ListingContent
from catalog.rules.findings import Finding
from opsdesk.common.text import mark


def barcode_problems(content: ListingContent, elsewhere: Mapping[str, str]) -> Iterator[Finding]:
    """Barcodes that no scanner would read, and those that another SKU has; `elsewhere` names that SKU by barcode.

    SOP: C5, C13
    """
    seen: dict[str, str] = {}
    for index, sku in enumerate(content.skus):
        if not sku.barcode:
            continue
        pointer = f"/skus/{index}/barcode"
        if not ean.is_valid(sku.barcode):
            yield Finding("invalid_barcode", pointer, mark("This is no GTIN: 8, 12, 13 or 14 digits, the last a check digit."))
        elif other := seen.get(sku.barcode) or elsewhere.get(sku.barcode):
            yield Finding("duplicate_barcode", pointer, mark("SKU %(sku)s has the same barcode."), {"sku": other})
        seen.setdefault(sku.barcode, sku.sku)
