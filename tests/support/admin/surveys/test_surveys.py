"""Who was not content is talked with; periodic surveys ask a chosen part of the buyers."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from orders.models import Customer, Order
from support.models import Survey, SurveyPlan
from support.services.surveys.answering import answer
from support.services.surveys.tokens import token_of
from support.services.tickets import steps
from tests.builders import NOW, a_shop, a_sku, an_actor, an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)
PLAN = {"title": "Quarter", "question": "How do you like us?", "bought_within_days": 30, "every_days": 30, "active": "on"}


def answered(stars: int, **columns: Any) -> Survey:
    ticket = a_ticket(state="in_progress", **columns)
    steps.resolve(ticket_id=ticket.pk, solution_type="answered", solution="x", actor=SYSTEM, now=NOW - DAY)
    return answer(token=token_of(Survey.objects.get(ticket=ticket).public_id), stars=stars, comment="Hm", now=NOW)


def bought(days_ago: int, **changes: Any) -> Customer:
    """A buyer whose order was completed so many days ago."""
    order = an_order(**changes)
    Order.objects.filter(pk=order.pk).update(status="completed", completed_at=NOW - days_ago * DAY)
    assert order.customer
    return order.customer


@pytest.mark.sop("S11")
def test_somebody_talks_with_who_gives_two_stars_or_fewer(agent: Staff) -> None:
    low, _ = answered(2), answered(3)
    item = WorkItem.objects.get(kind="support.low_stars")
    assert (item.subject_id, item.due_at, item.role) == (low.public_id, NOW + DAY, Role.OPERATIONS_SUPERVISOR)
    assert agent.send("support_survey_command", low.pk, "follow_up", note="A voucher").status_code == 302
    low.refresh_from_db()
    item.refresh_from_db()
    assert (low.state, low.follow_up, item.outcome) == ("done", "A voucher", "talked")


@pytest.mark.sop("S11", refused=True)
def test_only_the_desk_talks_with_them_and_says_what_was_agreed(agent: Staff) -> None:
    low, good = answered(1), answered(5)
    elsewhere, marketing = Staff(Role.CUSTOMER_SERVICE, shops=[a_shop("jd-01")]), Staff(Role.MARKETING)
    before = row_counts()
    assert agent.send("support_survey_command", low.pk, "follow_up", note=" ").status_code == 422
    assert agent.send("support_survey_command", good.pk, "follow_up", note="x").status_code == 422
    assert marketing.send("support_survey_command", low.pk, "follow_up", note="x").status_code == 403
    assert elsewhere.send("support_survey_command", low.pk, "follow_up", note="x").status_code == 404
    assert row_counts() == before


@pytest.mark.sop("S11")
def test_the_list_and_the_ticket_say_how_content_customers_were(supervisor: Staff, agent: Staff) -> None:
    for stars in (5, 4, 1):
        survey = answered(stars, assignee=agent.user)
    answered(1, is_test=True)
    page = text_of(supervisor.open("support_survey_changelist"))
    assert ("3 (100 %)" in page, "3.33" in page, agent.user.username in page) == (True, True, True)
    assert survey.ticket
    assert 'aria-label="1 / 5"' in text_of(agent.open("support_ticket_change", survey.ticket.public_id))
    assert supervisor.open("support_survey_change", survey.public_id).status_code == 200


@pytest.mark.sop("S11")
def test_a_periodic_survey_asks_the_buyers_of_its_days_again_and_again(supervisor: Staff, shop: Any, sku: Any) -> None:
    one, two = bought(3), bought(20)
    bought(40)
    bought(3, is_test=True)
    Customer.objects.filter(pk=two.pk).update(email="two@example.com")
    assert supervisor.send("support_surveyplan_write", shop_id=shop.pk, **PLAN).status_code == 302
    run("support.send_surveys", NOW)
    assert set(Survey.objects.values_list("customer", flat=True)) == {one.pk, two.pk}
    told = Notice.objects.filter(kind="support.survey")
    assert {notice.address for notice in told} == {"two@example.com", one.phone}
    assert told[0].params["question"] == "How do you like us?"
    plan = SurveyPlan.objects.get()
    assert plan.next_at == NOW + 30 * DAY
    for survey, stars in zip(Survey.objects.order_by("pk"), (5, 4), strict=True):
        answer(token=token_of(survey.public_id), stars=stars, comment="", now=NOW)
    new = bought(-29)
    run("support.send_surveys", NOW + 30 * DAY)
    last = Survey.objects.latest("pk")
    answer(token=token_of(last.public_id), stars=5, comment="", now=NOW + 30 * DAY)
    page = text_of(supervisor.open("support_surveyplan_change", plan.pk))
    assert (last.customer, "2 (100 %)" in page, "▲ 0.50" in page) == (new, True, True)
    assert supervisor.open("support_surveyplan_changelist").status_code == 200


@pytest.mark.sop("S11")
def test_who_was_asked_lately_is_left_alone_and_a_product_narrows(supervisor: Staff, shop: Any, sku: Any) -> None:
    a_sku(shop, code="CUP-1", on_hand=9)
    first, cup = bought(3), bought(3, lines=[{"sku": "CUP-1", "quantity": 1, "unit_price": "99.00", "discount": "0.00"}])
    code = cup_product()
    assert supervisor.send("support_surveyplan_write", **PLAN | {"product": code}).status_code == 302
    assert supervisor.send("support_surveyplan_write", **PLAN | {"title": "All", "every_days": 0}).status_code == 302
    run("support.send_surveys", NOW)
    by_plan = set(Survey.objects.values_list("wave__plan__title", "customer"))
    assert by_plan == {("Quarter", cup.pk), ("All", first.pk)}
    assert SurveyPlan.objects.get(title="All").next_at is None


def cup_product() -> str:
    from catalog.models import Sku

    return str(Sku.objects.get(code="CUP-1").product.code)


@pytest.mark.sop("S11", refused=True)
def test_wrong_plans_are_refused(supervisor: Staff, agent: Staff, shop: Any) -> None:
    assert supervisor.send("support_surveyplan_write", **PLAN).status_code == 302
    elsewhere = Staff(Role.OPERATIONS_SUPERVISOR, shops=[a_shop("jd-01")])
    before = row_counts()
    assert agent.send("support_surveyplan_write", **PLAN).status_code == 403
    for wrong in ({"title": "Quarter"}, {"title": "B", "product": "NONE"}, {"title": "B", "bought_within_days": 999}):
        assert supervisor.send("support_surveyplan_write", **(PLAN | wrong)).status_code == 422
    assert elsewhere.send("support_surveyplan_write", **PLAN | {"title": "B"}).status_code == 422
    assert elsewhere.send("support_surveyplan_write", **PLAN | {"title": "B", "shop_id": shop.pk}).status_code == 422
    assert row_counts() == before
    assert an_actor(Role.MARKETING).can("support.change_surveyplan")
