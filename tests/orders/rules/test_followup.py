"""Every step of every lifecycle of fulfilment from every state: taken from where the table says, refused elsewhere."""

from dataclasses import replace
from itertools import product

import pytest

from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, IllegalTransition
from opsdesk.common.lifecycle import Lifecycle
from orders.enums.carriers import ClaimState
from orders.enums.completion import SettlementState, TaskState
from orders.enums.fulfilment import PickListStatus
from orders.enums.orders import OrderStatus
from orders.enums.tracking import CaseState, ShipmentState
from orders.rules.carriers.choices import CARRIER_STEPS, CHOICE_STEPS, CLAIM_LIFECYCLE, PRICE_STEPS, REGION_STEPS
from orders.rules.followup import (
    CASE_LIFECYCLE,
    CONTACT_LIFECYCLE,
    PICK_LIST_LIFECYCLE,
    SETTLEMENT_LIFECYCLE,
    SHIPMENT_LIFECYCLE,
)

UNDER_WAY = {"info_received", "in_transit", "out_for_delivery", "exception"}
TABLE: dict[str, tuple[Lifecycle, list[str], dict[str, tuple[set[str], str | None]]]] = {
    "parcel": (
        SHIPMENT_LIFECYCLE,
        ShipmentState.values,
        {
            "track": (UNDER_WAY | {"delivered", "returned"}, None),
            "open_case": (UNDER_WAY | {"delivered"}, None),
            "claim": (UNDER_WAY | {"delivered", "returned"}, None),
            "replace": (UNDER_WAY, "voided"),
        },
    ),
    "pick list": (
        PICK_LIST_LIFECYCLE,
        PickListStatus.values,
        {
            "print": ({"open", "picked", "cancelled"}, None),
            "scan": ({"open"}, None),
            "report_short": ({"open"}, None),
            "confirm": ({"open"}, "picked"),
            "cancel": ({"open"}, "cancelled"),
        },
    ),
    "case": (
        CASE_LIFECYCLE,
        CaseState.values,
        {"log_contact": ({"open"}, None), "tell_customer": ({"open"}, None), "close": ({"open"}, "closed")},
    ),
    "task": (CONTACT_LIFECYCLE, TaskState.values, {"record": ({"open"}, None)}),
    "claim": (
        CLAIM_LIFECYCLE,
        ClaimState.values,
        {"grant": ({"asked"}, "granted"), "refuse": ({"asked"}, "refused")},
    ),
    "carrier": (
        CARRIER_STEPS,
        ["active", "inactive"],
        {
            "change": ({"active", "inactive"}, None),
            "activate": ({"inactive"}, "active"),
            "deactivate": ({"active"}, "inactive"),
        },
    ),
    "region": (REGION_STEPS, ["active"], {"change": ({"active"}, None)}),
    "price": (PRICE_STEPS, ["active", "inactive"], {"change": ({"active"}, None), "end": ({"active"}, None)}),
    "choice of carrier": (
        CHOICE_STEPS,
        OrderStatus.values,
        {
            "override": ({"pending", "processing", "ready_to_ship"}, None),
            "rechoose": ({"pending", "processing", "ready_to_ship"}, None),
        },
    ),
    "settlement": (SETTLEMENT_LIFECYCLE, SettlementState.values, {"settle": ({"open"}, "settled")}),
}
WALK = [(kind, state, step) for kind, (_, states, steps) in TABLE.items() for state, step in product(states, steps)]


@pytest.mark.parametrize(("kind", "state", "step"), WALK)
def test_every_step_from_every_state(kind: str, state: str, step: str) -> None:
    lifecycle, _, steps = TABLE[kind]
    sources, target = steps[step]

    if state in sources:
        assert lifecycle.enter(step, state, SYSTEM).target == target
    else:
        with pytest.raises(IllegalTransition):
            lifecycle.enter(step, state, SYSTEM)


@pytest.mark.parametrize("kind", TABLE)
def test_nobody_takes_a_step_without_its_permission(kind: str) -> None:
    lifecycle, states, steps = TABLE[kind]
    nobody = replace(SYSTEM, permissions=frozenset())

    assert set(lifecycle.transitions) == set(steps)
    for step in steps:
        with pytest.raises(Forbidden):
            lifecycle.enter(step, states[0], nobody)
