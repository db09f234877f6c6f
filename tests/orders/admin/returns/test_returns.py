"""A return in the browser, from the customer's wish to the money."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import Warehouse
from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import Order, Refund, ReturnLine, ReturnRequest
from tests.builders import NOW, a_shipped_order, a_shop, a_sku, an_order, stock_of
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
MODEL = "returnrequest"


def enter(agent: Staff, order: Order, type_: str = "return_refund", quantity: int = 1, reason: str = "quality") -> Any:
    line = order.lines.get()
    fields = {"type_": type_, "note": "torn", f"quantity_{line.pk}": quantity, f"reason_{line.pk}": reason}
    return agent.send("orders_returnrequest_enter", order.pk, **fields)


def a_return(agent: Staff, **given: Any) -> ReturnRequest:
    assert enter(agent, a_shipped_order(), **given).status_code == 302
    return ReturnRequest.objects.latest("pk")


def state(row: ReturnRequest) -> str:
    row.refresh_from_db()
    return row.state


def work() -> list[str]:
    return sorted(WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True))


def received(agent: Staff, picker: Staff, **given: Any) -> ReturnRequest:
    row = a_return(agent, **given)
    agent.command(MODEL, row.pk, "approve", amount="")
    agent.command(MODEL, row.pk, "ship_back", carrier="sf", tracking_no="sf1")
    picker.command(MODEL, row.pk, "receive", warehouse_id=_warehouse())
    assert state(row) == "received"
    return row


def _warehouse() -> int:
    return Warehouse.objects.get().pk


def inspect(picker: Staff, row: ReturnRequest, accepted: int, to: str = "restock") -> Any:
    line = row.lines.get()
    return picker.command(MODEL, row.pk, "inspect", **{f"accepted_{line.pk}": accepted, f"to_{line.pk}": to})


@pytest.mark.sop("O20")
@pytest.mark.sop("O21")
def test_goods_come_back_and_the_money_follows(sku: Any, agent: Staff, picker: Staff) -> None:
    order = a_shipped_order()
    page = agent.open("orders_order_change", order.pk)
    assert "Enter a return" in text_of(page)
    on_hand = stock_of(sku)[0]

    enter(agent, order)
    row = ReturnRequest.objects.get()
    assert (row.state, row.amount, row.solution_due) == ("requested", Decimal("99.00"), NOW + timedelta(hours=48))
    assert work() == ["orders.return_to_decide"]
    item = WorkItem.objects.get(closed_at=None)
    assert agent.client.get(REGISTER[item.kind].url(item.subject_id)).status_code == 200

    agent.command(MODEL, row.pk, "approve", amount="")
    assert (state(row), row.solved_at, row.paused_at) == ("awaiting_parcel", NOW, NOW)
    slip = text_of(agent.open("orders_returnrequest_slip", row.pk))
    assert (row.public_id in slip, sku.code in slip, "<svg" in slip) == (True, True, True)
    agent.command(MODEL, row.pk, "ship_back", carrier="sf", tracking_no="sf1")
    assert (state(row), row.tracking_no) == ("in_transit", "SF1")
    picker.command(MODEL, row.pk, "receive", warehouse_id=_warehouse())
    assert (state(row), work()) == ("received", ["orders.return_to_inspect"])
    inspect(picker, row, 1)
    assert (state(row), work()) == ("inspected", ["orders.return_to_settle"])
    assert stock_of(sku)[0] == on_hand + 1
    line = ReturnLine.objects.get()
    assert (line.accepted, line.inspection, line.disposition) == (1, "accepted", "restock")

    agent.command(MODEL, row.pk, "settle", amount="")
    refund = Refund.objects.get()
    assert (state(row), refund.amount, refund.source, refund.source_id) == (
        "settling",
        Decimal("99.00"),
        "return",
        row.public_id,
    )
    Staff(Role.FINANCE).command("refund", refund.pk, "pay", reference="A1")

    assert (state(row), row.finished_at, work()) == ("completed", NOW, [])
    order.refresh_from_db()
    assert (order.refunded_amount, order.payment_status) == (Decimal("99.00"), "partially_refunded")
    assert list(Event.objects.filter(type__startswith="return.").order_by("id").values_list("type", flat=True)) == [
        "return.requested",
        "return.approved",
        "return.received",
        "return.inspected",
        "return.completed",
    ]


@pytest.mark.sop("O20", refused=True)
def test_more_than_was_shipped_does_not_come_back(sku: Any, agent: Staff) -> None:
    order = a_shipped_order()
    enter(agent, order, quantity=2)
    before = row_counts()

    refused = enter(agent, order, quantity=1)

    assert refused.status_code == 422
    assert "At most 0 pieces" in text_of(refused)
    assert row_counts() == before


@pytest.mark.sop("O21", refused=True)
def test_an_inspection_says_how_many_of_those_that_came(sku: Any, agent: Staff, picker: Staff) -> None:
    row = received(agent, picker)
    before = row_counts()

    assert inspect(picker, row, 2).status_code == 422
    assert inspect(picker, row, 1, "attic").status_code == 422
    assert inspect(agent, row, 1).status_code == 403

    assert row_counts() == before
    assert state(row) == "received"


def test_what_is_refused_is_worth_nothing_and_is_decided_in_dispute(sku: Any, agent: Staff, picker: Staff) -> None:
    row = received(agent, picker)
    supervisor = Staff(Role.OPERATIONS_SUPERVISOR)
    inspect(picker, row, 0, "scrap")
    assert (state(row), row.amount, row.lines.get().inspection) == ("inspected", Decimal("0.00"), "rejected")

    agent.command(MODEL, row.pk, "dispute", reason="was fine")
    assert (state(row), work()) == ("disputed", ["orders.return_dispute"])
    assert agent.command(MODEL, row.pk, "concede", amount="50", reason="goodwill").status_code == 403
    supervisor.command(MODEL, row.pk, "concede", amount="50", reason="goodwill")

    assert (state(row), Refund.objects.get().amount) == ("settling", Decimal("50.00"))


@pytest.mark.sop("O20")
@pytest.mark.parametrize("type_", ["return_refund", "exchange"])
def test_where_nothing_is_accepted_the_return_ends_and_the_customer_is_told_why(
    sku: Any, agent: Staff, picker: Staff, type_: str
) -> None:
    row = received(agent, picker, type_=type_)
    inspect(picker, row, 0, "scrap")
    before = row_counts()

    refused = agent.command(MODEL, row.pk, "settle", amount="", reason=" ")
    assert (refused.status_code, row_counts(), state(row)) == (422, before, "inspected")
    assert "write what the customer is told" in text_of(refused)
    agent.command(MODEL, row.pk, "settle", amount="", reason="Worn: clause 3")

    assert (state(row), row.finished_at, row.refusal, work()) == ("completed", NOW, "Worn: clause 3", [])
    assert Refund.objects.count() == 0
    assert Event.objects.latest("id").type == "return.completed"
    told = Notice.objects.get(kind="orders.return_decided")
    assert told.params["text"] == "Worn: clause 3"


def test_the_time_between_a_rejection_and_its_dispute_is_the_customers(sku: Any, agent: Staff, clock: Any) -> None:
    row = a_return(agent)
    agent.command(MODEL, row.pk, "reject", reason="worn", clause="3.2")
    clock.move_to(NOW + timedelta(hours=30))
    Staff(Role.CUSTOMER_SERVICE).command(MODEL, row.pk, "dispute", reason="no")
    assert state(row) == "disputed"
    assert (row.finish_due, row.strict_due) == (NOW + timedelta(hours=78), NOW + timedelta(hours=48))


@pytest.mark.parametrize(("hours", "code"), [(0, 302), (1, 422)])
def test_without_a_delivery_report_the_seven_days_run_from_the_assumed_arrival(
    sku: Any, agent: Staff, clock: Any, hours: int, code: int
) -> None:
    order = a_shipped_order()
    clock.move_to(NOW + timedelta(days=10, hours=hours))
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert enter(agent, order, reason="no_reason").status_code == code


def test_a_rejection_names_its_clause_and_may_be_upheld(sku: Any, agent: Staff) -> None:
    row = a_return(agent)
    assert agent.command(MODEL, row.pk, "reject", reason="worn", clause=" ").status_code == 422
    agent.command(MODEL, row.pk, "reject", reason="worn", clause="3.2")
    assert (state(row), row.refusal, row.clause, row.finished_at) == ("rejected", "worn", "3.2", NOW)
    agent.command(MODEL, row.pk, "dispute", reason="no")
    assert (state(row), row.finished_at) == ("disputed", None)
    Staff(Role.OPERATIONS_SUPERVISOR).command(MODEL, row.pk, "uphold", reason="photos")
    assert (state(row), row.refusal, work()) == ("rejected", "photos", [])


@pytest.mark.sop("O20", refused=True)
def test_pieces_that_came_back_otherwise_are_not_disputed_again(sku: Any, agent: Staff) -> None:
    row = a_return(agent, quantity=2)
    agent.command(MODEL, row.pk, "reject", reason="worn", clause="7")
    enter(agent, row.order, quantity=1)
    before = row_counts()

    refused = agent.command(MODEL, row.pk, "dispute", reason="not worn")

    assert (refused.status_code, state(row), row_counts()) == (422, "rejected", before)
    assert "Another return holds these pieces by now." in text_of(refused)


def test_without_goods_the_money_is_owed_at_once(sku: Any, agent: Staff) -> None:
    row = a_return(agent, type_="refund_only")
    assert agent.command(MODEL, row.pk, "approve", amount="99.01").status_code == 422
    agent.command(MODEL, row.pk, "approve", amount="20")
    assert (state(row), Refund.objects.get().amount) == ("settling", Decimal("20.00"))


@pytest.mark.sop("S8", refused=True)
def test_above_the_limit_the_supervisor_decides(sku: Any, agent: Staff) -> None:
    order = a_shipped_order(quantity=6)
    enter(agent, order, type_="refund_only", quantity=6)
    row = ReturnRequest.objects.get()
    assert WorkItem.objects.get(closed_at=None).role == "operations_supervisor"

    assert agent.command(MODEL, row.pk, "approve", amount="500.01").status_code == 422
    assert state(row) == "requested"
    Staff(Role.OPERATIONS_SUPERVISOR).command(MODEL, row.pk, "approve", amount="")
    assert (state(row), Refund.objects.get().state) == ("settling", "awaiting_approval")


def test_a_refused_refund_is_the_supervisors_dispute_and_may_be_decided_again(sku: Any, agent: Staff) -> None:
    order = a_shipped_order(quantity=6)
    enter(agent, order, type_="refund_only", quantity=6)
    row, lead, boss = ReturnRequest.objects.get(), Staff(Role.OPERATIONS_SUPERVISOR), Staff(Role.OPERATIONS_MANAGER)
    lead.command(MODEL, row.pk, "approve", amount="")

    boss.command("refund", Refund.objects.get().pk, "reject", reason="half of it")

    assert (state(row), work()) == ("disputed", ["orders.return_dispute"])
    lead.command(MODEL, row.pk, "concede", amount="100.00", reason="half of it")
    assert state(row) == "settling"
    assert list(Refund.objects.order_by("id").values_list("amount", "state")) == [
        (Decimal("594.00"), "cancelled"),
        (Decimal("100.00"), "to_pay"),
    ]


def test_an_exchange_ends_with_an_order_of_the_same_customer(sku: Any, agent: Staff, picker: Staff) -> None:
    row = received(agent, picker, type_="exchange")
    inspect(picker, row, 1)
    agent.command(MODEL, row.pk, "settle", amount="")
    other = an_order()
    assert agent.command(MODEL, row.pk, "send_replacement", number=other.number).status_code == 422
    Order.objects.filter(pk=other.pk).update(customer=row.order.customer)
    agent.command(MODEL, row.pk, "send_replacement", number=other.number)

    assert (state(row), row.replacement, Refund.objects.count()) == ("completed", other, 0)


@pytest.mark.sop("O20")
def test_the_exchange_order_is_made_free_of_charge_and_reserves_its_goods(sku: Any, agent: Staff, picker: Staff) -> None:
    a_sku(code="TS-DEAR", price="100.00", product=sku.product)
    row = received(agent, picker, type_="exchange", quantity=2)
    line = row.lines.get()
    picker.command(MODEL, row.pk, "inspect", **{f"accepted_{line.pk}": 1, f"to_{line.pk}": "scrap"})
    agent.command(MODEL, row.pk, "settle", amount="")
    assert sku.code in text_of(agent.open("orders_returnrequest_command", row.pk, "place_exchange"))
    before, reserved = row_counts(), stock_of(sku)[1]

    assert work() == ["orders.return_to_settle"]

    for unfit in ("NO-SUCH", "TS-DEAR"):
        refused = agent.command(MODEL, row.pk, "place_exchange", **{f"sku_{line.pk}": unfit})
        assert (refused.status_code, row_counts(), state(row)) == (422, before, "settling")
    assert "It costs more" in text_of(refused)
    agent.command(MODEL, row.pk, "place_exchange", **{f"sku_{line.pk}": sku.code})

    assert state(row) == "completed"
    order = row.replacement
    assert order is not None
    assert (order.payable_amount, order.payment_status, order.customer) == (Decimal("0.00"), "paid", row.order.customer)
    assert order.address.street == row.order.address.street
    assert list(order.lines.values_list("sku_code", "quantity")) == [(sku.code, 1)]
    assert stock_of(sku)[1] == reserved + 1
    assert (Refund.objects.count(), work()) == (0, [])


@pytest.mark.sop("O20", refused=True)
def test_nobody_gets_money_and_goods_for_one_return(sku: Any, agent: Staff, picker: Staff) -> None:
    row = received(agent, picker, type_="exchange")
    inspect(picker, row, 1)
    agent.command(MODEL, row.pk, "dispute", reason="no exchange, money")
    Staff(Role.OPERATIONS_SUPERVISOR).command(MODEL, row.pk, "concede", amount="99", reason="goodwill")
    assert (state(row), Refund.objects.count()) == ("settling", 1)
    before = row_counts()

    line = row.lines.get()
    placed = agent.command(MODEL, row.pk, "place_exchange", **{f"sku_{line.pk}": sku.code})
    named = agent.command(MODEL, row.pk, "send_replacement", number=an_order().number)

    assert (placed.status_code, named.status_code, state(row)) == (422, 422, "settling")
    assert "no goods are sent" in text_of(placed)
    assert row_counts()["orders_order"] == before["orders_order"] + 1  # the one that was named


@pytest.mark.sop("S8")
def test_the_clocks_stand_still_while_the_customer_owes_evidence(sku: Any, agent: Staff, clock: Any) -> None:
    row = a_return(agent)
    agent.command(MODEL, row.pk, "ask_evidence", reason="photo of the label")
    assert (state(row), row.paused_at) == ("evidence_pending", NOW)
    run("orders.report_late_returns", NOW + timedelta(days=9))
    assert (state(row), row.solution_late_at) == ("evidence_pending", None)
    clock.move_to(NOW + timedelta(hours=10))
    Staff(Role.CUSTOMER_SERVICE).command(MODEL, row.pk, "approve", amount="")
    assert state(row) == "awaiting_parcel"
    assert (row.solution_due, row.finish_due, row.strict_due) == (
        NOW + timedelta(hours=58),
        NOW + timedelta(hours=58),
        NOW + timedelta(hours=48),
    )


def test_evidence_is_added_in_the_browser(sku: Any, agent: Staff, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    row = a_return(agent)
    agent.command(MODEL, row.pk, "ask_evidence", reason="label", kinds=["label"])
    assert "multipart" in text_of(agent.open("orders_returnrequest_command", row.pk, "add_evidence"))

    bad = agent.command(MODEL, row.pk, "add_evidence", file=SimpleUploadedFile("a.png", b"<html>"))
    assert (bad.status_code, state(row)) == (422, "evidence_pending")
    agent.command(MODEL, row.pk, "add_evidence", file=SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * 40), shows="label")

    assert (state(row), row.evidence.get().file.original_name, row.evidence.get().shows) == ("requested", "a.jpg", "label")
    assert "a.jpg" in text_of(agent.open("orders_returnrequest_change", row.pk))
    kept = reverse("admin:file", args=[row.evidence.get().file.public_id])
    shown: Any = agent.client.get(kept)
    assert (shown.status_code, shown["Content-Disposition"]) == (200, 'attachment; filename="a.jpg"')
    stranger = Staff(Role.CUSTOMER_SERVICE, shops=[a_shop("other-01")])
    assert stranger.client.get(kept).status_code == 404
    assert row.order.number in text_of(agent.open("orders_returnrequest_changelist"))


@pytest.mark.parametrize(("seconds", "told"), [(0, []), (1, ["finish", "solution"])])
def test_a_late_return_is_told_of_once(sku: Any, agent: Staff, seconds: int, told: list[str]) -> None:
    a_return(agent)
    for _ in range(2):
        run("orders.report_late_returns", NOW + timedelta(hours=48, seconds=seconds))

    events = Event.objects.filter(type="return.clock_breached")
    assert sorted(event.data["clock"] for event in events) == told
