"""The customer is asked whether it is solved; what they say decides how the ticket goes on."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from support.models import Confirmation, Survey, Ticket
from support.services.surveys.answering import answer
from support.services.surveys.tokens import token_of
from support.services.tickets import steps
from tests.builders import NOW, an_actor
from tests.builders.tickets import a_ticket
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
DAY = timedelta(days=1)


@pytest.fixture
def ticket(shop: Any) -> Ticket:
    row = a_ticket(state="in_progress")
    steps.resolve(ticket_id=row.pk, solution_type="answered", solution="x", actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    return row


def asked(staff: Staff, ticket: Ticket, said: str, words: str = "On the phone") -> int:
    return staff.send("support_ticket_command", ticket.pk, "confirm", channel="phone", said=said, words=words).status_code


def state(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.state


def due() -> list[Any]:
    return list(WorkItem.objects.filter(kind="support.confirm_solution", closed_at=None).values_list("due_at", flat=True))


@pytest.mark.sop("S10")
def test_it_is_solved(agent: Staff, ticket: Ticket) -> None:
    assert asked(agent, ticket, "solved") == 302
    assert (state(ticket), due()) == ("confirmed", [])
    kept = Confirmation.objects.get()
    assert (kept.channel, kept.said, kept.words, kept.asked_by, kept.asked_at, kept.resolution) == (
        "phone",
        "solved",
        "On the phone",
        agent.user.username,
        NOW,
        1,
    )
    page = text_of(agent.open("support_ticket_change", ticket.public_id))
    assert ("It is solved" in page, "On the phone" in page) == (True, True)


@pytest.mark.sop("S10")
def test_it_is_not_solved_and_the_ticket_goes_on(agent: Staff, ticket: Ticket) -> None:
    assert asked(agent, ticket, "unsolved") == 302
    assert (state(ticket), due()) == ("in_progress", [])


@pytest.mark.sop("S10")
def test_who_was_not_reached_is_asked_again_and_confirms_by_silence(agent: Staff, ticket: Ticket) -> None:
    untouched = a_ticket(state="resolved", resolved_at=NOW, solution_type="answered", resolutions=1)
    complaint = a_ticket(state="resolved", resolved_at=NOW, solution_type="answered", resolutions=1, type="complaint")
    Confirmation.objects.create(ticket=complaint, resolution=1, channel="phone", said="unreached", asked_at=NOW, asked_by="a")
    assert asked(agent, ticket, "unreached") == 302
    assert (state(ticket), due()) == ("resolved", [NOW + DAY])
    run("support.confirm_silent", NOW + 7 * DAY)
    assert state(ticket) == "resolved"
    run("support.confirm_silent", NOW + 7 * DAY + timedelta(seconds=1))
    assert (state(ticket), due()) == ("confirmed", [])
    assert (state(untouched), state(complaint)) == ("resolved", "resolved")  # never asked; a complaint needs a word


@pytest.mark.sop("S10")
def test_a_content_survey_confirms_and_an_unhappy_one_does_not(ticket: Ticket) -> None:
    other = a_ticket(state="in_progress")
    steps.resolve(ticket_id=other.pk, solution_type="answered", solution="x", actor=an_actor(Role.CUSTOMER_SERVICE), now=NOW)
    for row, stars in ((ticket, 4), (other, 2)):
        answer(token=token_of(Survey.objects.get(ticket=row).public_id), stars=stars, comment="", now=NOW)
    assert (state(ticket), state(other)) == ("confirmed", "resolved")
    assert Confirmation.objects.get().channel == "survey"


@pytest.mark.sop("S10", refused=True)
def test_nothing_is_confirmed_without_a_word_or_by_strangers(agent: Staff, ticket: Ticket) -> None:
    running, logistics = a_ticket(state="in_progress"), Staff(Role.LOGISTICS)
    before = row_counts()
    assert asked(agent, ticket, "solved", " ") == 422
    assert asked(agent, ticket, "perhaps") == 422
    assert asked(agent, running, "solved") == 422
    assert asked(logistics, ticket, "solved") == 403
    assert row_counts() == before
