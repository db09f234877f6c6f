"""Changing the SOP's numbers in the browser."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.parameters.models import ParameterOverride
from opsdesk.parameters.queries import value
from orders.parameters.intake import PROCESSING_TIME
from tests.builders import a_user
from tests.kit.browser import signed_in
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/admin/parameters/orders.processing_time/"


def test_a_supervisor_puts_another_number_in_force_with_a_reason() -> None:
    assert value(PROCESSING_TIME) == timedelta(hours=24)
    browser = signed_in(a_user(Role.OPERATIONS_SUPERVISOR))

    response = browser.post(URL, {"value": "12", "reason": "Festival"})

    assert response.status_code == 302
    assert value(PROCESSING_TIME) == timedelta(hours=12)
    entry = AuditEntry.objects.get(action="parameters.overridden")
    assert (entry.before, entry.after, entry.reason) == ({"value": 24}, {"value": 12}, "Festival")
    page = browser.get(URL).content.decode()
    assert "Festival" in page
    assert "12 hours" in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"value": "0", "reason": "x"}, "It must lie between 1 and 240."),
        ({"value": "241", "reason": "x"}, "It must lie between 1 and 240."),
        ({"value": "12", "reason": " "}, "This field is required."),
        ({"value": "many", "reason": "x"}, "Enter a whole number."),
    ],
)
def test_a_number_out_of_bounds_or_without_reason_is_refused(data: dict[str, str], message: str) -> None:
    browser = signed_in(a_user(Role.OPERATIONS_SUPERVISOR))
    before = row_counts()

    response = browser.post(URL, data)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert row_counts() == before


@pytest.mark.parametrize(("role", "listed", "changed"), [(Role.AUDITOR, 200, 403), (Role.CUSTOMER_SERVICE, 403, 403)])
def test_who_only_looks_may_not_change(role: Role, listed: int, changed: int) -> None:
    browser = signed_in(a_user(role))
    assert browser.get("/admin/parameters/").status_code == listed
    assert browser.post(URL, {"value": "12", "reason": "x"}).status_code == changed
    assert ParameterOverride.objects.count() == 0


def test_the_history_cannot_be_rewritten() -> None:
    signed_in(a_user(Role.OPERATIONS_MANAGER)).post(URL, {"value": "12", "reason": "x"})
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        ParameterOverride.objects.update(number=99)
    assert value(PROCESSING_TIME) == timedelta(hours=12)


def test_an_unknown_parameter_is_not_found() -> None:
    assert signed_in(a_user(Role.OPERATIONS_SUPERVISOR)).get("/admin/parameters/no.such/").status_code == 404
