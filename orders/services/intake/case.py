"""One draft on its way through intake."""

from dataclasses import dataclass, field

from catalog.queries.offers import Offer
from opsdesk.common.errors import DomainError
from opsdesk.shops.models import Shop
from orders.models import Order
from orders.rules.intake.doubts import Past
from orders.rules.intake.draft import OrderDraft


@dataclass(frozen=True)
class FreshIds:
    """What the sequences gave for an order that may come of a draft: its key, and the count in its number."""

    key: int
    number: int


@dataclass
class Case:
    """One draft on its way: what is known of it, and what became of it."""

    draft: OrderDraft
    prints: dict[str, str] = field(default_factory=dict)
    shop: Shop | None = None
    ids: FreshIds = FreshIds(0, 0)
    quantities: dict[int, int] = field(default_factory=dict)
    lines: list[Offer] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    warehouses: list[int] = field(default_factory=list)
    in_stock: bool = True
    written: dict[str, str] = field(default_factory=dict)
    past: Past = field(default_factory=Past)
    error: DomainError | None = None
    order: Order | None = None
    created: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.draft.shop, self.draft.external_id

    @property
    def open(self) -> bool:
        """True while the draft may still become an order."""
        return self.error is None and self.order is None
