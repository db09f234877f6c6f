"""POST and GET returns/."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from orders.models import Order, ReturnEvidence, ReturnRequest
from orders.services.returns import deciding
from tests.builders import NOW, a_client, a_shipped_order, a_shop, a_sku, an_actor, an_order
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sku(db: None) -> Any:
    return a_sku(a_shop(), on_hand=50)


def body(order: Order, **changes: Any) -> dict[str, Any]:
    line = {"sku": "TS-RED-M", "quantity": 1, "reason_code": "quality"}
    return {"order": order.public_id, "type": "return_refund", "lines": [line | changes], "note": "torn"}


@pytest.mark.sop("O20")
def test_a_return_is_taken_in_shipped_back_and_listed(api: Api, sku: Any) -> None:
    order = a_shipped_order()

    answer = api.post("returns/", body(order))

    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)
    assert (made["status"], made["amount"], made["clocks"]["paused"]) == ("requested", "99.00", False)
    row = ReturnRequest.objects.get()
    deciding.approve_return(return_id=row.pk, actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    sent = api.post(f"returns/{row.public_id}/ship-back/", {"carrier": "sf", "tracking_no": "SF9"})
    assert json.loads(sent.content)["status"] == "in_transit"
    found = json.loads(api.get(f"returns/?status=in_transit&order={order.public_id}").content)["results"]
    assert [entry["id"] for entry in found] == [row.public_id]
    detail = api.get(f"returns/{row.public_id}/")
    assert json.loads(detail.content)["tracking_no"] == "SF9"
    assert problem(api.post(f"returns/{row.public_id}/cancel/", {}))[:2] == (409, "invalid_transition")


def test_a_customer_keeps_the_goods_after_all(api: Api, sku: Any) -> None:
    order = a_shipped_order()
    made = json.loads(api.post("returns/", body(order, quantity=2)).content)

    assert problem(api.post("returns/", body(order)))[1] == "too_many"
    assert json.loads(api.post(f"returns/{made['id']}/cancel/", {}).content)["status"] == "cancelled"
    assert api.post("returns/", body(order)).status_code == 201


@pytest.mark.sop("S8", refused=True)
@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"quantity": 3}, 422, "too_many"),
        ({"sku": "XX"}, 422, "not_in_order"),
        ({"reason_code": "boredom"}, 400, "invalid_choice"),
        ({"quantity": 0}, 400, "out_of_range"),
    ],
)
def test_what_cannot_come_back_is_refused(api: Api, sku: Any, changes: dict[str, Any], status: int, code: str) -> None:
    order = a_shipped_order()
    before = row_counts()

    assert problem(api.post("returns/", body(order, **changes)))[:2] == (status, code)
    assert row_counts() == before


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def send_file(api: Api, row: ReturnRequest, name: str, content: bytes, key: str) -> Any:
    return api.client.post(
        f"/api/v1/returns/{row.public_id}/evidence/",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Idempotency-Key": key},
    )


@pytest.mark.sop("S8")
def test_evidence_is_kept_by_its_content_and_the_clock_goes_on(api: Api, sku: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    api.post("returns/", body(a_shipped_order()))
    row = ReturnRequest.objects.get()
    deciding.ask_evidence(return_id=row.pk, reason="label", kinds=["other"], actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)

    answer = send_file(api, row, "label.png", PNG, "evidence-1")

    assert answer.status_code == 200, answer.content
    told = json.loads(answer.content)
    assert (told["status"], len(told["evidence"]), told["clocks"]["paused"]) == ("requested", 1, False)
    assert send_file(api, row, "label.png", PNG, "evidence-1")["Idempotent-Replayed"] == "true"
    assert ReturnEvidence.objects.count() == 1
    before = row_counts()
    assert problem(send_file(api, row, "label.png", b"<html>no</html>", "evidence-2"))[0] == 415
    bare = api.client.post(f"/api/v1/returns/{row.public_id}/evidence/", {}, headers={"Idempotency-Key": "evidence-3"})
    assert problem(bare) == (400, "required", [("/file", "required")])  # type: ignore[arg-type]
    assert row_counts() == before


def test_what_has_not_left_cannot_come_back(api: Api, sku: Any) -> None:
    assert problem(api.post("returns/", body(an_order())))[:2] == (409, "not_shipped")


def test_who_may_not_is_refused(sku: Any) -> None:
    order = a_shipped_order()
    a_shop("other-01")

    assert Api(a_client("returns:read")).post("returns/", body(order)).status_code == 403
    assert Api(a_client("returns:write", shops=["other-01"])).post("returns/", body(order)).status_code == 404
