"""People and programs."""

from collections.abc import Iterable
from itertools import count

from django.contrib.auth.models import Group

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.accounts.services import create_api_client, create_user, sync_roles
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.shops.models import Shop
from tests.builders.times import NOW

PASSWORD = "a dull password"
_serial = count(1)


def a_user(*roles: Role, username: str = "", shops: Iterable[Shop] | None = None, superuser: bool = False) -> User:
    """A member of staff with these roles; sees all shops unless some are named."""
    if Group.objects.count() < len(Role):
        sync_roles()
    user = create_user(
        username=username or f"user{next(_serial)}",
        password=PASSWORD,
        roles=[role.value for role in roles],
        shops=[shop.code for shop in shops or ()],
        all_shops=shops is None,
        actor=SYSTEM,
        now=NOW,
    )
    if superuser:
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        user.refresh_from_db()
    return user


def an_actor(*roles: Role, **kwargs: object) -> Actor:
    """The actor of a new member of staff with these roles."""
    return staff_actor(a_user(*roles, **kwargs))  # type: ignore[arg-type]


def a_client(*scopes: str, shops: Iterable[str] = ("all",)) -> str:
    """The key of a new API client."""
    issued = create_api_client(name="storefront", scopes=scopes or ("all",), shops=shops, rate=100_000, actor=SYSTEM, now=NOW)
    return issued.key
