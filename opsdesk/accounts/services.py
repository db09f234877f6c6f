"""Making users, roles and API keys."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from opsdesk.accounts.grants import permissions_of
from opsdesk.accounts.models import ApiClient, User
from opsdesk.accounts.roles import Role
from opsdesk.accounts.scopes import ALL, SCOPES
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Forbidden, Invalid
from opsdesk.common.text import mark
from opsdesk.shops.models import Shop

KEY_START = "ops_live"
_ALPHABET = string.ascii_letters + string.digits
_PREFIX_LENGTH, _SECRET_LENGTH = 12, 40


@dataclass(frozen=True)
class IssuedKey:
    """A new API client and its key, which exists in clear only here."""

    client: ApiClient
    key: str


@transaction.atomic
def sync_roles() -> None:
    """Bring the groups and their permissions to the table of roles. SOP: G1"""
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set([known[name] for name in permissions_of(role) if name in known])


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[str], actor: Actor, now: datetime) -> None:
    """Give a user exactly these roles.

    Raises: Forbidden, also for one's own roles: nobody raises themself.
    SOP: G1
    """
    actor.require("accounts.change_user")
    if actor.staff_id == user.pk:
        raise Forbidden(mark("Nobody changes their own roles."))
    wanted = set(roles)
    before = set(user.groups.values_list("name", flat=True))
    if wanted == before:
        return
    user.groups.set(Group.objects.filter(name__in=wanted))
    change = Change(
        "accounts.roles_set", "user", str(user.pk), before={"roles": sorted(before)}, after={"roles": sorted(wanted)}
    )
    record(change, actor=actor, now=now)


@transaction.atomic
def set_active(*, user: User, active: bool, actor: Actor, now: datetime) -> None:
    """Open or close a user's account; a closed one is signed out with the next request.

    Raises: Forbidden, also for one's own account.
    SOP: G1
    """
    actor.require("accounts.change_user")
    if actor.staff_id == user.pk:
        raise Forbidden(mark("Nobody closes their own account."))
    before, user.is_active = user.is_active, active
    user.save(update_fields=["is_active"])
    change = Change("accounts.access_set", "user", str(user.pk), before={"active": before}, after={"active": active})
    record(change, actor=actor, now=now)


@transaction.atomic
def create_api_client(
    *, name: str, scopes: Iterable[str], shops: Iterable[str], rate: int = 100, actor: Actor, now: datetime
) -> IssuedKey:
    """Make an API client and its key; shops are codes, ``all`` stands for every scope or shop.

    Raises: Forbidden, Invalid (unknown scope or shop).
    """
    actor.require("accounts.add_apiclient")
    scope_list, shop_codes = sorted(set(scopes)), set(shops)
    if unknown := [scope for scope in scope_list if scope != ALL and scope not in SCOPES]:
        raise Invalid(mark("Unknown scope: %(scope)s"), code="unknown_scope", scope=", ".join(unknown))
    shop_ids = dict(Shop.objects.filter(code__in=shop_codes).values_list("code", "pk"))
    if missing := shop_codes - shop_ids.keys() - {ALL}:
        raise Invalid(mark("Unknown shop: %(shop)s"), code="unknown_shop", shop=", ".join(sorted(missing)))
    prefix, secret = _random(_PREFIX_LENGTH), _random(_SECRET_LENGTH)
    client = ApiClient.objects.create(
        name=name,
        prefix=prefix,
        secret_hash=_hash(secret),
        scopes=scope_list,
        shop_ids=sorted(shop_ids.values()),
        all_shops=ALL in shop_codes,
        rate_per_second=rate,
    )
    change = Change("accounts.api_client_created", "api_client", str(client.pk), after={"name": name, "scopes": scope_list})
    record(change, actor=actor, now=now)
    return IssuedKey(client, f"{KEY_START}_{prefix}_{secret}")


@transaction.atomic
def create_user(
    *,
    username: str,
    password: str,
    roles: Iterable[str],
    name: str = "",
    email: str = "",
    language: str = "",
    shops: Iterable[str] = (),
    all_shops: bool = False,
    must_change_password: bool = False,
    actor: Actor,
    now: datetime,
) -> User:
    """Make a member of staff with roles; shops are codes.

    Raises: Forbidden.
    SOP: G1
    """
    actor.require("accounts.add_user")
    user = User.objects.create_user(
        username,
        email,
        password,
        first_name=name,
        is_staff=True,
        language=language,
        all_shops=all_shops,
        must_change_password=must_change_password,
    )
    user.shops.set(Shop.objects.filter(code__in=list(shops)))
    set_roles(user=user, roles=roles, actor=actor, now=now)
    return user


@transaction.atomic
def create_first_administrator(*, password: str, now: datetime) -> User:
    """Make the administrator of an empty installation; the password must be changed at the first sign-in."""
    user = User.objects.create_superuser("admin", "", password, all_shops=True, must_change_password=True)
    set_roles(user=user, roles=[Role.SYSADMIN], actor=SYSTEM, now=now)
    return user


@transaction.atomic
def change_own_password(*, user: User, password: str, actor: Actor, now: datetime) -> None:
    """Give a member of staff the password that they have chosen; a one-time password has served its purpose."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(Change("accounts.password_changed", "user", str(user.pk)), actor=actor, now=now)


def authenticate_key(key: str, *, now: datetime) -> ApiClient | None:
    """The client that the key belongs to, None when it is unknown, revoked or expired."""
    parts = key.split("_")
    if len(parts) != 4 or not key.startswith(KEY_START + "_") or not key.isascii():
        return None
    client = ApiClient.objects.filter(prefix=parts[2]).first()
    if not hmac.compare_digest(client.secret_hash if client else "", _hash(parts[3])) or client is None:
        return None
    alive = client.revoked_at is None and (client.expires_at is None or client.expires_at > now)
    return client if alive else None


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
