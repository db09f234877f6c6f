"""The tables of goods on their way in, between places, and out of the books."""

from catalog.models.inbound.adjustments import StockAdjustment, StockAdjustmentLine
from catalog.models.inbound.purchasing import PurchaseOrder, PurchaseOrderLine
from catalog.models.inbound.receipts import GoodsReceipt, GoodsReceiptCount, GoodsReceiptLine
from catalog.models.inbound.transfers import StockTransfer, StockTransferLine, StockTransferLot

__all__ = [
    "GoodsReceipt",
    "GoodsReceiptCount",
    "GoodsReceiptLine",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "StockAdjustment",
    "StockAdjustmentLine",
    "StockTransfer",
    "StockTransferLine",
    "StockTransferLot",
]
