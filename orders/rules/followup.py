"""The states of parcels, pick lists, carrier cases, contact tasks and settlements, and the steps between them."""

from opsdesk.common.lifecycle import Lifecycle, Transition
from orders.enums.completion import SettlementState, TaskState
from orders.enums.fulfilment import PickListStatus
from orders.enums.tracking import CaseState
from orders.enums.tracking import ShipmentState as S
from orders.rules.tracking.tracking import UNDER_WAY

SHIPMENT_LIFECYCLE = Lifecycle(
    Transition("track", (*UNDER_WAY, S.DELIVERED, S.RETURNED), None, permission="orders.record_tracking", sop="O14"),
    Transition("open_case", (*UNDER_WAY, S.DELIVERED), None, permission="orders.work_carriercase", sop="O14"),
    Transition("claim", (*UNDER_WAY, S.DELIVERED, S.RETURNED), None, permission="orders.work_carrierclaim", sop="O11"),
    Transition("replace", UNDER_WAY, S.VOIDED, permission="orders.ship_order", sop="O12"),
)

PICK_LIST_LIFECYCLE = Lifecycle(
    Transition("print", tuple(PickListStatus), None, permission="orders.pick_order", sop="O9"),
    Transition("scan", {PickListStatus.OPEN}, None, permission="orders.pick_order", sop="O9"),
    Transition("report_short", {PickListStatus.OPEN}, None, permission="orders.pick_order", sop="O9"),
    Transition("confirm", {PickListStatus.OPEN}, PickListStatus.PICKED, permission="orders.pick_order", sop="O9"),
    Transition("cancel", {PickListStatus.OPEN}, PickListStatus.CANCELLED, permission="orders.pick_order", sop="O9"),
)

CASE_LIFECYCLE = Lifecycle(
    Transition("log_contact", {CaseState.OPEN}, None, permission="orders.work_carriercase", sop="O14"),
    Transition("tell_customer", {CaseState.OPEN}, None, permission="orders.work_carriercase", sop="O14"),
    Transition("close", {CaseState.OPEN}, CaseState.CLOSED, permission="orders.work_carriercase", sop="O14"),
)

CONTACT_LIFECYCLE = Lifecycle(
    Transition("record", {TaskState.OPEN}, None, permission="orders.work_contacttask", sop="O16"),
)

SETTLEMENT_LIFECYCLE = Lifecycle(
    Transition("settle", {SettlementState.OPEN}, SettlementState.SETTLED, permission="orders.settle_order", sop="O15"),
)
