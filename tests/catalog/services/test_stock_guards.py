"""What stock refuses by itself, whoever asks."""

import pytest
from django.db import transaction

from catalog.enums.stock import MovementReason
from catalog.errors import InsufficientStock
from catalog.services.stock import Booking, Take, book, commit, reserve
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict
from tests.builders import NOW, a_shop, a_sku, a_warehouse, stock_of

pytestmark = pytest.mark.django_db


def test_nothing_leaves_that_was_not_reserved() -> None:
    with pytest.raises(Conflict) as refusal:
        commit(["ord_x"], occasion="parcel-1", actor=SYSTEM, now=NOW)
    assert refusal.value.error_code == "not_reserved"


def test_more_than_there_is_cannot_be_reserved_nor_booked_out() -> None:
    sku, place = a_sku(a_shop(), on_hand=3), a_warehouse()

    with pytest.raises(InsufficientStock), transaction.atomic():
        reserve([Take("ord_x", sku.pk, place.pk, 4)], now=NOW)
    with pytest.raises(InsufficientStock), transaction.atomic():
        book([Booking(sku.pk, place.pk, -4, "k")], reason=MovementReason.ADJUSTMENT, actor=SYSTEM, now=NOW)
    assert stock_of(sku) == (3, 0)


def test_booking_nothing_changes_nothing() -> None:
    assert book([], reason=MovementReason.ADJUSTMENT, actor=SYSTEM, now=NOW) == []
