"""Who somebody is: from users and clients to actors."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from opsdesk.accounts.models import ApiClient, User
from opsdesk.accounts.scopes import permissions_of
from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.errors import Forbidden


def staff_actor(user: User | AnonymousUser, *, request_id: str = "") -> Actor:
    """The actor that a signed-in member of staff is.

    Raises: Forbidden, for anybody who is not active staff.
    """
    if not isinstance(user, User) or not user.is_active or not user.is_staff:
        raise Forbidden()
    return Actor(
        kind=ActorKind.STAFF,
        id=user.pk,
        label=user.get_full_name() or user.get_username(),
        permissions=frozenset(user.get_all_permissions()),
        shop_ids=None if user.all_shops else frozenset(user.shops.values_list("pk", flat=True)),
        roles=frozenset(user.groups.values_list("name", flat=True)),
        request_id=request_id,
    )


def client_actor(client: ApiClient, *, request_id: str = "") -> Actor:
    """The actor that an API client is."""
    return Actor(
        kind=ActorKind.CLIENT,
        id=client.pk,
        label=client.name,
        permissions=permissions_of(client.scopes),
        shop_ids=None if client.all_shops else frozenset(client.shop_ids),
        request_id=request_id,
    )


def holders(role: str, shop_id: int | None) -> QuerySet[User]:
    """Active staff of a role who see the shop (any shop when None)."""
    users = User.objects.filter(is_active=True, is_staff=True, groups__name=role)
    if shop_id is not None:
        users = users.filter(all_shops=True) | users.filter(shops=shop_id)
    return users.distinct().order_by("pk")
