"""Roles, users and keys."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from opsdesk.accounts.grants import permissions_of
from opsdesk.accounts.models import ApiClient
from opsdesk.accounts.queries import holders, staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.accounts.services import authenticate_key, create_api_client, set_roles, sync_roles
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Forbidden, Invalid
from tests.builders import NOW, a_client, a_shop, a_user

pytestmark = pytest.mark.django_db


def test_every_role_has_its_group_with_the_permissions_of_the_table() -> None:
    sync_roles()
    sync_roles()
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}
    held = Group.objects.get(name=Role.WAREHOUSE).permissions.values_list("content_type__app_label", "codename")
    assert {f"{app}.{name}" for app, name in held} <= permissions_of(Role.WAREHOUSE)
    assert ("orders", "pack_order") in held


def test_a_role_grant_is_recorded() -> None:
    user, sysadmin = a_user(Role.CUSTOMER_SERVICE), staff_actor(a_user(Role.SYSADMIN))
    set_roles(user=user, roles=[Role.WAREHOUSE], actor=sysadmin, now=NOW)
    entry = AuditEntry.objects.filter(subject_id=str(user.pk)).latest("id")
    assert (entry.before, entry.after) == ({"roles": ["customer_service"]}, {"roles": ["warehouse"]})


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_raises_themself(superuser: bool) -> None:
    user = a_user(Role.SYSADMIN, superuser=superuser)
    with pytest.raises(Forbidden, match="own roles"):
        set_roles(user=user, roles=[Role.OPERATIONS_MANAGER], actor=staff_actor(user), now=NOW)
    assert list(user.groups.values_list("name", flat=True)) == ["sysadmin"]


def test_who_may_not_change_users_may_not_grant_roles() -> None:
    with pytest.raises(Forbidden):
        set_roles(user=a_user(), roles=[Role.FINANCE], actor=staff_actor(a_user(Role.OPERATIONS_SUPERVISOR)), now=NOW)


def test_a_key_opens_until_it_expires_or_is_revoked() -> None:
    key = a_client("orders:read")
    client = authenticate_key(key, now=NOW)
    assert client
    assert key not in (client.secret_hash, client.prefix)

    ApiClient.objects.update(expires_at=NOW + timedelta(seconds=1))
    assert authenticate_key(key, now=NOW) == client
    assert authenticate_key(key, now=NOW + timedelta(seconds=1)) is None
    ApiClient.objects.update(expires_at=None, revoked_at=NOW)
    assert authenticate_key(key, now=NOW) is None


@pytest.mark.parametrize("key", ["", "ops_live_", "ops_live_a_b", "ops_test_abc_def", "ops_live_é_x", "ops_live_a_b_c"])
def test_a_wrong_key_opens_nothing(key: str) -> None:
    assert authenticate_key(key, now=NOW) is None


@pytest.mark.parametrize(
    ("scopes", "shops", "code"), [(["coffee"], ["all"], "unknown_scope"), (["all"], ["mars"], "unknown_shop")]
)
def test_a_client_is_not_made_with_unknown_scopes_or_shops(scopes: list[str], shops: list[str], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create_api_client(name="x", scopes=scopes, shops=shops, actor=SYSTEM, now=NOW)
    assert refusal.value.error_code == code
    assert ApiClient.objects.count() == 0


def test_the_holders_of_a_role_are_those_who_see_the_shop() -> None:
    here, there = a_shop("here"), a_shop("there")
    everywhere, local = a_user(Role.CUSTOMER_SERVICE), a_user(Role.CUSTOMER_SERVICE, shops=[here])
    a_user(Role.CUSTOMER_SERVICE, shops=[there])
    assert list(holders(Role.CUSTOMER_SERVICE, here.pk)) == [everywhere, local]
    assert holders(Role.CUSTOMER_SERVICE, None).count() == 3
