"""What is known of a customer stands on one page, masked; what they allow is kept."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from orders.models import Customer
from support.models import CustomerProfile, ProfileMember
from tests.builders import a_shipped_order, a_shop, a_sku, an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop", "sku")
LIKES = {"preferences": "Red things", "tags": "VIP， tea", "contact_by": "sms", "best_time": "evenings"}


@pytest.fixture
def buyer(sku: Any) -> Customer:
    customer = an_order().customer
    assert customer
    return customer


def page(staff: Staff, customer: Customer) -> str:
    return text_of(staff.open("support_customer_page", customer.public_id))


@pytest.mark.sop("S15")
def test_the_page_shows_what_was_bought_and_said_without_the_number(agent: Staff, buyer: Customer) -> None:
    ticket = a_ticket(customer=buyer, subject="Where is it?")
    shown = page(agent, buyer)
    assert ("王*" in shown, "138****0000" in shown, "+8613800000000" in shown) == (True, True, False)
    assert ("198.00" in shown, ticket.number in shown, "× 2" in shown) == (True, True, True)
    found = text_of(agent.client.get("/admin/support/customerprofile/?who=13800000000"))
    assert buyer.public_id in found


@pytest.mark.sop("S15")
def test_likes_and_consent_are_written_down_and_shown_at_the_ticket(agent: Staff, buyer: Customer) -> None:
    form = LIKES | {"allows_sms": "on", "how": "On the phone"}
    assert agent.send("support_customer_write", buyer.public_id, **form).status_code == 302
    row = CustomerProfile.objects.get()
    assert (row.tags, row.allows_sms, row.allows_email, row.consent_how) == (["VIP", "tea"], True, False, "On the phone")
    assert AuditEntry.objects.get(action="support.profile_written").after["allows_sms"] is True
    ticket = a_ticket(customer=buyer)
    shown = text_of(agent.open("support_ticket_change", ticket.public_id))
    assert ("Red things" in shown, "VIP" in shown, "evenings" in shown) == (True, True, True)
    assert agent.send("support_customer_write", buyer.public_id, **LIKES).status_code == 302
    row.refresh_from_db()
    assert row.allows_sms is False
    assert "VIP" in text_of(agent.open("support_customerprofile_changelist"))
    assert agent.open("support_customerprofile_change", row.pk).status_code == 302


@pytest.mark.sop("S15")
def test_what_others_bought_with_it_is_recommended(agent: Staff, buyer: Customer, shop: Any) -> None:
    a_sku(shop, code="CUP-1", on_hand=50)
    lines = [{"sku": code, "quantity": 1, "unit_price": "99.00", "discount": "0.00"} for code in ("TS-RED-M", "CUP-1")]
    an_order(lines=lines)
    ticket = a_ticket(customer=buyer)
    assert "To offer:" in text_of(agent.open("support_ticket_change", ticket.public_id))


@pytest.mark.sop("S15")
def test_the_data_in_full_want_a_reason_and_leave_a_trace(agent: Staff, buyer: Customer) -> None:
    assert agent.send("support_customer_reveal", buyer.public_id, reason=" ").status_code == 422
    shown = text_of(agent.send("support_customer_reveal", buyer.public_id, reason="Calls back"))
    assert "+8613800000000" in shown
    trace = AuditEntry.objects.get(action="orders.reveal")
    assert (trace.subject_id, trace.reason) == (buyer.public_id, "Calls back")


@pytest.mark.sop("S15")
def test_two_customers_are_one_person_and_the_stricter_consent_holds(agent: Staff, buyer: Customer, shop: Any) -> None:
    other = an_order().customer
    assert other
    agent.send("support_customer_write", buyer.public_id, **LIKES, allows_sms="on", allows_email="on", how="Shop")
    agent.send("support_customer_write", other.public_id, **LIKES | {"tags": "new"}, allows_sms="on", how="Shop")
    given = {"other": other.public_id, "reason": "Same number"}
    assert agent.send("support_customer_same", buyer.public_id, **given).status_code == 302
    assert set(ProfileMember.objects.values_list("profile", flat=True)) == {CustomerProfile.objects.earliest("pk").pk}
    row = CustomerProfile.objects.earliest("pk")
    assert (row.tags, row.allows_sms, row.allows_email) == (["VIP", "new", "tea"], True, False)
    shown = page(agent, other)
    assert (shown.count("王*"), "396.00" in shown) == (2, True)
    assert agent.send("support_customer_same", buyer.public_id, **given).status_code == 422


@pytest.mark.sop("S15", refused=True)
def test_strangers_and_other_shops_see_and_write_nothing(agent: Staff, buyer: Customer) -> None:
    elsewhere, logistics = Staff(Role.CUSTOMER_SERVICE, shops=[a_shop("jd-01")]), Staff(Role.LOGISTICS)
    marketing = Staff(Role.MARKETING)
    before = row_counts()
    assert elsewhere.open("support_customer_page", buyer.public_id).status_code == 404
    assert elsewhere.send("support_customer_write", buyer.public_id, **LIKES).status_code == 404
    assert logistics.open("support_customer_page", buyer.public_id).status_code == 403
    assert marketing.open("support_customer_page", buyer.public_id).status_code == 200
    assert marketing.send("support_customer_write", buyer.public_id, **LIKES).status_code == 403
    assert marketing.send("support_customer_reveal", buyer.public_id, reason="x").status_code == 403
    assert marketing.send("support_customer_same", buyer.public_id, other="x", reason="x").status_code == 403
    assert agent.send("support_customer_write", buyer.public_id, **LIKES, allows_sms="on").status_code == 422
    assert (
        agent.send("support_customer_write", buyer.public_id, **LIKES | {"tags": ",".join("abcdefghijkl")}).status_code == 422
    )
    assert agent.send("support_customer_same", buyer.public_id, other="cus_0", reason="x").status_code == 422
    assert agent.send("support_customer_same", buyer.public_id, other=buyer.public_id, reason="x").status_code == 422
    assert row_counts() == before


def test_an_order_that_left_counts_like_any_other(agent: Staff) -> None:
    order: Any = a_shipped_order("TS-RED-M", 1)
    assert "99.00" in page(agent, order.customer)
