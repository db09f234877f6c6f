"""Periodic surveys in the browser."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from opsdesk.accounts.roles import Role
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from support.models import Survey, SurveyRound
from support.services.voice.surveys import answer
from tests.builders import NOW, a_shop, an_order
from tests.builders.surveys import a_survey, token
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DUTY = "support.send_surveys"
MORNING = NOW + timedelta(hours=2)


def plan(staff: Staff, shop: Any, **changes: Any) -> Any:
    fields = {
        "shop_id": shop.pk,
        "title": "June",
        "question": "How do you like our shop?",
        "bought_from": "2026-06-01",
        "bought_until": "2026-06-11",
        "send_on": "2026-06-11",
        "repeat_days": "0",
    }
    return staff.send("support_surveyround_plan", **(fields | changes))


def rated(survey: Survey, stars: int) -> None:
    answer(token=token(survey), stars=stars, now=MORNING)


@pytest.mark.sop("S11")
def test_a_planned_survey_asks_the_buyers_and_shows_response_and_trend(shop: Any, sku: Any, supervisor: Staff) -> None:
    first, second = an_order(), an_order()
    an_order(customer=None)
    assert plan(supervisor, shop, repeat_days="30").status_code == 302
    run(DUTY, NOW - timedelta(days=1))
    assert not Survey.objects.exists()
    run(DUTY, MORNING)
    run(DUTY, MORNING)
    row, following = SurveyRound.objects.order_by("pk")
    assert (row.state, row.asked, row.sent_at, row.closes_at) == ("running", 2, MORNING, MORNING + timedelta(days=14))
    assert (following.state, following.previous, following.send_on) == ("planned", row, date(2026, 7, 11))
    assert (following.bought_from, following.bought_until) == (date(2026, 7, 1), date(2026, 7, 11))
    surveys = list(Survey.objects.order_by("customer"))
    assert [survey.customer for survey in surveys] == [first.customer, second.customer]
    notice = Notice.objects.filter(kind="support.survey").earliest("pk")
    assert (notice.channel, notice.params["question"]) == ("sms", "How do you like our shop?")
    rated(surveys[0], 4)
    page = text_of(supervisor.open("support_surveyround_change", row.pk))
    assert "50.0 %" in page
    assert "Trend of this survey" in page
    assert "50.0 %" in text_of(supervisor.open("support_surveyround_changelist"))


@pytest.mark.sop("S11", refused=True)
def test_a_survey_that_cannot_be_is_refused(shop: Any, supervisor: Staff, agent: Staff) -> None:
    other = a_shop(code="other")
    local = Staff(Role.OPERATIONS_SUPERVISOR, shops=[shop])
    before = row_counts()
    wrong = plan(supervisor, shop, bought_from="2026-06-12", bought_until="2026-06-11", send_on="2026-06-10", repeat_days="6")
    assert wrong.status_code == 422
    for text in ("within a year", "This day is over.", "Again after 7 to 366 days"):
        assert text in text_of(wrong)
    assert "before the day on which it is sent" in text_of(plan(supervisor, shop, bought_until="2026-06-12"))
    assert plan(supervisor, shop, question="").status_code == 422
    assert plan(agent, shop).status_code == 403
    assert plan(local, other).status_code == 422
    assert row_counts() == before


def test_only_buyers_of_the_group_and_who_were_not_asked_lately(shop: Any, sku: Any, supervisor: Staff) -> None:
    an_order()
    category = sku.product.category
    plan(supervisor, shop, category_id=str(category.parent_id or category.pk))
    run(DUTY, MORNING)
    assert Survey.objects.count() == 1
    plan(supervisor, shop, title="Again")
    run(DUTY, MORNING)
    assert list(SurveyRound.objects.order_by("pk").values_list("asked", flat=True)) == [1, 0]
    SurveyRound.objects.filter(title="Again").update(state="planned")
    run(DUTY, MORNING + timedelta(days=30))
    assert list(SurveyRound.objects.order_by("pk").values_list("asked", flat=True)) == [1, 1]


def test_a_closed_survey_wants_its_conclusion_and_gets_it_on_its_page(shop: Any, sku: Any, supervisor: Staff) -> None:
    an_order()
    plan(supervisor, shop)
    run(DUTY, MORNING)
    row = SurveyRound.objects.get()
    assert row.closes_at
    run(DUTY, row.closes_at - timedelta(seconds=1))
    assert not WorkItem.objects.filter(kind="support.conclude_survey").exists()
    run(DUTY, row.closes_at)
    run(DUTY, row.closes_at)
    item = WorkItem.objects.get(kind="support.conclude_survey")
    assert "Write the conclusion" in text_of(supervisor.client.get(REGISTER[item.kind].url(item.subject_id)))
    url = reverse("admin:support_surveyround_command", args=[row.pk, "conclude"])
    before = row_counts()
    assert supervisor.client.post(url, {"conclusion": " "}).status_code == 422
    assert row_counts() == before
    assert supervisor.client.post(url, {"conclusion": "Pack better"}).status_code == 302
    row.refresh_from_db()
    item.refresh_from_db()
    assert (row.state, row.conclusion, item.closed_at) == ("concluded", "Pack better", NOW)


def test_a_planned_survey_can_be_called_off_and_a_sent_one_cannot(shop: Any, supervisor: Staff) -> None:
    plan(supervisor, shop)
    row = SurveyRound.objects.get()
    assert supervisor.send("support_surveyround_command", row.pk, "cancel", reason="Holiday").status_code == 302
    run(DUTY, MORNING)
    row.refresh_from_db()
    assert (row.state, row.asked) == ("cancelled", 0)
    assert supervisor.send("support_surveyround_command", row.pk, "cancel", reason="Holiday").status_code == 422


def test_satisfaction_is_shown_by_week_agent_type_and_channel(agent: Staff, clock: Any) -> None:
    rated(a_survey(agent), 5)
    rated(a_survey(agent, type="logistics"), 2)
    clock.move_to(MORNING)
    page = text_of(agent.open("support_survey_satisfaction"))
    for text in ("3.5", "100.0 %", "2026-06-08", "Logistics", "Online chat"):
        assert text in page
    assert Staff(Role.WAREHOUSE).open("support_survey_satisfaction").status_code == 403
    assert "★★☆☆☆" in text_of(agent.open("support_survey_changelist"))
