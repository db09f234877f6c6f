"""Return visits are planned, made and written down; broadcasts go to those who allow them, after a second look."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from orders.models import Customer
from support.models import Broadcast, BroadcastCopy, CallBack, CallPlan, CustomerProfile, Phrase, Segment, Ticket
from support.services.care.profiles import Liking, opt_out_link, write_profile
from tests.builders import NOW, a_shop, an_order
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop", "sku")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def segment(shop: Any) -> Segment:
    return Segment.objects.create(title="Recent", shop=shop, bought_within_days=90)


@pytest.fixture
def plan(segment: Segment) -> CallPlan:
    return CallPlan.objects.create(title="Quarter call", segment=segment, questions="All well?", every_days=30, a_day=2)


def buyer(**liking: Any) -> Customer:
    customer = an_order().customer
    assert customer
    if liking:
        given: dict[str, Any] = {"preferences": "", "tags": (), "contact_by": "any", "best_time": "", "how": "Shop"}
        given |= {"allows_email": False, "allows_sms": False} | liking
        write_profile(customer=customer.public_id, liking=Liking(**given), actor=SYSTEM, now=NOW)
    return customer


def called(staff: Staff, row: CallBack, outcome: str, words: str = "Talked") -> int:
    return staff.send("support_callback_command", row.pk, "call", outcome=outcome, words=words).status_code


FORM = {"channel": "sms", "kind": "promotion", "title": "Mine", "body": "B", "send_at": "2026-06-11T10:00"}


def written(staff: Staff, segment: Segment, **fields: Any) -> Any:
    given = {"segment_id": segment.pk, "channel": "sms", "kind": "promotion", "title": "Sale", "body": "From Friday on"}
    return staff.send("support_broadcast_write", **given | {"send_at": "2026-06-11T10:00"} | fields)


@pytest.mark.sop("S16")
def test_so_many_customers_a_day_are_called_each_once_in_so_many_days(agent: Staff, plan: CallPlan) -> None:
    for _ in range(3):
        buyer()
    run("support.plan_calls", NOW)
    assert (CallBack.objects.count(), WorkItem.objects.filter(kind="support.call_back").count()) == (2, 2)
    run("support.plan_calls", NOW + DAY)
    assert CallBack.objects.count() == 3
    run("support.plan_calls", NOW + 2 * DAY)
    assert CallBack.objects.count() == 3
    first, second, third = CallBack.objects.order_by("pk")
    assert first.due_at == NOW + DAY
    assert "All well?" in text_of(agent.open("support_callback_change", first.public_id))
    assert (called(agent, first, "content"), called(agent, second, "unhappy", "It squeaks")) == (302, 302)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.outcome, first.done_by, first.ticket) == ("done", "content", agent.user.username, None)
    ticket = Ticket.objects.get()
    assert (second.ticket, ticket.type, ticket.customer, ticket.assignee) == (ticket, "suggestion", second.customer, agent.user)
    assert agent.send("support_callback_command", third.pk, "cancel", reason="Asked not to").status_code == 302
    assert not WorkItem.objects.filter(kind="support.call_back", closed_at=None).exists()


@pytest.mark.sop("S16")
def test_who_is_not_reached_is_called_again_and_given_up_in_the_end(agent: Staff, plan: CallPlan) -> None:
    buyer()
    run("support.plan_calls", NOW)
    row = CallBack.objects.get()
    for attempt, state in enumerate(("planned", "planned", "given_up"), 1):
        assert called(agent, row, "unreached", "No answer") == 302
        row.refresh_from_db()
        assert (row.attempts, row.state) == (attempt, state)
    assert row.due_at == NOW + DAY
    assert not WorkItem.objects.filter(kind="support.call_back", closed_at=None).exists()


@pytest.mark.sop("S16", refused=True)
def test_calls_without_words_and_plans_of_strangers_are_refused(agent: Staff, supervisor: Staff, plan: CallPlan) -> None:
    buyer()
    run("support.plan_calls", NOW)
    row, elsewhere = CallBack.objects.get(), Staff(Role.OPERATIONS_SUPERVISOR, shops=[a_shop("jd-01")])
    marketing = Staff(Role.MARKETING)
    form = {"title": "B", "segment_id": plan.segment_id, "questions": "?", "every_days": 30, "a_day": 1, "active": "on"}
    before = row_counts()
    assert called(agent, row, "content", " ") == 422
    assert called(agent, row, "great") == 422
    assert called(marketing, row, "content") == 403
    assert called(elsewhere, row, "content") == 404
    assert agent.send("support_callback_command", row.pk, "cancel", reason=" ").status_code == 422
    assert agent.send("support_callplan_write", **form).status_code == 403
    assert elsewhere.send("support_callplan_write", **form).status_code == 422
    assert supervisor.send("support_callplan_write", **form | {"title": "Quarter call"}).status_code == 422
    assert row_counts() == before
    assert supervisor.send("support_callplan_write", **form).status_code == 302


@pytest.mark.sop("S17")
def test_a_broadcast_goes_to_those_who_allow_it_once_after_a_second_look(supervisor: Staff, segment: Segment) -> None:
    willing, _silent, mail = buyer(allows_sms=True), buyer(), buyer(allows_email=True)
    Customer.objects.filter(pk=mail.pk).update(email="m@example.com")
    marketing = Staff(Role.MARKETING)
    assert written(marketing, segment).status_code == 302
    row = Broadcast.objects.get()
    run("support.send_broadcasts", NOW + 2 * HOUR)
    assert not Notice.objects.filter(kind="support.broadcast").exists()
    assert supervisor.send("support_broadcast_command", row.pk, "approve").status_code == 302
    run("support.send_broadcasts", NOW)
    run("support.send_broadcasts", NOW + 2 * HOUR)
    run("support.send_broadcasts", NOW + 3 * HOUR)
    told = Notice.objects.get(kind="support.broadcast")
    row.refresh_from_db()
    assert (told.channel, told.address, row.state, row.sent_to) == ("sms", willing.phone, "sent", 1)
    assert BroadcastCopy.objects.get().profile.members.get().customer == willing
    assert "Sale" in text_of(supervisor.open("support_customer_page", willing.public_id))
    assert not WorkItem.objects.filter(closed_at=None, kind="support.approve_broadcast_item").exists()
    path = told.params["link"].partition("/s/")[2]
    public = Client()
    assert public.get(f"/s/{path}").status_code == 200
    assert CustomerProfile.objects.filter(allows_sms=True).count() == 1
    assert public.post(f"/s/{path}").status_code == 200
    assert not CustomerProfile.objects.filter(allows_sms=True).exists()
    assert public.post("/s/out/forged.link/").status_code == 404


@pytest.mark.sop("S17")
def test_nobody_gets_two_in_a_week_and_a_segment_narrows(supervisor: Staff, segment: Segment) -> None:
    tagged, _plain = buyer(allows_sms=True, tags=("tea",)), buyer(allows_sms=True)
    Segment.objects.filter(pk=segment.pk).update(tag="tea", min_spend=100)
    marketing = Staff(Role.MARKETING)
    for title in ("One", "Two"):
        written(marketing, segment, title=title)
    for row in Broadcast.objects.order_by("pk"):
        supervisor.send("support_broadcast_command", row.pk, "approve")
    run("support.send_broadcasts", NOW + 2 * HOUR)
    assert list(Broadcast.objects.order_by("pk").values_list("sent_to", flat=True)) == [1, 0]
    assert BroadcastCopy.objects.get().profile.members.get().customer == tagged


@pytest.mark.sop("S17")
def test_a_post_on_a_social_account_is_made_by_hand(supervisor: Staff, segment: Segment) -> None:
    marketing = Staff(Role.MARKETING)
    written(marketing, segment, channel="social")
    row = Broadcast.objects.get()
    supervisor.send("support_broadcast_command", row.pk, "approve")
    assert WorkItem.objects.get(kind="support.post_broadcast").role == Role.MARKETING
    run("support.send_broadcasts", NOW + 2 * HOUR)
    assert marketing.send("support_broadcast_command", row.pk, "posted", link="https://example.com/p/1").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.link) == ("sent", "https://example.com/p/1")


@pytest.mark.sop("S17", refused=True)
def test_own_rude_or_foreign_broadcasts_are_refused(supervisor: Staff, agent: Staff, segment: Segment) -> None:
    Phrase.objects.create(phrase="绝对不会坏", kind="promise", instead="")
    assert written(supervisor, segment).status_code == 302
    row = Broadcast.objects.get()
    elsewhere, marketing = Staff(Role.OPERATIONS_SUPERVISOR, shops=[a_shop("jd-01")]), Staff(Role.MARKETING)
    before = row_counts()
    assert supervisor.send("support_broadcast_command", row.pk, "approve").status_code == 422
    assert marketing.send("support_broadcast_command", row.pk, "approve").status_code == 403
    assert elsewhere.send("support_broadcast_command", row.pk, "approve").status_code == 404
    assert supervisor.send("support_broadcast_command", row.pk, "cancel", reason=" ").status_code == 422
    assert written(agent, segment).status_code == 403
    assert written(elsewhere, segment).status_code == 422
    assert written(marketing, segment, body="绝对不会坏").status_code == 422
    assert written(marketing, segment, body="x" * 351).status_code == 422
    others = FORM | {"segment_id": segment.pk}  # somebody else's draft
    assert marketing.client.post(f"/admin/support/broadcast/write/?row={row.pk}", others).status_code == 422
    assert row_counts() == before


@pytest.mark.sop("S17")
def test_segments_are_written_and_counted(supervisor: Staff, agent: Staff, shop: Any) -> None:
    buyer()
    form = {"title": "Any", "shop_id": shop.pk, "bought_within_days": 30, "min_orders": 1, "min_spend": "10"}
    assert supervisor.send("support_segment_write", **form).status_code == 302
    row = Segment.objects.get()
    assert "customers now" in text_of(supervisor.open("support_segment_change", row.pk)).lower()
    before = row_counts()
    assert agent.send("support_segment_write", **form).status_code == 403
    assert supervisor.send("support_segment_write", **form).status_code == 422
    assert supervisor.send("support_segment_write", **form | {"title": "B", "product": "NONE"}).status_code == 422
    assert row_counts() == before


def merge(agent: Staff, a: Customer, b: Customer) -> int:
    return agent.send("support_customer_same", a.public_id, other=b.public_id, reason="Same").status_code


def test_a_link_from_before_the_merge_ends_the_broadcasts_of_the_person(agent: Staff) -> None:
    a, b = buyer(allows_sms=True), buyer(allows_sms=True)
    link = opt_out_link(CustomerProfile.objects.latest("pk"))
    assert merge(agent, a, b) == 302
    assert Client().post("/s/" + link.partition("/s/")[2]).status_code == 200
    assert not CustomerProfile.objects.get(members__customer=b).allows_sms


def test_how_the_customer_consented_is_kept_in_a_merge(agent: Staff) -> None:
    a, b = buyer(tags=("x",)), buyer(allows_sms=True)
    assert merge(agent, a, b) == 302
    row = CustomerProfile.objects.get(members__customer=b)
    assert (row.allows_sms, row.consent_how) == (True, "Shop")


def test_a_call_that_is_still_to_be_made_is_not_planned_again(plan: CallPlan) -> None:
    buyer()
    run("support.plan_calls", NOW)
    run("support.plan_calls", NOW + 31 * DAY)
    assert CallBack.objects.count() == 1


def test_a_person_who_is_two_customers_is_called_once(agent: Staff, plan: CallPlan) -> None:
    a, b = buyer(allows_sms=True), buyer(allows_sms=True)
    assert merge(agent, a, b) == 302
    run("support.plan_calls", NOW)
    assert CallBack.objects.count() == 1


def test_a_merged_person_gets_one_broadcast_a_week(agent: Staff, supervisor: Staff, segment: Segment) -> None:
    a, b = buyer(allows_sms=True), buyer(allows_sms=True)
    marketing = Staff(Role.MARKETING)
    written(marketing, segment)
    supervisor.send("support_broadcast_command", Broadcast.objects.get().pk, "approve")
    run("support.send_broadcasts", NOW + 2 * HOUR)
    assert BroadcastCopy.objects.count() == 2
    BroadcastCopy.objects.order_by("profile")[0].delete()
    assert merge(agent, a, b) == 302
    written(marketing, segment, title="Two")
    supervisor.send("support_broadcast_command", Broadcast.objects.latest("pk").pk, "approve")
    run("support.send_broadcasts", NOW + 3 * HOUR)
    assert Broadcast.objects.latest("pk").sent_to == 0
