"""Adding counted pieces to a goods receipt, many at once with a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from catalog.models import GoodsReceipt, GoodsReceiptCount, GoodsReceiptLine, StorageLocation
from catalog.queries.inbound.goods import scanned
from catalog.rules.stock import is_expired
from catalog.services.inbound.base import MOST_LINES, MOST_PIECES
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark
from opsdesk.duties.definitions import SHOP_TIME

LOT_LENGTH = 60
_Bin = tuple[int, str, date | None, int | None]  # SKU, lot, use-by day, location


@dataclass(frozen=True)
class Scan:
    """Pieces as they are counted: `code` is a SKU or a barcode. Negative pieces take a wrong count back."""

    code: str
    quantity: int = 0
    damaged: int = 0
    lot_code: str = ""
    expires_on: date | None = None
    location: str = ""


class Tally:
    """Scans and what they make of a receipt. `wrong` are the issues of each scan, by its place; reading it writes nothing."""

    def __init__(self, receipt: GoodsReceipt, scans: Sequence[Scan], actor: Actor, now: datetime) -> None:
        self.receipt, self.scans = receipt, scans
        self.today = now.astimezone(SHOP_TIME).date()
        self.skus = scanned({scan.code for scan in scans}, actor)
        codes = {scan.location.strip().upper() for scan in scans if scan.location}
        found = StorageLocation.objects.filter(warehouse=receipt.warehouse_id, code__in=codes, is_active=True)
        self.places = dict(found.values_list("code", "pk"))
        self.lines = {line.sku_id: line for line in receipt.lines.all()}
        counts = GoodsReceiptCount.objects.filter(line__receipt=receipt).select_related("line")
        self.counts: dict[_Bin, GoodsReceiptCount] = {
            (count.line.sku_id, count.lot_code, count.expires_on, count.location_id): count for count in counts
        }
        self.wrong = [[*self._wrong(n, scan)] or self._add(n, scan) for n, scan in enumerate(scans)]

    def keep(self) -> None:
        """Write lines and counts. The caller holds the receipt's lock and has looked at `wrong`."""
        lines, counts = self.lines.values(), self.counts.values()
        GoodsReceiptLine.objects.bulk_update([line for line in lines if line.pk], ["good", "damaged"])
        GoodsReceiptLine.objects.bulk_create([line for line in lines if line.pk is None])
        for (sku_id, *_), count in self.counts.items():
            count.line = self.lines[sku_id]
        GoodsReceiptCount.objects.bulk_create([count for count in counts if count.pk is None])
        GoodsReceiptCount.objects.bulk_update([count for count in counts if count.pk], ["good", "damaged"])

    def _wrong(self, number: int, scan: Scan) -> list[Issue]:
        at, issues = f"/scans/{number}", []
        if scan.code not in self.skus:
            issues.append(Issue(f"{at}/code", "unknown_sku", mark("There is no such SKU.")))
        if not scan.quantity and not scan.damaged:
            issues.append(Issue(f"{at}/quantity", "empty", mark("How many pieces?")))
        for name, pieces in (("quantity", scan.quantity), ("damaged", scan.damaged)):
            if abs(pieces) > MOST_PIECES:
                issues.append(Issue(f"{at}/{name}", "out_of_range", mark("At most %(limit)s pieces."), {"limit": MOST_PIECES}))
        if scan.location and scan.location.strip().upper() not in self.places:
            message = mark("There is no such location in this warehouse.")
            issues.append(Issue(f"{at}/location", "unknown_location", message))
        if scan.quantity > 0 and is_expired(expires_on=scan.expires_on, today=self.today):
            message = mark("It has expired; count these pieces as damaged.")
            issues.append(Issue(f"{at}/expires_on", "date_out_of_range", message))
        if len(scan.lot_code) > LOT_LENGTH:
            message = mark("At most %(limit)s characters.")
            issues.append(Issue(f"{at}/lot_code", "text_too_long", message, {"limit": LOT_LENGTH}))
        return issues

    def _add(self, number: int, scan: Scan) -> list[Issue]:
        sku_id = self.skus[scan.code]
        if sku_id not in self.lines and len(self.lines) >= MOST_LINES:
            return [Issue(f"/scans/{number}/code", "too_many_items", mark("At most %(limit)s lines."), {"limit": MOST_LINES})]
        place = self.places[scan.location.strip().upper()] if scan.location else None
        bin_: _Bin = (sku_id, scan.lot_code.strip(), scan.expires_on, place)
        fresh = GoodsReceiptCount(lot_code=bin_[1], expires_on=scan.expires_on, location_id=place)
        count = self.counts.get(bin_, fresh)
        for counted, field, pieces in ((count.good, "quantity", scan.quantity), (count.damaged, "damaged", scan.damaged)):
            if counted + pieces < 0:
                message = mark("Only %(counted)s pieces are counted there; no more can be taken back.")
                return [Issue(f"/scans/{number}/{field}", "out_of_range", message, {"counted": counted})]
        self.counts[bin_] = count
        line = self.lines.setdefault(sku_id, GoodsReceiptLine(receipt=self.receipt, sku_id=sku_id))
        for row in (count, line):
            row.good, row.damaged = row.good + scan.quantity, row.damaged + scan.damaged
        return []
