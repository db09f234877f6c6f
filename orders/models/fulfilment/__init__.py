"""The tables of the warehouse: allocation, gifts, packing rules, scans and the hand-over to its system."""

from orders.models.fulfilment.allocation import Allocation, AllocationRule
from orders.models.fulfilment.gifts import GiftRule, OrderGift
from orders.models.fulfilment.packing import PackingRule
from orders.models.fulfilment.pushes import WarehousePush
from orders.models.fulfilment.recalls import WarehouseRecall
from orders.models.fulfilment.scanning import Scan, ShortPick

__all__ = [
    "Allocation",
    "AllocationRule",
    "GiftRule",
    "OrderGift",
    "PackingRule",
    "Scan",
    "ShortPick",
    "WarehousePush",
    "WarehouseRecall",
]
