"""From which warehouse an order is served. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Demand:
    """What one owner wants, by SKU, and the warehouses that may serve it, first choice first."""

    owner_ref: str
    quantities: Mapping[int, int]
    warehouses: Sequence[int]


@dataclass(frozen=True)
class Take:
    """Pieces of a SKU out of a warehouse for an owner."""

    owner_ref: str
    sku: int
    warehouse: int
    quantity: int


@dataclass
class Plan:
    """Who gets what, and who cannot be served: for them, what is available by SKU."""

    takes: list[Take] = field(default_factory=list)
    short: dict[str, dict[int, int]] = field(default_factory=dict)


def allocate(demands: Sequence[Demand], available: Mapping[tuple[int, int], int]) -> Plan:
    """Serve demands in their order, each wholly or not at all.

    The whole order comes from the first warehouse that has all of it; only if none has is it split, in the warehouses'
    order. `available` maps (sku, warehouse) to sellable pieces.
    SOP: O8
    """
    left, plan = dict(available), Plan()
    for demand in demands:
        takes = _from_one(demand, left) or _split(demand, left)
        if takes is None:
            plan.short[demand.owner_ref] = {
                sku: total
                for sku, wanted in demand.quantities.items()
                if (total := sum(max(left.get((sku, place), 0), 0) for place in demand.warehouses)) < wanted
            }
            continue
        for take in takes:
            left[take.sku, take.warehouse] -= take.quantity
        plan.takes += takes
    return plan


def _from_one(demand: Demand, left: Mapping[tuple[int, int], int]) -> list[Take] | None:
    for place in demand.warehouses:
        if all(left.get((sku, place), 0) >= wanted for sku, wanted in demand.quantities.items()):
            return [Take(demand.owner_ref, sku, place, wanted) for sku, wanted in demand.quantities.items()]
    return None


def _split(demand: Demand, left: Mapping[tuple[int, int], int]) -> list[Take] | None:
    takes = []
    for sku, wanted in demand.quantities.items():
        for place in demand.warehouses:
            quantity = min(wanted, max(left.get((sku, place), 0), 0))
            if quantity:
                takes.append(Take(demand.owner_ref, sku, place, quantity))
                wanted -= quantity
        if wanted:
            return None
    return takes
