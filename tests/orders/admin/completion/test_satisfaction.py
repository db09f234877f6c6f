"""Satisfaction asked and put right, reviews invited once."""

from datetime import timedelta
from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.notifications.models import Notice
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from orders.enums.tracking import CaseKind
from orders.models import Customer, DeliveryAddress, Order, ReviewInvitation, SatisfactionContact
from orders.services.returns import deciding
from orders.services.returns.requesting import Wish, request_return
from orders.services.tracking.carrier_cases import close_case, open_case
from tests.builders import NOW, parcel_of
from tests.builders.finance import a_completed_order
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def all_are_asked() -> None:
    override(code="orders.satisfaction_share", value=100, reason="test", actor=SYSTEM, now=NOW)
    forget_cached()


@pytest.fixture
def order(sku: Any) -> Order:
    """A completed order whose customer is in the sample."""
    all_are_asked()
    return a_completed_order()


@pytest.fixture
def contact(order: Order) -> SatisfactionContact:
    """Two days later the customer is to be asked."""
    run("orders.ask_satisfaction", NOW + 2 * DAY)
    return SatisfactionContact.objects.get()


@pytest.fixture
def supervisor(db: None) -> Staff:
    return Staff(Role.OPERATIONS_SUPERVISOR)


def work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", "role"))


def sent() -> int:
    return Notice.objects.filter(kind="orders.review_invitation").count()


@pytest.mark.sop("O19")
@pytest.mark.parametrize(("after", "state"), [(2 * DAY - SECOND, "planned"), (2 * DAY, "open")])
def test_a_sampled_customer_is_asked_after_two_days(order: Order, agent: Staff, after: timedelta, state: str) -> None:
    for _ in range(2):
        run("orders.ask_satisfaction", NOW + after)

    row = SatisfactionContact.objects.get()
    assert (row.state, work()) == (state, [("orders.satisfaction_contact", "customer_service")] if state == "open" else [])


@pytest.mark.sop("O19")
def test_a_satisfied_customer_gives_stars(contact: SatisfactionContact, agent: Staff) -> None:
    assert contact.order.number in text_of(agent.open("orders_satisfactioncontact_change", contact.pk))

    agent.command("satisfactioncontact", contact.pk, "record", outcome="satisfied", stars="5", note="")

    contact.refresh_from_db()
    assert (contact.state, contact.stars, contact.answered_by, work()) == ("closed", 5, agent.user.username, [])
    assert "★★★★★" in text_of(agent.open("orders_satisfactioncontact_changelist"))


@pytest.mark.sop("O19")
@pytest.mark.parametrize(("outcome", "stars"), [("complaint", "4"), ("satisfied", "3")])
def test_a_bad_answer_is_put_right_by_the_supervisor(
    contact: SatisfactionContact, agent: Staff, supervisor: Staff, outcome: str, stars: str
) -> None:
    agent.command("satisfactioncontact", contact.pk, "record", outcome=outcome, stars=stars, note="lid is loose")
    assert work() == [("orders.satisfaction_remedy", "operations_supervisor")]
    assert agent.command("satisfactioncontact", contact.pk, "remedy", remedy="x").status_code == 403
    assert supervisor.command("satisfactioncontact", contact.pk, "remedy", remedy=" ").status_code == 422

    supervisor.command("satisfactioncontact", contact.pk, "remedy", remedy="sent a new lid")

    contact.refresh_from_db()
    assert (contact.state, contact.remedy, contact.note, work()) == ("closed", "sent a new lid", "lid is loose", [])


def test_who_is_not_reached_is_asked_once_more(contact: SatisfactionContact, agent: Staff) -> None:
    agent.command("satisfactioncontact", contact.pk, "record", outcome="not_reached", stars="4")
    contact.refresh_from_db()
    assert (contact.state, contact.ask_at, contact.stars, work()) == ("open", NOW + 3 * DAY, None, [])
    run("orders.ask_satisfaction", NOW + 3 * DAY)
    assert len(work()) == 1

    agent.command("satisfactioncontact", contact.pk, "record", outcome="not_reached")

    contact.refresh_from_db()
    assert (contact.state, contact.attempts, work()) == ("closed", 2, [])


@pytest.mark.sop("O19", refused=True)
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"outcome": "satisfied", "stars": ""}, "one to five stars"),
        ({"outcome": "satisfied", "stars": "6"}, "Select a valid choice"),
        ({"outcome": "complaint", "stars": "1", "note": " "}, "Write down what the customer said."),
    ],
)
def test_an_answer_has_stars_and_a_complaint_has_words(
    contact: SatisfactionContact, agent: Staff, fields: dict[str, str], message: str
) -> None:
    before = row_counts()
    answer = agent.command("satisfactioncontact", contact.pk, "record", **fields)
    contact.refresh_from_db()
    assert (answer.status_code, message in text_of(answer)) == (422, True)
    assert (contact.state, row_counts()) == ("open", before)


def test_other_desks_and_other_shops_ask_nobody(contact: SatisfactionContact, picker: Staff) -> None:
    fields = {"outcome": "satisfied", "stars": "5"}
    assert picker.command("satisfactioncontact", contact.pk, "record", **fields).status_code == 403
    stranger = Staff(Role.CUSTOMER_SERVICE, shops=[])
    assert stranger.command("satisfactioncontact", contact.pk, "record", **fields).status_code == 404


def test_only_a_share_is_asked(sku: Any) -> None:
    for _ in range(3):
        a_completed_order()
    override(code="orders.satisfaction_share", value=0, reason="test", actor=SYSTEM, now=NOW)
    forget_cached()
    before = SatisfactionContact.objects.count()
    a_completed_order()
    assert (SatisfactionContact.objects.count(), ReviewInvitation.objects.count()) == (before, 4)


@pytest.mark.sop("O19")
@pytest.mark.parametrize(("after", "count"), [(3 * DAY - SECOND, 0), (3 * DAY, 1)])
def test_a_customer_is_invited_to_a_review_once(sku: Any, agent: Staff, after: timedelta, count: int) -> None:
    a_completed_order()
    for _ in range(2):
        run("orders.invite_reviews", NOW + after)

    row = ReviewInvitation.objects.get()
    assert (sent(), row.state, row.sent_at) == (count, "sent" if count else "waiting", NOW + after if count else None)
    assert agent.open("orders_reviewinvitation_changelist").status_code == 200
    assert agent.open("orders_reviewinvitation_change", row.pk).status_code == 200


def a_return(order: Order) -> Any:
    lines = [Wish("TS-RED-M", 1, "quality")]
    return request_return(order_id=order.pk, type_="refund_only", lines=lines, actor=SYSTEM, now=NOW)


def test_a_customer_with_an_open_return_is_invited_later(sku: Any) -> None:
    order = a_completed_order()
    row = a_return(order)
    run("orders.invite_reviews", NOW + 3 * DAY)
    assert (sent(), ReviewInvitation.objects.get().due_at) == (0, NOW + 6 * DAY)
    deciding.cancel_return(return_id=row.pk, reason="keeps it", actor=SYSTEM, now=NOW)
    run("orders.invite_reviews", NOW + 6 * DAY)
    assert sent() == 1


def test_a_return_of_another_order_of_the_customer_counts_as_well(sku: Any) -> None:
    customer = {"external_id": "b-same", "name": "王小明", "phone": "13800000000", "email": None}
    a_return(a_completed_order(customer=customer))
    a_completed_order(customer=customer)
    run("orders.invite_reviews", NOW + 3 * DAY)
    assert sent() == 0
    run("orders.invite_reviews", NOW + 30 * DAY)
    assert set(ReviewInvitation.objects.values_list("state", flat=True)) == {"withheld"}


def test_a_missing_parcel_puts_the_invitation_off(sku: Any) -> None:
    order = a_completed_order()
    case = open_case(shipment_id=parcel_of(order).pk, kind=CaseKind.DAMAGED, note="wet", actor=SYSTEM, now=NOW)
    run("orders.invite_reviews", NOW + 3 * DAY)
    assert sent() == 0
    close_case(case_id=case.pk, outcome="moving", actor=SYSTEM, now=NOW)
    run("orders.invite_reviews", NOW + 6 * DAY)
    assert sent() == 1


def test_who_has_complained_is_not_invited(contact: SatisfactionContact, agent: Staff) -> None:
    agent.command("satisfactioncontact", contact.pk, "record", outcome="complaint", stars="1", note="broken")
    run("orders.invite_reviews", NOW + 3 * DAY)
    assert (sent(), ReviewInvitation.objects.get().state) == (0, "withheld")


def test_who_cannot_be_reached_is_not_said_to_be_invited(sku: Any) -> None:
    order = a_completed_order()
    DeliveryAddress.objects.filter(order=order).update(phone="")
    Customer.objects.update(phone="", email="")
    run("orders.invite_reviews", NOW + 3 * DAY)
    assert (sent(), ReviewInvitation.objects.get().state) == (0, "withheld")


def test_a_test_order_is_nobodys_business(sku: Any) -> None:
    all_are_asked()
    a_completed_order(is_test=True)
    assert (ReviewInvitation.objects.count(), SatisfactionContact.objects.count()) == (0, 0)
