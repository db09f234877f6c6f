"""Which warehouse serves an order, and why no other. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from orders.enums.fulfilment import AllocationOutcome, Verdict

Place = tuple[int, int]  # (sku, warehouse)
_ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True)
class Rule:
    """A warehouse for a region. Empty collections and a shop of None mean "any"."""

    rule_id: int
    name: str
    warehouse: int
    shop: int | None = None
    provinces: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """An order to be served: its pieces by SKU, those reserved for it by place, and the warehouses that serve its shop."""

    order_id: int
    shop: int
    province: str
    pieces: Mapping[int, int]
    held: Mapping[Place, int]
    places: Collection[int]


@dataclass(frozen=True)
class Look:
    """What came of looking at one warehouse; `missing` are pieces by SKU."""

    warehouse: int
    rule: str
    verdict: Verdict
    missing: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """The warehouse of an order, if there is one, with everything that was looked at."""

    order_id: int
    outcome: AllocationOutcome
    warehouse: int | None = None
    rule_id: int | None = None
    carrier: str = ""
    looks: tuple[Look, ...] = ()


def choose(
    needs: Sequence[Need], rules: Sequence[Rule], left: dict[Place, int], *, carriers_in_use: Collection[str]
) -> list[Choice]:
    """Serve the orders in their order, each by the first rule whose warehouse can.

    `rules` come in the order of their priority. An order whose shop has no rule stays where its pieces are reserved.
    `left` are sellable pieces by place; it is brought up to date as orders move.
    SOP: O8
    """
    choices = []
    for need in needs:
        own = [rule for rule in rules if rule.shop in (None, need.shop)]
        if not own:
            choices.append(Choice(need.order_id, AllocationOutcome.KEPT, only_place(need)))
            continue
        choice = _first(need, own, left, carriers_in_use)
        if choice.warehouse is not None:
            move(need, choice.warehouse, left)
        choices.append(choice)
    return choices


def only_place(need: Need) -> int | None:
    """The warehouse in which all of the order is reserved; None when it is several."""
    places = {warehouse for _, warehouse in need.held}
    return places.pop() if len(places) == 1 else None


def move(need: Need, warehouse: int, left: dict[Place, int]) -> None:
    """Count the order's pieces as reserved in this warehouse, and nowhere else."""
    for place, quantity in need.held.items():
        left[place] = left.get(place, 0) + quantity
    for sku, quantity in need.pieces.items():
        left[sku, warehouse] = left.get((sku, warehouse), 0) - quantity


def missing(need: Need, warehouse: int, left: Mapping[Place, int]) -> dict[int, int]:
    """The pieces by SKU that the warehouse does not have for the order; what is reserved there for it counts."""
    found = {
        sku: wanted - left.get((sku, warehouse), 0) - need.held.get((sku, warehouse), 0) for sku, wanted in need.pieces.items()
    }
    return {sku: quantity for sku, quantity in found.items() if quantity > 0}


def serves(provinces: Collection[str], province: str) -> bool:
    """True when the province is among those named; 广东 and 广东省 are the same. No names mean all. SOP: O8"""
    return not provinces or plain_province(province) in {plain_province(name) for name in provinces}


def plain_province(name: str) -> str:
    """The province without the word for what it is: 广东省 becomes 广东."""
    name = name.strip()
    for ending in _ENDINGS:
        if len(name) > len(ending) and name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _first(need: Need, rules: Sequence[Rule], left: Mapping[Place, int], carriers_in_use: Collection[str]) -> Choice:
    looks = []
    for rule in rules:
        carrier = next((code for code in rule.carriers if code in carriers_in_use), "")
        look = _look(need, rule, left, reached=bool(carrier) or not rule.carriers)
        looks.append(look)
        if look.verdict is Verdict.WON:
            return Choice(need.order_id, AllocationOutcome.RULE, rule.warehouse, rule.rule_id, carrier, tuple(looks))
    return Choice(need.order_id, AllocationOutcome.NONE, looks=tuple(looks))


def _look(need: Need, rule: Rule, left: Mapping[Place, int], *, reached: bool) -> Look:
    if rule.warehouse not in need.places:
        return Look(rule.warehouse, rule.name, Verdict.SHOP)
    if not serves(rule.provinces, need.province):
        return Look(rule.warehouse, rule.name, Verdict.REGION)
    if not reached:
        return Look(rule.warehouse, rule.name, Verdict.CARRIER)
    if short := missing(need, rule.warehouse, left):
        return Look(rule.warehouse, rule.name, Verdict.STOCK, short)
    return Look(rule.warehouse, rule.name, Verdict.WON)
