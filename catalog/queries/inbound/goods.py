"""Finding SKUs as the scanner reads them, lots by age, and what is on order."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Sum

from catalog.enums.inbound import PurchaseStatus
from catalog.enums.stock import AlertStatus, MovementReason
from catalog.models import PurchaseOrderLine, StockAlert, StockLot, StockMovement, StorageLocation
from catalog.queries.stock import skus_visible_to
from opsdesk.common.actors import Actor

COMING = (PurchaseStatus.SENT, PurchaseStatus.PARTLY_RECEIVED)


def scanned(codes: Collection[str], actor: Actor) -> dict[str, int]:
    """The SKU that each code or barcode stands for; the code goes first, a barcode of several SKUs stands for none."""
    found = skus_visible_to(actor).filter(Q(code__in=codes) | Q(barcode__in=[code for code in codes if code]))
    by_code: dict[str, int] = {}
    by_barcode: dict[str, list[int]] = defaultdict(list)
    for pk, code, barcode in found.values_list("pk", "code", "barcode"):
        by_code[code] = pk
        by_barcode[barcode].append(pk)
    alone = {barcode: keys[0] for barcode, keys in by_barcode.items() if barcode and len(keys) == 1}
    return {code: key for code in codes if (key := by_code.get(code) or alone.get(code))}


def lots_left(sku_ids: Collection[int], warehouse_id: int) -> list[StockLot]:
    """The lots of these SKUs with pieces left, oldest first."""
    lots = StockLot.objects.filter(sku__in=sku_ids, warehouse=warehouse_id, quantity_left__gt=0)
    return list(lots.order_by("received_at", "id"))


def on_order(sku_ids: Collection[int]) -> dict[int, int]:
    """Pieces that suppliers have still to bring, by SKU. SOP: C12"""
    lines = PurchaseOrderLine.objects.filter(sku__in=sku_ids, order__status__in=COMING, received__lt=F("quantity"))
    return dict(lines.order_by().values("sku").annotate(n=Sum(F("quantity") - F("received"))).values_list("sku", "n"))


def sold_since(sku_ids: Collection[int], since: datetime) -> dict[int, int]:
    """Pieces that left for customers since then, by SKU. SOP: C12"""
    sales = StockMovement.objects.filter(sku__in=sku_ids, reason=MovementReason.SALE, at__gte=since)
    return {sku: -pieces for sku, pieces in sales.order_by().values("sku").annotate(n=Sum("delta")).values_list("sku", "n")}


def late_lines(today: date) -> QuerySet[PurchaseOrderLine]:
    """Lines of sent orders whose day has passed and that have not come in full. SOP: C12"""
    return PurchaseOrderLine.objects.filter(order__status__in=COMING, expected_on__lt=today, received__lt=F("quantity"))


def lots_in(warehouse_id: int, lot_ids: Collection[int]) -> dict[int, StockLot]:
    """These lots, as far as they lie in the warehouse."""
    return StockLot.objects.filter(warehouse=warehouse_id).in_bulk(lot_ids)


def expiring(today: date, until: date) -> list[StockLot]:
    """Lots with pieces left whose use-by day comes soon and on which nobody has decided yet. SOP: C20"""
    lots = StockLot.objects.filter(quantity_left__gt=0, expires_on__range=(today, until), expiry_noted_at=None)
    return list(lots.select_related("sku").order_by("expires_on", "id"))


def expired(today: date) -> list[StockLot]:
    """Lots with pieces left whose use-by day has passed. SOP: C20"""
    lots = StockLot.objects.filter(quantity_left__gt=0, expires_on__lt=today)
    return list(lots.select_related("sku").order_by("expires_on", "id"))


def emptied(lot_ids: Collection[str]) -> list[str]:
    """Those of the lots that have no pieces left."""
    return [str(pk) for pk in StockLot.objects.filter(pk__in=lot_ids, quantity_left=0).values_list("pk", flat=True)]


def locations_of(warehouse_id: int) -> list[int]:
    """The locations of a warehouse that are in use, by code."""
    rows = StorageLocation.objects.filter(warehouse=warehouse_id, is_active=True).order_by("code")
    return list(rows.values_list("pk", flat=True))


def requests_open() -> list[int]:
    """The replenishment requests that nobody has accepted yet, the oldest first. SOP: C12"""
    return list(StockAlert.objects.filter(status=AlertStatus.OPEN).order_by("id").values_list("pk", flat=True))
