"""Finding the facts in what a storefront answered: JSON by dotted paths, HTML by JSON-LD or by CSS selectors.

The parts of a JSON answer, such as ``{"category": "data.category.path", "sku": "data.skus", "sku_code": "code",
"price": "price"}``: each is a dotted path; lists are walked through; `sku_code`, `price` and `available` start at one SKU.
On a page they are CSS selectors; ``selector@attribute`` reads an attribute instead of the text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from catalog.rules.quality.page import PageFacts

PARTS = ("category", "title", "sku", "sku_code", "price", "available", "commitments", "images")
EXCERPT = 2000  # characters kept as evidence
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ARROWS = re.compile(r"\s*[>›»/|]\s*")
_AWAY = ("false", "0", "no", "soldout", "sold out", "outofstock", "out of stock", "discontinued", "售罄", "缺货", "无货")


class Unreadable(Exception):
    """The answer is not what it should be."""


def read_json(body: bytes, parts: Mapping[str, str], *, seconds: float) -> PageFacts:
    """The facts of a JSON answer. Raises: Unreadable."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as failure:
        raise Unreadable("no JSON") from failure
    rows = list(_walk(data, parts["sku"])) if parts.get("sku") else [data]
    return _facts(
        parts,
        {name: [_text(value) for value in _walk(data, path)] for name, path in parts.items() if path and name in _PLAIN},
        [
            (_first(row, parts.get("sku_code")), _first(row, parts.get("price")), _first(row, parts.get("available")))
            for row in rows
        ],
        body,
        seconds,
    )


def read_html(body: bytes, parts: Mapping[str, str], *, seconds: float) -> PageFacts:
    """The facts of a page: by the selectors that are given, the rest by its JSON-LD product data. Raises: Unreadable."""
    page = BeautifulSoup(body, "html.parser")
    if page.find() is None:
        raise Unreadable("no HTML")
    try:
        texts = {name: _select(page, path) for name, path in parts.items() if path and name in _PLAIN}
        rows = _html_rows(page, parts)
    except SelectorSyntaxError as failure:
        raise Unreadable("selector") from failure
    linked = _json_ld(page)
    product = next((found for found in linked if _is(found, "Product")), {})
    texts.setdefault("category", _ld_category(product, linked))
    texts.setdefault("title", [_text(product["name"])] if product.get("name") else [])
    texts.setdefault("images", [_text(image) for image in _listed(product.get("image"))])
    if not rows:
        rows = list(_ld_offers(product))
    if not texts["title"]:
        del texts["title"]
    return _facts({**dict.fromkeys(("price", "available"), "ld"), **parts}, texts, rows, body, seconds)


_PLAIN = ("category", "title", "commitments", "images")
_Row = tuple[str | None, str | None, str | None]  # code, price, availability of one SKU


def _facts(
    parts: Mapping[str, str], texts: Mapping[str, list[str]], rows: Iterable[_Row], body: bytes, seconds: float
) -> PageFacts:
    rows = list(rows)
    category = texts.get("category")
    if category is not None and len(category) == 1:
        category = [part for part in _ARROWS.split(category[0]) if part]
    prices = {code or "": amount for code, price, _ in rows if (amount := _amount(price)) is not None}
    if not category and not prices:
        raise Unreadable("neither category nor price")
    stock = {code or "": _is_available(here) for code, _, here in rows if here is not None}
    return PageFacts(
        category=category,
        title=texts["title"][0] if texts.get("title") else ("" if "title" in texts else None),
        prices=prices if parts.get("price") else None,
        commitments=texts.get("commitments"),
        images=texts.get("images") if parts.get("images") else None,
        available=stock if stock else None,
        excerpt=_excerpt(texts, rows),
        size=len(body),
        seconds=seconds,
    )


def _excerpt(texts: Mapping[str, list[str]], rows: list[_Row]) -> str:
    lines = [f"{name}: {' | '.join(texts[name])}" for name in _PLAIN if name in texts]
    lines += [f"{code or '-'}: {price or '-'} {here or ''}".rstrip() for code, price, here in rows]
    return "\n".join(lines).replace("\x00", "")[:EXCERPT]


def _walk(data: Any, path: str) -> Iterator[Any]:
    """Everything at a dotted path; a number picks one entry of a list, a name is looked for in each of them."""
    found = [data]
    for name in path.split("."):
        found = [child for value in found for child in _children(value, name)]
    for value in found:
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value


def _children(value: Any, name: str) -> Iterator[Any]:
    if isinstance(value, dict):
        if name in value:
            yield value[name]
    elif isinstance(value, list):
        if name.isdecimal():
            yield from value[int(name) : int(name) + 1]
        else:
            for entry in value:
                yield from _children(entry, name) if isinstance(entry, dict) else ()


def _first(row: Any, path: str | None) -> str | None:
    return next((_text(value) for value in _walk(row, path)), None) if path else None


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("url") or value.get("@id") or ""
    return str(value).strip()[:EXCERPT]


def _select(page: Tag, selector: str) -> list[str]:
    path, _, attribute = selector.partition("@")
    chosen = page.select(path.strip()) if path.strip() else [page]
    texts = [str(tag.get(attribute.strip()) or "") if attribute else tag.get_text(" ", strip=True) for tag in chosen]
    return [text.strip()[:EXCERPT] for text in texts if text.strip()]


def _html_rows(page: Tag, parts: Mapping[str, str]) -> list[_Row]:
    if not parts.get("price"):
        return []
    rows = page.select(parts["sku"]) if parts.get("sku") else [page]
    return [tuple(next(iter(_select(row, parts[name])), None) if parts.get(name) else None for name in _OF_SKU) for row in rows]  # type: ignore[misc]


_OF_SKU = ("sku_code", "price", "available")


def _json_ld(page: BeautifulSoup) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for script in page.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        for entry in _listed(data):
            if isinstance(entry, dict):
                found += [entry, *(child for child in _listed(entry.get("@graph")) if isinstance(child, dict))]
    return found


def _is(entry: Mapping[str, Any], kind: str) -> bool:
    return kind in _listed(entry.get("@type"))


def _ld_category(product: Mapping[str, Any], linked: list[dict[str, Any]]) -> list[str]:
    if product.get("category"):
        return [_text(part) for part in _listed(product["category"])]
    crumbs = next((found for found in linked if _is(found, "BreadcrumbList")), {})
    entries = [entry for entry in _listed(crumbs.get("itemListElement")) if isinstance(entry, dict)]
    return [_text(entry.get("name") or entry.get("item") or "") for entry in entries]


def _ld_offers(product: Mapping[str, Any]) -> Iterator[_Row]:
    variants = [entry for entry in _listed(product.get("hasVariant")) if isinstance(entry, dict)]
    for source in [product, *variants]:
        for offer in _listed(source.get("offers")):
            if isinstance(offer, dict):
                code = offer.get("sku") or source.get("sku")
                price, here = offer.get("price"), offer.get("availability")
                yield (
                    _text(code) if code else None,
                    _text(price) if price is not None else None,
                    _text(here).rpartition("/")[2] if here else None,
                )


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _amount(text: str | None) -> Decimal | None:
    """The amount in a text such as “¥1,299.00”; None when there is none."""
    match = _NUMBER.search(text or "")
    return Decimal(match[0].replace(",", "")) if match else None


def _is_available(text: str) -> bool:
    return text.casefold() not in _AWAY
