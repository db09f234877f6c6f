"""A shop with as many orders as asked for, filled by copying a shipped one inside the database."""

from urllib.parse import urlencode

from django.urls import reverse

from benchmarks.copying import PUBLIC, TIMES, bare_tables, copy
from benchmarks.pages import LONG_AGO, RECENT, Page, moment, words
from orders.models import OrderLine, Shipment
from tests.builders import NOW, a_report, a_shipped_order, a_shop, a_sku

RARE = 100  # every hundredth order is pending, every hundredth of the other shop, every hundredth parcel silent
TABLES = (
    "order", "deliveryaddress", "orderline", "ordercheck", "shipment", "shipment_orders", "shipmentline", "trackingevent",
)  # fmt: skip
ONE = "0004321"
SEARCHES: dict[str, list[dict[str, str]]] = {
    "order": [
        {"q": f"N{ONE}"}, {"q": f"X-{ONE}"}, {"q": "N000"}, {"status__exact": "pending"}, {"status__exact": "completed"},
        {"payment_status__exact": "paid"}, {"payment_status__exact": "unpaid"},
    ],
    "shipment": [
        {"q": f"SF{ONE}"}, {"q": f"N{ONE}"}, {"q": "SF000"}, {"state__exact": "in_transit"}, {"state__exact": "delivered"},
    ],
}  # fmt: skip
ASKED: dict[str, list[dict[str, str]]] = {
    "orders": [
        {}, {"status": "pending"}, {"status": "completed"}, {"payment_status": "unpaid"}, {"shop": "tmall-01"},
        {"shop": "jd-01"}, {"external_id": f"X-{ONE}"}, {"tracking_no": f"SF{ONE}"}, {"updated_since": RECENT},
        {"updated_since": LONG_AGO}, {"placed_after": RECENT}, {"placed_before": LONG_AGO},
    ],
    "shipments": [{}, {"state": "in_transit"}, {"tracking_no": f"SF{ONE}"}, {"updated_since": RECENT}],
}  # fmt: skip
TIMED = ("updated_since", "placed_after", "placed_before")


class OrderBook:
    """What the first order looks like, and how far its copies go."""

    what = "orders"

    def __init__(self) -> None:
        self.size = 1
        shop = a_shop("tmall-01")
        a_sku(shop, on_hand=100)
        self.order = a_shipped_order(shop="tmall-01")
        self.order.checks.exclude(pk=self.order.checks.order_by("id")[0].pk).delete()
        a_report(Shipment.objects.get().tracking_no, "in_transit", NOW)
        self.other = a_shop("jd-01").pk
        self.parcel, self.line = Shipment.objects.get().pk, OrderLine.objects.get().pk

    def grow(self, size: int) -> None:
        """Copy until there are `size` orders."""
        with bare_tables([f"orders_{table}" for table in TABLES]):
            for table, exprs in self._copies().items():
                copy(f"orders_{table}", exprs, self.size, size - 1)
        self.size = size

    def pages(self, keys: dict[str, str]) -> dict[str, Page]:
        """Every page that is timed, by its name."""
        pages: dict[str, Page] = {}
        for model, searches in SEARCHES.items():
            url = reverse(f"admin:orders_{model}_changelist")
            for query in [{}, {"after": f'["{self.size // 2}"]'}, *searches]:
                pages[f"{model} {'deep' if 'after' in query else words(query)}"] = Page(f"{url}?{urlencode(query)}")
        found = reverse("admin:orders_order_find")
        pages["find a phone's last four"] = Page(found, form={"numbers": "4321"})
        pasted = "\n".join(f"N{number:07}" for number in range(1, 401, 2))
        pages["find 200 pasted numbers"] = Page(found, form={"numbers": pasted})
        for who, key in keys.items():
            for path, queries in ASKED.items():
                for query in queries:
                    sent = {name: moment(text) if name in TIMED else text for name, text in query.items()}
                    pages[f"REST {path} {words(query)} ({who})"] = Page(f"/api/v1/{path}/?{urlencode(sent)}", key)
        return pages

    def _copies(self) -> dict[str, dict[str, str]]:
        """For each table what differs from the first row; g is the number of the copy."""
        no, rare = "lpad(g::text, 7, '0')", f"g % {RARE} = "
        order, of_parcel = {"order_id": f"{self.order.pk} + g"}, {"shipment_id": f"{self.parcel} + g"}
        shop = f"CASE WHEN {rare}2 THEN {self.other} ELSE t.shop_id END"
        status = f"CASE WHEN {rare}0 THEN 'pending' WHEN g % 10 = 1 THEN 'shipped' ELSE 'completed' END"
        payment = f"CASE WHEN {rare}0 THEN 'unpaid' ELSE 'paid' END"
        return {
            "order": TIMES | {
                "public_id": PUBLIC, "number": f"'N' || {no}", "external_id": f"'X-' || {no}", "shop_id": shop,
                "status": status, "payment_status": payment, "placed_at": "now() - g * interval '1 second'"},
            "deliveryaddress": order | {"phone": "'+86138' || lpad(g::text, 8, '0')"},
            "orderline": order,
            "ordercheck": order,
            "shipment": TIMES | {
                "public_id": PUBLIC, "tracking_no": f"'SF' || {no}", "shop_id": shop,
                "state": "CASE WHEN g % 10 = 1 THEN 'in_transit' ELSE 'delivered' END",
                "update_by": "CASE WHEN g % 10 = 1 THEN now() ELSE NULL END"},
            "shipment_orders": order | of_parcel,
            "shipmentline": of_parcel | {"order_line_id": f"{self.line} + g"},
            "trackingevent": of_parcel,
        }  # fmt: skip
