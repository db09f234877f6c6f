"""The return policy is written as versions; each return keeps the one that held."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from catalog.models import Category
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Invalid
from orders.models import ReturnPolicy, ReturnRequest
from orders.queries.returns.policies import of_skus
from orders.services.returns.policies import PolicyText, write_policy
from tests.builders import NOW, a_client, a_shipped_order
from tests.kit.browser import Staff, text_of
from tests.kit.http import Api
from tests.kit.rows import row_counts
from tests.orders.admin.returns.test_returns import enter, state

pytestmark = pytest.mark.usefixtures("clock")
TEXT = PolicyText(no_reason=True, freight="fault", clause="Unworn, with labels")


def written(staff: Staff, **changes: Any) -> Any:
    fields = {
        "category_id": "",
        "from_at": "",
        "no_reason": "on",
        "freight": "fault",
        "clause": "Unworn",
        "process": "To Hangzhou",
    }
    return staff.send("orders_returnpolicy_write", **(fields | changes))


@pytest.mark.sop("O20")
def test_a_return_keeps_the_policy_that_held_and_its_buyer_is_told_the_way(sku: Any, agent: Staff, clock: Any) -> None:
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    assert written(lead).status_code == 302
    order = a_shipped_order()
    enter(agent, order)
    row = ReturnRequest.objects.get()
    clock.move_to(NOW + timedelta(hours=1))
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    old = ReturnPolicy.objects.get()
    assert "New version like this one" in text_of(lead.open("orders_returnpolicy_change", old.pk))
    assert written(lead, clause="Unworn and boxed").status_code == 302

    listed = text_of(lead.open("orders_returnpolicy_changelist"))
    assert ("replaced" in listed, "in force" in listed) == (True, True)
    assert row.lines.get().policy == old
    agent = Staff(Role.CUSTOMER_SERVICE)
    assert "Unworn" in text_of(agent.open("orders_returnrequest_change", row.pk))
    agent.command("returnrequest", row.pk, "approve", amount="")
    assert state(row) == "awaiting_parcel"
    from opsdesk.notifications.models import Notice

    assert Notice.objects.get(kind="orders.return_decided").params["text"] == "To Hangzhou"


@pytest.mark.sop("O20", refused=True)
def test_goods_that_are_excluded_do_not_come_back_without_a_reason(sku: Any, agent: Staff) -> None:
    leaf = sku.product.category
    write_policy(category_id=leaf.parent.parent_id, text=TEXT, actor=SYSTEM, now=NOW)
    excluded = PolicyText(no_reason=False, freight="fault", clause="Underwear")
    write_policy(category_id=leaf.parent_id, text=excluded, actor=SYSTEM, now=NOW)
    order = a_shipped_order()
    before = row_counts()

    refused = enter(agent, order, reason="no_reason")

    assert (refused.status_code, row_counts()) == (422, before)
    assert "cannot be returned without a reason" in text_of(refused)
    assert enter(agent, order, reason="quality").status_code == 302


def test_only_leads_write_and_nothing_is_written_into_the_past(sku: Any, agent: Staff) -> None:
    lead = Staff(Role.OPERATIONS_SUPERVISOR)
    before = row_counts()
    assert agent.open("orders_returnpolicy_write").status_code == 403
    assert written(agent).status_code == 403
    assert written(lead, clause=" ").status_code == 422
    past = written(lead, from_at="2020-01-01 00:00")
    assert (past.status_code, row_counts()) == (422, before)
    assert "holds from now on" in text_of(past)
    write_policy(category_id=None, text=TEXT, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict), transaction.atomic():
        write_policy(category_id=None, text=TEXT, actor=SYSTEM, now=NOW)
    with pytest.raises(Invalid), transaction.atomic():
        write_policy(category_id=None, text=PolicyText(True, "fault", " "), actor=SYSTEM, now=NOW)
    assert ReturnPolicy.objects.count() == 1


def test_storefronts_read_what_holds(sku: Any) -> None:
    leaf: Category = sku.product.category
    general = write_policy(category_id=None, text=TEXT, actor=SYSTEM, now=NOW)
    own = write_policy(category_id=leaf.pk, text=TEXT, actor=SYSTEM, now=NOW)
    write_policy(category_id=leaf.pk, text=TEXT, from_at=NOW + timedelta(days=1), actor=SYSTEM, now=NOW)
    api = Api(a_client("returns:read"))

    def ids(**query: str) -> list[str]:
        return [row["id"] for row in json.loads(api.get("return-policies/", **query).content)["results"]]

    assert ids() == [own.public_id, general.public_id]
    assert ids(sku=sku.code) == [own.public_id]
    assert ids(sku="nothing") == []
    assert of_skus([sku.code], NOW)[sku.code] == own
    row = json.loads(api.get("return-policies/", sku=sku.code).content)["results"][0]
    assert (row["category"], row["days"], row["conditions"]) == (leaf.code, 7, "Unworn, with labels")
    assert Api(a_client("stock:read")).get("return-policies/").status_code == 403


def test_the_answer_names_what_is_still_to_be_shown(sku: Any, agent: Staff) -> None:
    enter(agent, a_shipped_order(), reason="damaged")
    row = ReturnRequest.objects.get()
    answer = json.loads(Api(a_client("returns:read")).get(f"returns/{row.public_id}/").content)
    assert answer["evidence_missing"] == ["damage", "package"]
    page = text_of(agent.open("orders_returnrequest_change", row.pk))
    assert "The parcel as it came" in page
    assert "Please send: The damage, The parcel" in text_of(agent.open("orders_returnrequest_command", row.pk, "ask_evidence"))
