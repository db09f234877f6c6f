"""POST orders/{id}/hold/, release-hold/, mark-paid/, change-address/, cancel/."""

import json
from datetime import datetime
from typing import Any

import pytest

from catalog.models import Reservation
from catalog.services.stock import release
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.webhooks.models import Event
from orders.models import DeliveryAddress, Order, OrderHold
from orders.services.contact import CONTACT_CUSTOMER
from tests.builders import NOW, a_client, a_released_order, a_shop, a_sku, a_user, an_order, stock_of, stock_up
from tests.builders.times import at
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")

ADDRESS = {
    "recipient": "李四",
    "phone": "13900001111",
    "province": "浙江省",
    "city": "杭州市",
    "district": "西湖区",
    "street": "文三路2号",
    "postal_code": "310000",
}
PAID = {"amount": "198.00", "method": "wechat", "reference": "W1", "paid_at": "2026-06-11T12:00:00+08:00"}


@pytest.fixture
def shop(db: None) -> Any:
    return a_shop()


@pytest.fixture
def sku(shop: Any) -> Any:
    return a_sku(shop, on_hand=10)


def holds_of(order: Order) -> list[tuple[str, bool]]:
    rows = OrderHold.objects.filter(order=order).order_by("id")
    return [(hold.code, hold.released_at is None) for hold in rows]


def events_of(order: Order) -> list[str]:
    return list(Event.objects.filter(subject_id=order.public_id).order_by("sequence").values_list("type", flat=True))


def contact_items(order: Order) -> list[tuple[str, str]]:
    items = WorkItem.objects.filter(kind=CONTACT_CUSTOMER, subject_id=order.public_id).order_by("id")
    return [(item.role, item.outcome) for item in items]


@pytest.mark.sop("O5")
def test_a_held_order_waits_until_the_customer_has_answered(api: Api, sku: Any) -> None:
    order = an_order()

    held = api.post(f"orders/{order.public_id}/hold/", {"code": "customer_question", "reason": "which colour?"})

    assert held.status_code == 200
    body = json.loads(held.content)
    assert [(hold["code"], hold["reason"], hold["released_at"]) for hold in body["holds"]] == [
        ("customer_question", "which colour?", None)
    ]
    assert body["allowed_transitions"] == ["hold", "release-hold", "cancel", "change-address"]
    item = WorkItem.objects.get(kind=CONTACT_CUSTOMER)
    assert (item.role, item.due_at, item.closed_at) == ("customer_service", at(12, 59).replace(second=30), None)

    released = api.post(f"orders/{order.public_id}/release-hold/", {"code": "customer_question", "reason": "red"})

    assert released.status_code == 200
    assert holds_of(order) == [("customer_question", False)]
    assert contact_items(order) == [("customer_service", "answered")]
    assert events_of(order) == ["order.created", "order.held", "order.released"]
    actions = AuditEntry.objects.filter(subject_id=order.public_id).order_by("id").values_list("action", "reason")
    assert list(actions) == [("orders.created", ""), ("orders.hold", "which colour?"), ("orders.release_hold", "red")]


@pytest.mark.sop("O5", refused=True)
def test_a_hold_that_is_still_needed_is_not_lifted(api: Api, sku: Any) -> None:
    order = an_order(payment={"status": "unpaid"})
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/release-hold/", {"code": "awaiting_payment", "reason": "trust me"})

    assert problem(response) == (409, "hold_still_needed", [])
    assert row_counts() == before
    assert holds_of(order) == [("awaiting_payment", True)]


def test_an_order_held_at_intake_asks_for_a_contact_at_once(api: Api, sku: Any) -> None:
    order = an_order(payment={"status": "unpaid"}, address=ADDRESS | {"phone": ""})

    assert holds_of(order) == [("awaiting_payment", True), ("contact", True)]
    assert contact_items(order) == [("customer_service", "")]
    assert events_of(order) == ["order.created", "order.held", "order.held"]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("hold", {"code": "risk", "reason": ""}, (409, "already_on_hold", [])),
        ("release-hold", {"code": "price", "reason": ""}, (409, "not_on_hold", [])),
        ("hold", {"code": "boredom", "reason": ""}, (400, "invalid_choice", [("/code", "invalid_choice")])),
        ("hold", {"code": 1, "reason": ""}, (400, "invalid_choice", [("/code", "invalid_choice")])),
        ("hold", {"reason": ""}, (400, "required", [("/code", "required")])),
        ("hold", {"code": "price", "until": "x"}, (400, "unknown_field", [("/until", "unknown_field")])),
        ("hold", {"code": "price", "reason": "x" * 501}, (400, "text_too_long", [("/reason", "text_too_long")])),
        ("cancel", {"reason": " "}, (400, "blank", [("/reason", "blank")])),
        ("cancel", {}, (400, "required", [("/reason", "required")])),
        ("mark-paid", PAID, (409, "already_paid", [])),
        ("change-address", {}, (400, "required", [("/address", "required")])),
        (
            "change-address",
            {"address": ADDRESS | {"phone": "12345"}},
            (400, "invalid_phone", [("/address/phone", "invalid_phone")]),
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    api: Api, sku: Any, path: str, body: dict[str, Any], expected: tuple[int, str, list[tuple[str, str]]]
) -> None:
    order = an_order()
    api.post(f"orders/{order.public_id}/hold/", {"code": "risk", "reason": ""})
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/{path}/", body)

    assert problem(response) == expected
    assert row_counts() == before


def test_a_stock_hold_is_lifted_only_with_pieces_to_cover_it(api: Api, shop: Any, sku: Any) -> None:
    type(shop).objects.filter(pk=shop.pk).update(short_stock_policy="hold")
    order = an_order(quantity=11)
    assert holds_of(order) == [("stock", True)]

    refused = api.post(f"orders/{order.public_id}/release-hold/", {"code": "stock", "reason": ""})
    assert problem(refused) == (409, "insufficient_stock", [])
    assert holds_of(order) == [("stock", True)]

    stock_up(sku, 1)
    answer = api.post(f"orders/{order.public_id}/release-hold/", {"code": "stock", "reason": "came in"})

    assert answer.status_code == 200
    assert json.loads(answer.content)["checks"][0] == {"code": "stock", "result": "ok", "detail": {}}
    assert stock_of(sku) == (11, 11)


def test_a_payment_starts_the_clock_and_lets_the_order_go_on(api: Api, sku: Any, clock: Any) -> None:
    order = an_order(payment={"status": "unpaid"})
    clock.move_to(at(12, 5))

    answer = json.loads(api.post(f"orders/{order.public_id}/mark-paid/", PAID).content)

    assert (answer["payment_status"], answer["totals"]["paid"]) == ("paid", "198.00")
    assert datetime.fromisoformat(answer["paid_at"]) == at(12)
    assert datetime.fromisoformat(answer["process_by"]) == at(12, day=12)
    assert holds_of(order) == [("awaiting_payment", False)]
    assert [check["result"] for check in answer["checks"]] == ["ok"] * 6
    assert Reservation.objects.get().expires_at is None
    assert contact_items(order) == [("customer_service", "answered")]
    assert events_of(order) == ["order.created", "order.held", "order.released"]
    order.refresh_from_db()
    assert (order.payment_method, order.payment_reference) == ("wechat", "W1")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"amount": "0.00"}, ("out_of_range", "/amount")),
        ({"paid_at": "2026-06-11T09:04:31+08:00"}, ("date_out_of_range", "/paid_at")),
        ({"paid_at": "2026-01-01T09:00:00+08:00"}, ("date_out_of_range", "/paid_at")),
    ],
)
@pytest.mark.sop("O17", refused=True)
def test_a_payment_that_cannot_be_starts_no_clock(
    api: Api, sku: Any, change: dict[str, str], expected: tuple[str, str]
) -> None:
    order = an_order(payment={"status": "unpaid"})
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/mark-paid/", PAID | {"paid_at": "2026-06-11T09:04:30+08:00"} | change)

    assert problem(response) == (422, expected[0], [(expected[1], expected[0])])
    assert row_counts() == before
    assert Order.objects.get(pk=order.pk).process_by is None


def test_another_amount_makes_the_order_doubtful(api: Api, sku: Any, clock: Any) -> None:
    order = an_order(payment={"status": "unpaid"})
    clock.move_to(at(12, 5))

    answer = json.loads(api.post(f"orders/{order.public_id}/mark-paid/", PAID | {"amount": "1.00"}).content)

    assert [check for check in answer["checks"] if check["code"] == "payment"] == [
        {"code": "payment", "result": "doubtful", "detail": {"paid": "1.00", "payable": "198.00"}}
    ]


def test_cash_on_delivery_keeps_the_clock_that_runs_since_it_was_placed(api: Api, sku: Any, clock: Any) -> None:
    order = an_order(payment={"status": "cod"})
    clock.move_to(at(12, 5))

    answer = json.loads(api.post(f"orders/{order.public_id}/mark-paid/", PAID).content)

    assert answer["payment_status"] == "paid"
    assert datetime.fromisoformat(answer["process_by"]) == datetime.fromisoformat("2026-06-12T08:59:07+08:00")
    assert events_of(order) == ["order.created"]


def test_an_order_whose_pieces_were_given_back_reserves_again_when_it_is_paid(api: Api, sku: Any, clock: Any) -> None:
    order = an_order(payment={"status": "unpaid"})
    release([order.public_id])
    assert stock_of(sku) == (10, 0)
    clock.move_to(at(12, 5))

    api.post(f"orders/{order.public_id}/mark-paid/", PAID)

    assert stock_of(sku) == (10, 2)
    assert Reservation.objects.get().expires_at is None


def test_a_paid_order_whose_pieces_are_gone_is_held_for_stock(api: Api, sku: Any, clock: Any) -> None:
    order = an_order(payment={"status": "unpaid"})
    release([order.public_id])
    an_order(quantity=10)
    clock.move_to(at(12, 5))

    answer = json.loads(api.post(f"orders/{order.public_id}/mark-paid/", PAID).content)

    assert holds_of(order) == [("awaiting_payment", False), ("stock", True)]
    assert answer["checks"][0]["result"] == "failed"


@pytest.mark.parametrize(("arrived", "still_held"), [(0, True), (1, False)])
def test_a_payment_lifts_a_stock_hold_as_soon_as_stock_is_there(
    api: Api, shop: Any, sku: Any, clock: Any, arrived: int, still_held: bool
) -> None:
    type(shop).objects.filter(pk=shop.pk).update(short_stock_policy="hold")
    order = an_order(quantity=11, payment={"status": "unpaid"})
    if arrived:
        stock_up(sku, arrived)
    clock.move_to(at(12, 5))

    api.post(f"orders/{order.public_id}/mark-paid/", PAID | {"amount": "1089.00"})

    assert holds_of(order) == [("stock", still_held), ("awaiting_payment", False)]


@pytest.mark.sop("O18")
def test_an_address_changes_before_the_order_leaves_and_lifts_its_holds(api: Api, sku: Any) -> None:
    order = an_order(address=ADDRESS | {"city": "", "phone": ""})
    assert holds_of(order) == [("address", True), ("contact", True)]

    answer = json.loads(api.post(f"orders/{order.public_id}/change-address/", {"address": ADDRESS}).content)

    assert answer["address"] == ADDRESS | {"phone": "+8613900001111"}
    assert DeliveryAddress.objects.get(order=order).city == "杭州市"
    assert holds_of(order) == [("address", False), ("contact", False)]
    assert [check["result"] for check in answer["checks"]] == ["ok"] * 6
    assert contact_items(order) == [("customer_service", "answered")]
    entry = AuditEntry.objects.get(action="orders.change_address")
    assert entry.after == {
        "status": "pending",
        "changed": ["phone", "city"],
        "holds_released": ["address", "contact"],
        "holds_opened": [],
    }
    told = Event.objects.get(type="order.released").data
    assert not {"杭州市", "李四", "+8613900001111"} & {str(value) for value in told.values()}


def test_an_incomplete_address_holds_the_order_and_the_warehouse_is_told(api: Api, sku: Any) -> None:
    a_user(Role.WAREHOUSE)
    order = a_released_order()

    answer = json.loads(api.post(f"orders/{order.public_id}/change-address/", {"address": ADDRESS | {"street": ""}}).content)

    assert answer["status"] == "processing"
    assert holds_of(order) == [("address", True)]
    assert events_of(order)[-1] == "order.held"
    assert list(Notice.objects.values_list("kind", "params")) == [("order.address_changed", {"number": order.number})]


def test_a_cancelled_order_gives_its_pieces_back_and_leaves_no_work(api: Api, sku: Any) -> None:
    order = an_order()
    api.post(f"orders/{order.public_id}/hold/", {"code": "customer_question", "reason": "?"})

    answer = json.loads(api.post(f"orders/{order.public_id}/cancel/", {"reason": "changed her mind"}).content)

    assert (answer["status"], answer["allowed_transitions"]) == ("cancelled", [])
    assert stock_of(sku) == (10, 0)
    assert holds_of(order) == [("customer_question", False)]
    assert contact_items(order) == [("customer_service", "cancelled")]
    assert Event.objects.get(type="order.cancelled").data["refund_due"] == "198.00"
    order.refresh_from_db()
    assert order.cancelled_at == NOW


@pytest.mark.parametrize("path", ["cancel", "change-address"])
@pytest.mark.sop("O18", refused=True)
def test_after_hand_over_the_carrier_must_be_asked(api: Api, sku: Any, path: str) -> None:
    order = a_released_order()
    Order.objects.filter(pk=order.pk).update(status="shipped")
    before = row_counts()

    body = {"cancel": {"reason": "late"}, "change-address": {"address": ADDRESS}}[path]
    response = api.post(f"orders/{order.public_id}/{path}/", body)

    assert problem(response) == (409, "already_shipped", [])
    assert json.loads(response.content)["intercept"] == f"/api/v1/orders/{order.public_id}/intercept/"
    assert row_counts() == before


@pytest.mark.sop("O7", refused=True)
def test_a_step_from_the_wrong_state_is_refused_with_where_it_stands(api: Api, sku: Any) -> None:
    order = an_order()
    api.post(f"orders/{order.public_id}/cancel/", {"reason": "no"})
    before = row_counts()

    response = api.post(f"orders/{order.public_id}/cancel/", {"reason": "no"})

    assert problem(response) == (409, "invalid_transition", [])
    body = json.loads(response.content)
    assert (body["from"], body["to"], body["action"]) == ("cancelled", "cancelled", "cancel")
    assert row_counts() == before


def test_a_stale_version_is_refused_and_a_fresh_one_is_not(api: Api, sku: Any) -> None:
    order = an_order()
    path = f"orders/{order.public_id}/hold/"
    before = row_counts()

    stale = api.post(path, {"code": "risk"}, **{"If-Match": '"0"'})
    assert problem(stale) == (412, "stale_version", [])
    assert row_counts() == before

    tag = api.get(f"orders/{order.public_id}/")["ETag"]
    assert api.post(path, {"code": "risk"}, **{"If-Match": tag}).status_code == 200
    assert problem(api.post(path, {"code": "price"}, **{"If-Match": tag}))[:2] == (412, "stale_version")


def test_the_shops_own_number_names_the_order_as_well(api: Api, sku: Any) -> None:
    order = an_order()

    answer = api.post(f"orders/external:tmall-01:{order.external_id}/cancel/", {"reason": "no"})

    assert json.loads(answer.content)["id"] == order.public_id


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("hold", {"code": "risk"}),
        ("release-hold", {"code": "risk"}),
        ("mark-paid", PAID),
        ("change-address", {"address": ADDRESS}),
        ("cancel", {"reason": "no"}),
    ],
)
def test_who_may_not_is_refused_and_nothing_is_written(sku: Any, path: str, body: dict[str, Any]) -> None:
    order = an_order()
    a_shop("douyin-01")
    url = f"orders/{order.public_id}/{path}/"
    callers = (Api(None), Api(a_client("orders:read")), Api(a_client("orders:write", shops=["douyin-01"])))
    before = row_counts()

    assert [problem(caller.post(url, body))[:2] for caller in callers] == [
        (401, "not_authenticated"),
        (403, "permission_denied"),
        (404, "not_found"),
    ]
    assert row_counts() == before
