"""Reading goods receipts and transfers."""

from catalog.models import GoodsReceipt, GoodsReceiptLine, PurchaseOrder, StockLot, StockTransfer, StockTransferLine
from catalog.queries.inbound.goods import COMING

MOST_ORDERS = 200


def open_orders() -> list[tuple[int | str, str]]:
    """The purchase orders that may be delivered, newest first, as choices."""
    orders = PurchaseOrder.objects.filter(status__in=COMING).order_by("-id")[:MOST_ORDERS]
    rows = [(row.pk, f"{row.number} {row.supplier_name}") for row in orders]
    return [("", "---------"), *rows]


def lines_of(receipt: GoodsReceipt) -> list[GoodsReceiptLine]:
    """The lines with their SKUs and counts, by SKU code."""
    lines = receipt.lines.select_related("sku__product").prefetch_related("counts__location")
    return list(lines.order_by("sku__code"))


def lots_of(receipt: GoodsReceipt) -> list[StockLot]:
    """The lots that the delivery made."""
    lots = StockLot.objects.filter(receipt_count__line__receipt=receipt)
    return list(lots.select_related("sku", "location").order_by("id"))


def transfer_lines(transfer: StockTransfer) -> list[StockTransferLine]:
    """The lines with their SKUs and the lots that left, by SKU code."""
    return list(transfer.lines.select_related("sku__product").prefetch_related("lots").order_by("sku__code"))
