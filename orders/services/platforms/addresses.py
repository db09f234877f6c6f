"""Which addresses a platform has named for an order. SOP: O18"""

from collections.abc import Sequence
from dataclasses import astuple

from orders.models import Order, SeenAddress
from orders.rules.intake.addresses import normalise
from orders.rules.intake.draft import DraftAddress
from orders.rules.platforms.assembling import Stated
from orders.services.platforms.problems import fingerprint


def print_of(address: DraftAddress) -> str:
    """The fingerprint of an address in its one form."""
    return fingerprint(*astuple(normalise(address))[:-1])  # without the phone as it was written


def remember(pairs: Sequence[tuple[Order, Stated]]) -> None:
    """Note the address that each order came with, in one statement."""
    rows = [SeenAddress(order=order, prints=[print_of(stated.address)]) for order, stated in pairs]
    SeenAddress.objects.bulk_create(rows, ignore_conflicts=True)


def add(order: Order, address: DraftAddress, seen: Sequence[str]) -> None:
    """Note another address of a locked order."""
    prints = [*seen, print_of(address)]
    SeenAddress.objects.update_or_create(order=order, defaults={"prints": prints})
