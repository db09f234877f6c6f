"""A one-time password opens one door: choosing one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from opsdesk.accounts.models import User
from opsdesk.accounts.services import create_first_administrator
from opsdesk.audit.models import AuditEntry
from tests.builders import NOW, a_user
from tests.builders.accounts import PASSWORD

pytestmark = pytest.mark.django_db

CHANGE, HOME = "/admin/password_change/", "/admin/"
ONCE, OWN = "handed-over-once", "a much better secret"


@pytest.fixture
def newcomer() -> Client:
    """The administrator of an empty installation, signed in with the one-time password."""
    create_first_administrator(password=ONCE, now=NOW)
    client = Client()
    client.post("/admin/login/", {"username": "admin", "password": ONCE})
    return client


def _choose(client: Client, new: str, *, old: str = ONCE, again: str = ""):
    return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": again or new})


@pytest.mark.parametrize("path", [HOME, "/admin/accounts/user/", "/api/docs/nothing"])
def test_every_page_leads_to_the_choice_of_a_password(newcomer, path):
    answer = newcomer.get(path)
    if path.startswith("/api/"):
        assert (answer.status_code, answer.json()["code"]) == (403, "password_change_required")
    else:
        assert (answer.status_code, answer.url) == (302, CHANGE)


def test_the_choice_opens_the_house_and_is_recorded(newcomer):
    assert newcomer.get(CHANGE).status_code == 200
    assert _choose(newcomer, OWN).url == reverse("admin:password_change_done")

    admin = User.objects.get(username="admin")
    assert (admin.must_change_password, admin.check_password(OWN), admin.check_password(ONCE)) == (False, True, False)
    assert newcomer.get(HOME).status_code == 200
    entry = AuditEntry.objects.get(action="accounts.password_changed")
    assert (entry.actor_id, entry.subject_id, entry.after) == (admin.pk, str(admin.pk), {})


@pytest.mark.parametrize(
    "choice",
    [
        {"new": "short"},
        {"new": "1234567890"},
        {"new": OWN, "again": "something else entirely"},
        {"new": OWN, "old": "not the one that was handed over"},
    ],
)
def test_a_poor_choice_changes_nothing(newcomer, choice):
    answer = _choose(newcomer, **choice)
    admin = User.objects.get(username="admin")
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert (admin.must_change_password, admin.check_password(ONCE)) == (True, True)
    assert newcomer.get(HOME).url == CHANGE


def test_who_has_a_password_of_their_own_is_not_bothered():
    user = a_user()
    client = Client()
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert client.get(HOME).status_code == 200
