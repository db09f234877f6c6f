"""What is still to be scanned, at the shelf and at the packing desk."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from catalog.queries import picking as shelves
from orders.enums.fulfilment import ScanResult, ScanStep
from orders.models import Order, OrderGift, PickList, Scan
from orders.queries import picking as queues
from orders.queries.grouping.rests import awaited_of
from orders.rules.fulfilment.scanning import Wanted


@dataclass(frozen=True)
class PackRow:
    """One SKU of an order on the packing desk."""

    sku_id: int
    sku: str
    title: str
    specification: str
    barcode: str
    quantity: int
    scanned: int
    gift: int

    @property
    def left(self) -> int:
        """Pieces that were not scanned yet."""
        return max(self.quantity - self.scanned, 0)


def wanted_of(pick_list: PickList) -> list[Wanted]:
    """The lines of a pick list in the order of the walk, with the pieces still to be taken. SOP: O9"""
    lines = list(queues.stops(pick_list))
    labels = shelves.labels({line.sku_id for line in lines})
    return [
        Wanted(
            line.pk,
            line.sku_id,
            line.sku_code,
            labels[line.sku_id].barcode or line.sku_code,
            0 if line.picked else line.quantity - line.scanned - line.short,
            line.lot_code,
        )
        for line in lines
    ]


def codes_of(order_id: int) -> list[str]:
    """The SKUs that are scanned into an order's parcel, gifts included."""
    return [row.sku for row in pack_rows(Order.objects.get(pk=order_id))]


def pack_rows(order: Order) -> list[PackRow]:
    """What goes into the order's parcels, gifts included, and how much of it was scanned. SOP: O10"""
    pieces: dict[int, int] = defaultdict(int)
    for sku, quantity in order.lines.order_by("position").values_list("sku_id", "quantity"):
        pieces[sku] += quantity
    for sku, awaited in awaited_of(order).items():
        pieces[sku] -= awaited
    pieces = {sku: quantity for sku, quantity in pieces.items() if quantity > 0}
    gifts: dict[int, int] = defaultdict(int)
    for sku, quantity in OrderGift.objects.filter(order=order, is_reserved=True).values_list("sku_id", "quantity"):
        gifts[sku] += quantity
        pieces[sku] = pieces.get(sku, 0) + quantity
    scans = Scan.objects.filter(order=order, step=ScanStep.PACK, result=ScanResult.PIECE)
    scanned = dict(scans.values("sku").annotate(pieces=Sum("quantity")).values_list("sku", "pieces"))
    labels = shelves.labels(pieces)
    return [
        PackRow(
            sku,
            labels[sku].code,
            labels[sku].title,
            " ".join(f"{name}: {said}" for name, said in labels[sku].options.items()),
            labels[sku].barcode or labels[sku].code,
            quantity,
            scanned.get(sku, 0),
            gifts.get(sku, 0),
        )
        for sku, quantity in pieces.items()
    ]
