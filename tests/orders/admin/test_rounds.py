"""The check round at the desk: what the clerk sees, decides and signs."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from opsdesk.webhooks.models import Event
from orders.models import CheckRound, CheckRoundItem, Order, OrderHold
from tests.builders import a_product, a_shop, a_sku, a_user, an_order
from tests.builders.rounds import a_round
from tests.builders.times import at
from tests.kit.browser import Desk
from tests.kit.rows import row_counts


@pytest.fixture(autouse=True)
def _morning(clock: Any) -> None:
    clock.move_to(at(9, 10))


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, on_hand=50)


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(a_user(Role.CUSTOMER_SERVICE, username="chen"))


def a_doubtful_order(**changes: Any) -> Order:
    """Sold at another price than the catalog's."""
    lines = [{"sku": "TS-RED-M", "quantity": 1, "unit_price": "79.00", "discount": "0.00"}]
    return an_order(lines=lines, **changes)


def decisions(round_: CheckRound) -> dict[str, str]:
    items = CheckRoundItem.objects.filter(round=round_).values_list("order__number", "decision")
    return dict(items)


def status_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


@pytest.mark.sop("O3")
def test_the_nine_o_clock_round_is_opened_decided_and_signed(shop: Any, sku: Any, desk: Desk) -> None:
    clean, doubtful, held = an_order(), a_doubtful_order(), an_order(payment={"status": "unpaid"})
    call_command("run_duty", "orders.run_check_round", at="2026-06-11T09:00:00+08:00")
    round_ = CheckRound.objects.get()
    assert (str(round_), round_.state, round_.late, round_.sign_by) == ("tmall-01 2026-06-11 09:00", "open", False, at(9, 30))
    item = WorkItem.objects.get(kind="orders.check_round")
    assert (item.role, item.due_at, item.subject_id) == ("customer_service", at(9, 30), round_.public_id)

    decided = desk.post("orders_checkround_decide", round_.pk, order=doubtful.pk, decision="release", note="sale price, asked")
    left = desk.post("orders_checkround_leave_held", round_.pk)
    signed = desk.post("orders_checkround_sign", round_.pk)

    assert [answer.status_code for answer in (decided, left, signed)] == [302, 302, 302]
    assert [status_of(order) for order in (clean, doubtful, held)] == ["processing", "processing", "pending"]
    assert decisions(round_) == {clean.number: "release", doubtful.number: "release", held.number: "later"}
    round_.refresh_from_db()
    assert (round_.state, round_.late, round_.signed_at, round_.signed_by) == ("signed_off", False, at(9, 10), desk.user)
    item.refresh_from_db()
    assert (item.outcome, item.closed_by) == ("signed", "chen")
    trail = AuditEntry.objects.filter(subject_id=round_.public_id).order_by("id").values_list("action", "after")
    assert list(trail) == [
        ("checkround.open", {"state": "open"}),
        ("checkround.sign", {"state": "signed_off", "released": 1}),
    ]


@pytest.mark.sop("O3", refused=True)
@pytest.mark.sop("O6", refused=True)
def test_a_round_with_an_undecided_doubtful_order_is_not_signed(shop: Any, sku: Any, desk: Desk) -> None:
    clean, doubtful = an_order(), a_doubtful_order()
    round_ = a_round(shop)
    before = row_counts()

    response = desk.post("orders_checkround_sign", round_.pk)

    assert response.status_code == 422
    assert f"These orders still need a decision: {doubtful.number}" in response.content.decode()
    assert row_counts() == before
    assert (status_of(clean), decisions(round_)) == ("pending", {clean.number: "", doubtful.number: ""})
    assert CheckRound.objects.get().state == "open"


@pytest.mark.sop("O6")
def test_one_signature_sends_all_clean_orders_to_the_warehouse(shop: Any, sku: Any, desk: Desk) -> None:
    orders = [an_order() for _ in range(3)]
    round_ = a_round(shop)

    desk.post("orders_checkround_sign", round_.pk)

    assert {status_of(order) for order in orders} == {"processing"}
    assert set(Order.objects.values_list("released_at", flat=True)) == {at(9, 10)}
    told = Event.objects.filter(type="order.processing").values_list("subject_id", flat=True)
    assert sorted(told) == sorted(order.public_id for order in orders)


@pytest.mark.sop("O4")
def test_the_clerk_sees_what_must_be_checked_and_releases_with_a_note(shop: Any, sku: Any, desk: Desk) -> None:
    buyer = {"external_id": "b-regular", "name": "王小明", "phone": "13800000000", "email": None}
    an_order(customer=buyer)
    order = a_doubtful_order(customer=buyer, buyer_note="<b>before noon</b>")
    round_ = a_round(shop)

    page = desk.get("orders_checkround_change", round_.public_id).content.decode()

    row = page.split(f'id="order-{order.pk}"')[1].split("</tr>")[0]
    shown = (sku.product.title, "size: M", "1 × 79.00", "catalog 99.00", "王*", "138****0000", "1 earlier order",
             "广东省深圳市南山区科技园路1号", "not the catalog&#x27;s price: TS-RED-M",
             "&lt;b&gt;before noon&lt;/b&gt;")  # fmt: skip
    assert [text for text in shown if text not in row] == []
    assert "王小明" not in page

    desk.post("orders_checkround_decide", round_.pk, order=order.pk, decision="release", note="campaign price")

    item = CheckRoundItem.objects.get(order=order)
    assert (item.decision, item.note, item.decided_by, item.decided_at) == ("release", "campaign price", "chen", at(9, 10))
    assert AuditEntry.objects.get(subject_id=order.public_id, action="orders.release").reason == "campaign price"


@pytest.mark.sop("O4", refused=True)
@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"decision": "release"}, "Write down why."),
        ({"decision": "later"}, "Write down why."),
        ({"decision": "cancel"}, "Write down why."),
        ({"decision": "hold", "hold_code": "mood"}, "Choose why the order is held."),
        ({"decision": "burn"}, "There is no such decision."),
    ],
)
def test_a_decision_without_its_reason_is_refused(shop: Any, sku: Any, desk: Desk, form: dict[str, str], message: str) -> None:
    order = a_doubtful_order()
    round_ = a_round(shop)
    before = row_counts()

    response = desk.post("orders_checkround_decide", round_.pk, order=order.pk, **form)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert (row_counts(), status_of(order), decisions(round_)) == (before, "pending", {order.number: ""})


def test_a_clerk_holds_and_cancels_from_the_round(shop: Any, sku: Any, desk: Desk) -> None:
    held, cancelled = a_doubtful_order(), a_doubtful_order()
    round_ = a_round(shop)

    desk.post(
        "orders_checkround_decide", round_.pk, order=held.pk, decision="hold", hold_code="customer_question", note="size?"
    )
    desk.post("orders_checkround_decide", round_.pk, order=cancelled.pk, decision="cancel", note="wrong price")
    signed = desk.post("orders_checkround_sign", round_.pk)

    assert signed.status_code == 302
    assert OrderHold.objects.values_list("order", "code", "reason").get() == (held.pk, "customer_question", "size?")
    assert WorkItem.objects.filter(kind="orders.contact_customer", closed_at=None).count() == 1
    assert (status_of(held), status_of(cancelled)) == ("pending", "cancelled")
    assert decisions(round_) == {held.number: "hold", cancelled.number: "cancel"}


def test_what_is_on_hold_is_not_released_from_the_round(shop: Any, sku: Any, desk: Desk) -> None:
    order = an_order(payment={"status": "unpaid"})
    round_ = a_round(shop)

    response = desk.post("orders_checkround_decide", round_.pk, order=order.pk, decision="release", note="trust me")

    assert response.status_code == 422
    assert f"These orders are on hold: {order.number} (awaiting_payment)" in response.content.decode()
    assert (status_of(order), decisions(round_)) == ("pending", {order.number: ""})


def test_another_desk_does_not_sign(shop: Any, sku: Any) -> None:
    an_order()
    round_ = a_round(shop)
    supervisor = Desk(a_user(Role.OPERATIONS_SUPERVISOR))
    before = row_counts()

    response = supervisor.post("orders_checkround_sign", round_.pk)

    assert response.status_code == 403
    assert "This round is signed by another desk: Customer service" in response.content.decode()
    assert (row_counts(), CheckRound.objects.get().state) == (before, "open")


def test_the_shop_chooses_whose_desk_signs(shop: Any, sku: Any) -> None:
    type(shop).objects.filter(pk=shop.pk).update(round_desk="product_specialist")
    round_ = a_round(shop)

    assert WorkItem.objects.get(kind="orders.check_round").role == "product_specialist"
    assert Desk(a_user(Role.CUSTOMER_SERVICE)).post("orders_checkround_sign", round_.pk).status_code == 403
    assert Desk(a_user(Role.PRODUCT_SPECIALIST)).post("orders_checkround_sign", round_.pk).status_code == 302


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.DESIGNER])
@pytest.mark.parametrize("view", ["decide", "leave_held", "sign"])
def test_who_may_not_decide_changes_nothing(shop: Any, sku: Any, role: Role, view: str) -> None:
    order = a_doubtful_order()
    round_, stranger = a_round(shop), Desk(a_user(role))
    before = row_counts()

    response = stranger.post(f"orders_checkround_{view}", round_.pk, order=order.pk, decision="release", note="x")

    assert response.status_code == 403
    assert (row_counts(), decisions(round_)) == (before, {order.number: ""})


def test_another_shops_round_is_not_there(shop: Any, sku: Any) -> None:
    round_, other = a_round(shop), a_shop("douyin-01")
    stranger = Desk(a_user(Role.CUSTOMER_SERVICE, shops=[other]))

    assert stranger.post("orders_checkround_sign", round_.pk).status_code == 404
    assert stranger.get("orders_checkround_change", round_.public_id).status_code == 404
    assert CheckRound.objects.get().state == "open"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"order": ""}, 422),
        ({"order": "x"}, 422),
        ({"order": "0"}, 422),
        ({"order": str(2**63)}, 422),
        ({"order": "999999999"}, 422),
        ({"note": "a\x00b"}, 422),
        ({"note": "a\u202eb"}, 422),
        ({"note": "x" * 501}, 422),
        ({"decision": ""}, 422),
        ({"decision": "release" * 9}, 422),
        ({}, 302),
    ],
)
def test_what_cannot_be_read_decides_nothing(shop: Any, sku: Any, desk: Desk, form: dict[str, str], status: int) -> None:
    order = a_doubtful_order()
    round_ = a_round(shop)
    whole = {"order": str(order.pk), "decision": "later", "note": "why"}

    response = desk.post("orders_checkround_decide", round_.pk, **(whole | form))

    assert response.status_code == status
    assert decisions(round_) == {order.number: "" if status == 422 else "later"}


def test_without_the_permission_the_street_is_masked(shop: Any, sku: Any) -> None:
    an_order()
    round_ = a_round(shop)

    page = Desk(a_user(Role.PRODUCT_SPECIALIST)).get("orders_checkround_change", round_.pk).content.decode()

    assert "广东省深圳市南山区***" in page
    assert "科技园路1号" not in page


def test_doubtful_orders_stand_first_and_decided_ones_last(shop: Any, sku: Any, desk: Desk) -> None:
    clean, decided, doubtful = an_order(), a_doubtful_order(), a_doubtful_order()
    round_ = a_round(shop)
    desk.post("orders_checkround_decide", round_.pk, order=decided.pk, decision="later", note="ask purchasing")

    page = desk.get("orders_checkround_change", round_.pk).content.decode()

    places = [page.index(f'id="order-{order.pk}"') for order in (doubtful, clean, decided)]
    assert places == sorted(places)


def test_the_queue_costs_the_same_statements_for_one_order_and_for_many(shop: Any, sku: Any, desk: Desk) -> None:
    an_order()
    counts = []
    for slot in (at(9), at(14)):
        round_ = a_round(shop, slot=slot)
        with CaptureQueriesContext(connection) as statements:
            assert desk.get("orders_checkround_change", round_.pk).status_code == 200
        counts.append(len(statements))
        for number in range(6):
            a_sku(code=f"S-{slot.hour}-{number}", on_hand=3, product=a_product(shop))
            an_order(f"S-{slot.hour}-{number}", 1)

    assert counts[0] == counts[1]


def test_the_list_shows_lateness_and_coverage(shop: Any, sku: Any, desk: Desk) -> None:
    an_order()
    a_doubtful_order()
    round_ = a_round(shop)
    a_round(shop, slot=at(14), now=at(14, 10))

    page = desk.get("orders_checkround_changelist").content.decode()

    rows = [row for row in page.split("<tr") if "tmall-01 2026-06-11" in row]
    assert [("0/2, 2 rolled over" in row, "Missed" in row, ">Late<" in row) for row in rows] == [
        (False, False, True),
        (True, True, True),
    ]
    assert "This round was missed" in desk.get("orders_checkround_change", round_.pk).content.decode()


def test_the_reasons_are_told_in_words(shop: Any, sku: Any, desk: Desk) -> None:
    short = {"status": "paid", "amount": "1.00", "paid_at": "2026-06-11T08:59:30+08:00"}
    an_order(payment=short, address={"recipient": "王小明", "phone": "13800000000", "province": "广东省", "street": "1号"})
    round_ = a_round(shop)

    page = desk.get("orders_checkround_change", round_.pk).content.decode()

    assert [text for text in ("Payment: paid 1.00 of 198.00", "Delivery address: missing: city") if text not in page] == []


def test_the_work_of_the_day_leads_to_the_round_and_to_the_order(shop: Any, sku: Any, desk: Desk) -> None:
    order = an_order(payment={"status": "unpaid"})
    round_ = a_round(shop)

    page = desk.get("index").content.decode()

    assert f'<a href="/admin/orders/checkround/{round_.public_id}/change/">Check round {round_}</a>' in page
    assert f'<a href="/admin/orders/order/{order.public_id}/change/">Contact the customer of order {order.number}</a>' in page
