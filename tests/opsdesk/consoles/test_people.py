"""The system administrator keeps users and roles; nobody raises themself through any page."""

import pytest

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from tests.builders import a_user
from tests.kit.browser import signed_in
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
NEW = {"username": "wang", "name": "Wang", "password": "correct horse battery", "roles": ["warehouse"], "all_shops": "on"}


@pytest.mark.sop("G1")
def test_a_new_user_gets_a_role_and_must_change_the_password() -> None:
    response = signed_in(a_user(Role.SYSADMIN)).post("/admin/users/add/", NEW)
    user = User.objects.get(username="wang")
    assert response.url == f"/admin/accounts/user/{user.pk}/change/"  # type: ignore[attr-defined]
    assert (user.is_staff, user.is_superuser, user.all_shops, user.must_change_password) == (True, False, True, True)
    assert user.has_perm("orders.pack_order")
    assert not user.has_perm("orders.cancel_order")


@pytest.mark.sop("G1", refused=True)
@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_changes_their_own_roles_in_the_browser(superuser: bool) -> None:
    user = a_user(Role.SYSADMIN, superuser=superuser)
    before = row_counts()
    response = signed_in(user).post(f"/admin/users/{user.pk}/roles/", {"roles": ["sysadmin", "finance"]})
    assert response.status_code == 422
    assert "Nobody changes their own roles." in response.content.decode()
    assert (list(user.groups.values_list("name", flat=True)), row_counts()) == (["sysadmin"], before)


@pytest.mark.parametrize("changes", [{"username": ""}, {"password": "short"}, {"roles": ["emperor"]}, {"shops": ["mars"]}])
def test_a_user_with_errors_is_not_made(changes: dict[str, object]) -> None:
    response = signed_in(a_user(Role.SYSADMIN)).post("/admin/users/add/", NEW | changes)
    assert response.status_code == 422
    assert not User.objects.filter(username="wang").exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSADMIN])
def test_only_the_system_administrator_keeps_users(role: Role) -> None:
    browser, other = signed_in(a_user(role)), a_user(Role.WAREHOUSE)
    before = row_counts()
    for url, data in (
        ("/admin/users/add/", NEW),
        (f"/admin/users/{other.pk}/roles/", {"roles": ["finance"]}),
        (f"/admin/users/{other.pk}/access/", {}),
        (f"/admin/accounts/user/{other.pk}/change/", {"is_superuser": "on"}),
    ):
        assert browser.post(url, data).status_code == 403
    assert row_counts() == before


def test_the_stock_admin_page_of_a_user_cannot_be_posted_even_by_the_administrator() -> None:
    other = a_user(Role.WAREHOUSE)
    response = signed_in(a_user(Role.SYSADMIN)).post(f"/admin/accounts/user/{other.pk}/change/", {"is_superuser": "on"})
    other.refresh_from_db()
    assert (response.status_code, other.is_superuser) == (403, False)


def test_a_closed_account_is_out_with_the_next_request() -> None:
    user = a_user(Role.WAREHOUSE)
    browser = signed_in(user)
    assert browser.get("/admin/").status_code == 200
    signed_in(a_user(Role.SYSADMIN)).post(f"/admin/users/{user.pk}/access/", {})
    assert browser.get("/admin/").status_code == 302


def test_the_pages_of_users_open_for_the_administrator() -> None:
    browser, other = signed_in(a_user(Role.SYSADMIN)), a_user(Role.WAREHOUSE)
    assert "Warehouse staff" in browser.get("/admin/accounts/user/").content.decode()
    assert "Set roles" in browser.get(f"/admin/accounts/user/{other.pk}/change/").content.decode()
