"""What a count says. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsdesk.common.errors import Issue
from opsdesk.common.text import mark


@dataclass(frozen=True)
class Counted:
    """One line of a stocktake. `expected` are the pieces in the books at the moment of counting."""

    sku: str
    expected: int | None
    counted: int | None
    reason: str = ""

    @property
    def variance(self) -> int:
        """Pieces found more (positive) or less (negative) than the books say; 0 while nothing is counted."""
        return 0 if self.counted is None or self.expected is None else self.counted - self.expected


def unfinished(lines: Sequence[Counted]) -> Iterator[Issue]:
    """What keeps a stocktake from being finished: lines without a count, variances without a reason. SOP: C22"""
    for line in lines:
        if line.counted is None:
            yield Issue(f"/{line.sku}/counted", "not_counted", mark("%(sku)s is not counted yet."), {"sku": line.sku})
        elif line.variance and not line.reason:
            message = mark("%(sku)s differs by %(pieces)s pieces; say why.")
            yield Issue(f"/{line.sku}/reason", "reason_required", message, {"sku": line.sku, "pieces": line.variance})
