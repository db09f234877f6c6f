"""How good a carrier was in a period. Pure."""

from dataclasses import dataclass
from decimal import Decimal

_ALL = 100
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figures:
    """What was counted of the parcels that a carrier was given in a period.

    `due` are those whose promised time has passed or that have arrived, `on_time` those of them that arrived in time.
    `hours` are the hours on the road of all that were delivered, together; `cost` is that of the `costed` parcels.
    """

    parcels: int = 0
    due: int = 0
    on_time: int = 0
    stalled: int = 0
    trouble: int = 0
    delivered: int = 0
    hours: int = 0
    costed: int = 0
    cost: Decimal = Decimal(0)
    claims: int = 0
    granted: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Shares:
    """How many of the points each part of a rating is worth; they need not sum up to 100."""

    on_time: int
    stall: int
    loss: int


def points(figures: Figures, shares: Shares, *, minimum: int) -> int | None:
    """0 to 100; None when fewer than `minimum` parcels are due, for then chance decides.

    SOP: O11
    """
    total = shares.on_time + shares.stall + shares.loss
    if figures.due < max(minimum, 1) or not total:
        return None
    good = (
        Decimal(shares.on_time) * figures.on_time / figures.due
        + Decimal(shares.stall) * (figures.parcels - figures.stalled) / figures.parcels
        + Decimal(shares.loss) * (figures.parcels - figures.trouble) / figures.parcels
    )
    return int((good * _ALL / total).to_integral_value())


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent; None of nothing. SOP: O11"""
    return int((Decimal(part) * _ALL / whole).to_integral_value()) if whole else None


def days(figures: Figures) -> Decimal | None:
    """Days on the road on average, with one decimal. SOP: O11"""
    if not figures.delivered:
        return None
    return (Decimal(figures.hours) / 24 / figures.delivered).quantize(Decimal("0.1"))


def cost_per_parcel(figures: Figures) -> Decimal | None:
    """What a parcel whose price is known costs on average. SOP: O11"""
    return (figures.cost / figures.costed).quantize(_CENT) if figures.costed else None
