"""What a warehouse system's figures do to a balance. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from catalog.errors import BelowReserved, InsufficientStock
from opsdesk.common.errors import Issue
from opsdesk.common.text import mark


@dataclass(frozen=True)
class Absolute:
    """So many pieces lie there. `sync_seq` counts the warehouse system's figures; an older one is out of date."""

    sku: str
    warehouse: str
    quantity: int
    sync_seq: int


@dataclass(frozen=True)
class Delta:
    """So many pieces came or went; `key` is the occasion's, unique for the SKU and the warehouse."""

    sku: str
    warehouse: str
    delta: int
    key: str


@dataclass
class Balance:
    """A balance while a batch works on it."""

    on_hand: int
    reserved: int
    sync_seq: int


def take_over(figure: Absolute, balance: Balance) -> int | None:
    """Bring the balance to the figure and return the change; None when a figure as new has been taken over already.

    Raises: BelowReserved, when fewer pieces lie there than are promised to orders.
    SOP: C11
    """
    if figure.sync_seq <= balance.sync_seq:
        return None
    if figure.quantity < balance.reserved:
        params = {"reserved": balance.reserved}
        issue = Issue("/quantity", "below_reserved", BelowReserved.message, params, params)
        raise BelowReserved(issues=[issue], reserved=balance.reserved)
    change = figure.quantity - balance.on_hand
    balance.on_hand, balance.sync_seq = figure.quantity, figure.sync_seq
    return change


def add(figure: Delta, balance: Balance) -> int:
    """Add the pieces to the balance and return the change.

    Raises: InsufficientStock, when fewer pieces would be left than are promised to orders.
    SOP: C11
    """
    available = balance.on_hand - balance.reserved
    if available + figure.delta < 0:
        message, params = mark("Only %(available)s available."), {"available": available}
        raise InsufficientStock(issues=[Issue("/delta", "available", message, params, params)])
    balance.on_hand += figure.delta
    return figure.delta


def is_jump(changes: Collection[int], *, limit: int) -> bool:
    """True when a batch moves a balance by more pieces than a person should overlook. Exactly the limit is fine."""
    return abs(sum(changes)) > limit
