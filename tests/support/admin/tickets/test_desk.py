"""Triage rules, canned replies and teams."""

from typing import Any

import pytest

from support.models import Macro, Team, TriageRule
from tests.builders import an_order
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")


def rule(staff: Staff, **fields: Any) -> Any:
    return staff.send(
        "support_triagerule_write", **{"name": "Late", "position": 1, "words": "快递", "type": "logistics"} | fields
    )


def macro(staff: Staff, **fields: Any) -> Any:
    return staff.send("support_macro_write", **{"title": "Hello", "body": "Dear {customer_name}", "active": "on"} | fields)


@pytest.mark.sop("S5")
def test_a_supervisor_writes_rules_and_teams(supervisor: Staff, agent: Staff) -> None:
    assert supervisor.send("support_team_write", name="A", members=[agent.user.pk], active="on").status_code == 302
    team = Team.objects.get()
    assert list(team.members.all()) == [agent.user]
    assert rule(supervisor, team_id=team.pk, active="on").status_code == 302
    row = TriageRule.objects.get()
    assert (row.words, row.type, row.team, row.active) == ("快递", "logistics", team, True)
    for name in ("support_triagerule_changelist", "support_team_changelist"):
        assert agent.open(name).status_code == 200
    assert supervisor.open("support_triagerule_change", row.pk).status_code == 200


@pytest.mark.sop("S5", refused=True)
def test_rules_that_decide_nothing_are_refused(supervisor: Staff, agent: Staff) -> None:
    before = row_counts()
    assert "Say what the rule decides" in text_of(rule(supervisor, type=""))
    assert rule(supervisor, order_state="lost").status_code == 422
    assert rule(agent).status_code == 403
    assert supervisor.send("support_team_write", name="A", members=["999999"]).status_code == 422
    assert row_counts() == before


def test_canned_replies_fill_in_what_is_known(supervisor: Staff, agent: Staff, sku: Any) -> None:
    assert macro(supervisor, body="{customer_name}: {order_number} {tracking_number}").status_code == 302
    order = an_order()
    ticket = a_ticket(order=order, customer=order.customer, contact_name="小明")
    page = text_of(agent.open("support_ticket_change", ticket.pk))
    assert f"小明: {order.number} {{tracking_number}}" in page
    assert "(incomplete)" in page


def test_unknown_variables_are_refused(supervisor: Staff, agent: Staff) -> None:
    before = row_counts()
    answer = macro(supervisor, body="Dear {nickname}")
    assert answer.status_code == 422
    assert "There is no variable {nickname}." in text_of(answer)
    assert macro(agent).status_code == 403
    assert row_counts() == before
    assert not Macro.objects.exists()
