"""How the shops' storefronts are read, and whether they can be."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import soupsieve
from django.conf import settings
from django.db import IntegrityError, transaction

from catalog.enums.listings import CheckState
from catalog.enums.quality import PageFormat
from catalog.models import PostPublishCheck, Product, Storefront, StorefrontItem
from catalog.parameters.quality import STOREFRONT_REPAIR
from catalog.rules.quality.addresses import template_problem
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.outbound.addresses import is_public
from opsdesk.parameters.queries import value
from opsdesk.shops.models import Shop

SUBJECT, UNREADABLE = "storefront", "catalog.storefront_unreadable"
PARTS = ("category", "title", "sku", "sku_code", "price", "available", "commitments", "images")
_NEEDED = ("category", "price")


@dataclass(frozen=True)
class Reading:
    """How a storefront is read; `parts` are dotted paths or CSS selectors by the name of the fact."""

    address: str
    page_format: PageFormat
    parts: Mapping[str, str] = field(default_factory=dict)
    is_enabled: bool = True


@transaction.atomic
def set_storefront(*, shop_id: int, reading: Reading, actor: Actor, now: datetime) -> Storefront:
    """Say how a shop's storefront is read. Publications that still wait for their check are probed at once.

    Raises: Forbidden, NotFound (no such shop, or not the actor's), Invalid (every problem at once).
    SOP: C15
    """
    actor.require("catalog.change_storefront")
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None or not actor.sees_shop(shop.pk):
        raise NotFound()
    if issues := _problems(reading):
        raise Invalid(issues[0].message, code=issues[0].code, issues=issues)
    Storefront.objects.bulk_create([Storefront(shop=shop)], ignore_conflicts=True)
    row = lock_one(Storefront.objects.filter(shop=shop))
    before = {"address": row.address, "enabled": row.is_enabled}
    row.address, row.page_format, row.is_enabled = reading.address, reading.page_format, reading.is_enabled
    row.parts = {name: path for name, path in reading.parts.items() if path}
    row.save(update_fields=["address", "page_format", "parts", "is_enabled"])
    if row.is_enabled:
        waiting = PostPublishCheck.objects.filter(state=CheckState.PENDING, probe_at=None)
        waiting.filter(revision__shop_codes__contains=[shop.code]).update(probe_at=now)
    else:
        _readable_again(row, now)
    after = {"address": row.address, "enabled": row.is_enabled, "format": str(row.page_format)}
    change = Change("catalog.storefront_set", SUBJECT, row.public_id, shop=shop.code, before=before, after=after)
    record(change, actor=actor, now=now)
    return row


@transaction.atomic
def set_external_id(*, product_code: str, shop_id: int, external_id: str, actor: Actor, now: datetime) -> StorefrontItem:
    """Note the number that a shop's platform gives to a product.

    Raises: Forbidden, NotFound (no such product), Conflict (another product has the number).
    SOP: C15
    """
    actor.require("catalog.change_storefrontitem")
    product = Product.objects.filter(code=product_code, offers__shop=shop_id).first()
    if product is None or not actor.sees_shop(shop_id):
        text = mark("This shop does not sell %(product)s.")
        raise Invalid(
            text, code="unknown_product", issues=[Issue("/product", "unknown_product", text, {"product": product_code})]
        )
    try:
        with transaction.atomic():
            row, _ = StorefrontItem.objects.update_or_create(
                product=product, shop_id=shop_id, defaults={"external_id": external_id}
            )
    except IntegrityError:
        text = mark("Another product has this number.")
        raise Conflict(text, code="taken", issues=[Issue("/external_id", "taken", text)]) from None
    change = Change("catalog.external_id_set", "product", product.public_id, after={"external_id": external_id})
    record(change, actor=actor, now=now)
    return row


def note_reading(*, storefront: Storefront, failure: str, now: datetime) -> None:
    """Keep whether a storefront could be read. One that cannot is the technical desk's work until it can be again.

    SOP: C15
    """
    if not failure:
        _readable_again(storefront, now)
        return
    Storefront.objects.filter(pk=storefront.pk, failing_since=None).update(failing_since=now)
    params = {"shop": storefront.shop.code, "failure": failure}
    due_at = now + value(STOREFRONT_REPAIR)
    inbox.raise_item(Work(UNREADABLE, SUBJECT, storefront.public_id, due_at, storefront.shop_id, params=params), now=now)


def _readable_again(storefront: Storefront, now: datetime) -> None:
    Storefront.objects.filter(pk=storefront.pk).update(failing_since=None, last_read_at=now)
    inbox.resolve(kind=UNREADABLE, subject_ids=[storefront.public_id], outcome="readable", actor=SYSTEM, now=now)


def _problems(reading: Reading) -> list[Issue]:
    issues = []
    if problem := template_problem(reading.address) or _forbidden(reading.address):
        issues.append(Issue("/address", "forbidden_url", problem))
    for name, path in reading.parts.items():
        if path and not _is_path(path, reading.page_format):
            text = mark("This is no path: %(path)s")
            issues.append(Issue(f"/{name}", "invalid_path", text, {"path": path}))
    for name in _NEEDED if reading.page_format == PageFormat.JSON else ():
        if not reading.parts.get(name):
            issues.append(Issue(f"/{name}", "required", mark("The check after publishing needs it.")))
    return issues


def _forbidden(address: str) -> str:
    """A number as host is judged at once; names are judged whenever they are read."""
    host = urlsplit(address).hostname or ""
    try:
        literal = str(ipaddress.ip_address(host))
    except ValueError:
        return ""
    allowed = settings.OUTBOUND_ALLOW_PRIVATE or is_public(literal)
    return "" if allowed else mark("Addresses of private networks are not allowed.")


def _is_path(path: str, page_format: str) -> bool:
    if page_format == PageFormat.JSON:
        return all(path.split("."))
    selector = path.partition("@")[0].strip()
    try:
        soupsieve.compile(selector or "*")
    except soupsieve.SelectorSyntaxError:
        return False
    return True
