"""A shop with as many SKUs as asked for, filled by copying one of them inside the database."""

from urllib.parse import urlencode

from django.urls import reverse

from benchmarks.copying import PUBLIC, TIMES, bare_tables, copy, run
from benchmarks.pages import LONG_AGO, RECENT, Page, moment, words
from catalog.models import Product, Sku
from tests.builders import a_category, a_live_listing, a_shop, a_warehouse, stock_up

COMMON, RARE = 10, 100  # every tenth row, every hundredth row
TABLES = ("product", "listingrevision", "sku", "skuprice", "productshop", "stockitem", "stockmovement", "stockalert")
CODES = {"category": "cups-rare", "shop": "jd-01", "warehouse": "gz-01"}  # of every hundredth row

COMMON_TERM = {"q": "保温杯"}  # in every title
SEARCHES: dict[str, list[dict[str, str]]] = {
    "product": [
        {"q": "P-0004321"}, {"q": "S-0004321"}, {"q": "第0004321款"}, {"q": "特别"}, {"q": "特别款"}, {"q": "P-"}, COMMON_TERM,
        {"q": "保温"}, {"status": "live"}, {"status": "delisted"}, {"tag": "热卖"}, {"tag": "新品"},
    ],
    "listingrevision": [{"q": "第0004321款"}, COMMON_TERM],
    "pricedsku": [{"q": "S-0004321"}, {"q": "S-"}, {"is_listed__exact": "1"}, {"is_listed__exact": "0"}],
    "stockitem": [{"q": "S-0004321"}, {"q": "S-"}, {"warehouse__id__exact": "sz-01"}, {"warehouse__id__exact": "gz-01"}],
    "stockalert": [{"q": "S-0004321"}, {"q": "S-"}, {"status__exact": "open"}, {"status__exact": "resolved"}],
    "stockmovement": [
        {"q": "S-0004321"}, {"q": "R-4321"}, {"q": "S-"}, {"reason__exact": "damaged"}, {"reason__exact": "receipt"},
        {"warehouse__id__exact": "gz-01"},
    ],
}  # fmt: skip
ASKED: dict[str, list[dict[str, str]]] = {
    "products": [
        {}, {"status": "live"}, {"status": "delisted"}, {"status": "draft"}, {"category": "t-shirts"},
        {"category": "t-shirts-l1"}, {"category": CODES["category"]}, {"category": f"{CODES['category']}-l1"},
        {"tag": "热卖"}, {"tag": "新品"}, {"shop": "tmall-01"}, {"shop": CODES["shop"]}, {"shop": "nowhere"},
        {"updated_since": RECENT}, {"updated_since": LONG_AGO},
    ],
    "stock-levels": [
        {}, {"sku": "S-0004321"}, {"warehouse": "sz-01"}, {"warehouse": CODES["warehouse"]},
        {"updated_since": RECENT}, {"updated_since": LONG_AGO},
    ],
}  # fmt: skip


class Goods:
    """What the first SKU looks like, and how far its copies go."""

    what = "SKUs"

    def __init__(self) -> None:
        self.size = 1
        self.warehouse = a_warehouse("sz-01")
        a_shop("tmall-01", warehouse=self.warehouse)
        others = {"warehouse": a_warehouse(CODES["warehouse"]).pk, "category": a_category(CODES["category"]).pk}
        self.rare = others | {"shop": a_shop(CODES["shop"], warehouse=self.warehouse).pk}
        revision = a_live_listing(code="P-0000000", title="晨光 保温杯 第0000000款")
        self.product = Product.objects.get(pk=revision.product_id)
        stock_up(self.product.skus.get(), 5, self.warehouse)
        run(
            "INSERT INTO catalog_stockalert (public_id, sku_id, status, threshold, available, proposed_quantity, opened_at, "
            "supplier_name, acked_by) SELECT 'alr_' || lpad('', 26, '0'), id, 'open', 9, 5, 10, now(), '', '' FROM catalog_sku"
        )

    def grow(self, size: int) -> None:
        """Copy until there are `size` SKUs."""
        with bare_tables([f"catalog_{table}" for table in TABLES]):
            for table, exprs in self._copies().items():
                copy(f"catalog_{table}", exprs, self.size, size - 1)
        self.size = size

    def pages(self, keys: dict[str, str]) -> dict[str, Page]:
        """Every page that is timed, by its name."""
        houses = {"sz-01": self.warehouse.pk, "gz-01": self.rare["warehouse"]}
        pages: dict[str, Page] = {}
        for model, searches in SEARCHES.items():
            url = reverse(f"admin:catalog_{model}_changelist")
            middle = Sku.objects.only("code").order_by("id")[self.size // 2]
            place = f'["{middle.code}"]' if model == "pricedsku" else f'["{self.size // 2}"]'
            for query in [{}, {"after": place}, *searches]:
                sent = {name: str(houses.get(text, text)) for name, text in query.items()}
                pages[f"{model} {'deep' if 'after' in query else words(query)}"] = Page(f"{url}?{urlencode(sent)}")
        for who, key in keys.items():
            for path, queries in ASKED.items():
                for query in queries:
                    sent = {name: moment(text) if name == "updated_since" else text for name, text in query.items()}
                    pages[f"REST {path} {words(query)} ({who})"] = Page(f"/api/v1/{path}/?{urlencode(sent)}", key)
        return pages

    def _copies(self) -> dict[str, dict[str, str]]:
        """For each table what differs from the first row; g is the number of the copy."""
        product, no = self.product, "lpad(g::text, 7, '0')"
        sku, latest = product.skus.get(), product.live_revision_id
        code = {"code": f"'P-' || {no}", "public_id": PUBLIC, **TIMES}
        of_product, of_sku = {"product_id": f"{product.pk} + g"}, {"sku_id": f"{sku.pk} + g"}
        title = f"'晨光 保温杯 第' || {no} || '款' || CASE WHEN g % {RARE} = 0 THEN ' 特别款' ELSE '' END"
        revision = f"{latest} + g"
        rare, common = f"g % {RARE} = 0", f"g % {COMMON} = 0"
        shop, house = f"CASE WHEN {rare} THEN {self.rare['shop']} ELSE t.shop_id END", self.rare["warehouse"]
        status = f"CASE WHEN {rare} THEN 'delisted' ELSE t.status END"
        category = f"CASE WHEN {rare} THEN {self.rare['category']} ELSE t.category_id END"
        in_house = {"warehouse_id": f"CASE WHEN {rare} THEN {house} ELSE t.warehouse_id END"}
        tags = f"CASE WHEN {rare} THEN ARRAY['热卖'] WHEN {common} THEN ARRAY['新品'] ELSE ARRAY[]::text[] END"
        codes = {"sku_codes": f"ARRAY['S-' || {no}]", "tags": tags, "title_key": f"'晨光保温杯第' || {no} || '款'"}
        return {
            "product": code | {"title": title, "status": status, "category_id": category} | dict.fromkeys(
                ("live_revision_id", "latest_revision_id"), revision),
            "listingrevision": {"public_id": PUBLIC, "title": title, **of_product, **codes, **TIMES},
            "sku": code | of_product | {"code": f"'S-' || {no}", "is_listed": f"NOT {rare}"},
            "skuprice": of_sku,
            "productshop": of_product | {"shop_id": shop},
            "stockitem": of_sku | in_house | TIMES,
            "stockmovement": of_sku | in_house | {
                "key": "'copy:' || g", "ref": "'R-' || g", "reason": f"CASE WHEN {rare} THEN 'damaged' ELSE t.reason END"},
            "stockalert": of_sku | TIMES | {
                "public_id": PUBLIC, "status": f"CASE WHEN {rare} THEN 'open' ELSE 'resolved' END",
                "resolved_at": f"CASE WHEN {rare} THEN NULL ELSE now() END"},
        }  # fmt: skip
