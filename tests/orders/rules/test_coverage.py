"""The month's proof: every round that was due counts, also the one that never took place."""

from datetime import date

from orders.rules.coverage import Coverage, Slot, coverage

DAY = date(2026, 6, 10)
NEXT = date(2026, 6, 11)


def test_a_slot_without_a_round_is_missing() -> None:
    found = coverage(
        [
            Slot(DAY, "09:00", "signed_off"),
            Slot(DAY, "14:00", "signed_off", late=True),
            Slot(NEXT, "09:00", "missed", late=True),
        ],
        first=DAY,
        until=NEXT,
        last_slot="09:00",
    )

    assert [(f"{day:%d}", [(one.slot, one.state, one.in_time) for one in slots]) for day, slots in found.days] == [
        ("10", [("09:00", "signed_off", True), ("14:00", "signed_off", False), ("18:00", "", False)]),
        ("11", [("09:00", "missed", False)]),
    ]
    assert (found.due, found.in_time, found.late, found.missing, found.percent) == (4, 1, 1, 2, 25)


def test_the_share_is_never_rounded_up() -> None:
    signed = [Slot(DAY, slot, "signed_off") for slot in ("09:00", "14:00")]
    assert coverage(signed, first=DAY, until=DAY).percent == 66
    assert Coverage([]).percent == 100
