"""Writing a listing: the first draft of a product, its next revision, and every edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.enums.listings import ProductStatus
from catalog.models import Category, ListingRevision, Product
from catalog.queries.entry.vocabulary import Vocabulary
from catalog.queries.listing_facts import facts_for
from catalog.queries.listings import shop_codes
from catalog.rules.content import ImageContent, ListingContent, SkuContent, content_hash
from catalog.rules.findings import Finding
from catalog.rules.listing_checks import check
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE, OPEN
from catalog.services import listing_steps as steps
from catalog.services.draft_columns import canonical, columns_of, with_editor
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor, ActorKind
from opsdesk.common.errors import Conflict, Invalid, Issue, Stale
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.reviews.services import withdraw

__all__ = [
    "Draft",
    "ImageContent",
    "ListingContent",
    "SkuContent",
    "canonical",
    "create_draft",
    "default_shops",
    "edit_draft",
    "preview_draft",
]


@dataclass(frozen=True)
class Draft:
    """A revision with what is wrong with it. `created` is False when the very same draft was there already."""

    revision: ListingRevision
    findings: list[Finding]
    created: bool = True


@dataclass(frozen=True)
class Update:
    """What a revision of a product that was on sale before changes, and why. SOP: C21"""

    kinds: Sequence[str] = ()
    reason: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The update as columns of a revision."""
        return {"change_kinds": list(dict.fromkeys(self.kinds)), "change_reason": self.reason.strip()}


@transaction.atomic
def create_draft(
    *,
    code: str,
    content: ListingContent,
    update: Update | None = None,
    from_table: bool = False,
    actor: Actor,
    now: datetime,
    vocabulary: Vocabulary | None = None,
) -> Draft:
    """Write the first revision of a new product, or the next one of the product with that code.

    A draft that differs takes the place of one that is still being worked on, and of its approval; the same content
    again changes nothing. The live listing stays as it is. Whoever writes many gives the `vocabulary`, read once; what
    comes `from_table` does not change the prices of goods on sale.
    Raises: Forbidden, Invalid (unknown shop), Conflict (the code belongs to another shop's product).
    SOP: C3, C5, C21
    """
    actor.require("catalog.add_listingrevision")
    content = canonical(content, vocabulary)
    product = _product(code, content, actor)
    open_one = lock_many(ListingRevision.objects.filter(product=product, state__in=OPEN))
    for revision in open_one:
        revision.product = product
        if revision.content_hash == content_hash(content):
            _restate(revision, update, actor)
            return Draft(revision, steps.examine(revision, vocabulary), created=False)
        _replace(revision, actor, now)
    columns = columns_of(content) | (update or Update()).columns | {"keeps_prices": from_table}
    return _write_next(product, columns, actor, now, vocabulary)


def _restate(revision: ListingRevision, update: Update | None, actor: Actor) -> None:
    """The same content with another word of what it changes; what is in review already stays as it was handed in."""
    if update is None or revision.state not in LISTING_LIFECYCLE.transitions["submit"].sources:
        return
    if {name: getattr(revision, name) for name in update.columns} != update.columns:
        actor.require("catalog.change_listingrevision")
        revision.change_kinds, revision.change_reason = update.columns.values()
        revision.save(update_fields=["change_kinds", "change_reason"])


def _write_next(product: Product, columns: dict[str, Any], actor: Actor, now: datetime, vocabulary: Vocabulary | None) -> Draft:
    last = ListingRevision.objects.filter(product=product).order_by("-no").values_list("no", flat=True).first() or 0
    revision = ListingRevision.objects.create(
        product=product,
        no=last + 1,
        author_id=actor.staff_id,
        author_label=actor.label,
        last_editor_id=actor.staff_id,
        editor_ids=with_editor(actor, []),
        through_api=actor.kind is ActorKind.CLIENT,
        **columns,
    )
    _follow(product, revision)
    after = {"no": revision.no, "content_hash": revision.content_hash}
    record(Change("listings.drafted", steps.KIND, revision.public_id, after=after), actor=actor, now=now)
    return Draft(revision, steps.examine(revision, vocabulary))


@transaction.atomic
def edit_draft(
    *,
    revision_id: int,
    version: int,
    content: ListingContent,
    update: Update | None = None,
    actor: Actor,
    now: datetime,
) -> Draft:
    """Write a revision anew. Whatever judgement it had is gone: an edited listing is a draft again.

    Raises: NotFound, Forbidden, IllegalTransition, Stale (somebody else saved it first), Invalid (unknown shop).
    SOP: C5, C13
    """
    revision = steps.lock_revision(revision_id, actor)
    step = steps.enter(revision, "edit", actor)
    if revision.version != version:
        raise Stale()
    content = canonical(content)
    _require_shops(content, actor)
    withdraw(kind=steps.KIND, subject_id=revision.public_id)
    steps.finish_work(revision, "edited", actor=actor, now=now)
    columns = columns_of(content) | {"last_editor_id": actor.staff_id, "editor_ids": with_editor(actor, revision.editor_ids)}
    columns |= {"approved_hash": "", "publish_at": None, "submitted_at": None}
    columns |= update.columns if update else {}
    columns["keeps_prices"] = revision.keeps_prices and columns["skus"] == revision.skus
    steps.move(revision, step, actor=actor, now=now, **columns)
    _follow(revision.product, revision)
    return Draft(revision, steps.examine(revision))


def preview_draft(*, code: str, content: ListingContent, actor: Actor, vocabulary: Vocabulary | None = None) -> list[Finding]:
    """What would be wrong with such a draft; writes nothing.

    Raises: Forbidden, Invalid (unknown shop).
    SOP: C3
    """
    actor.require("catalog.add_listingrevision")
    _require_shops(content, actor)
    product = Product.objects.filter(code=code).first()
    content = canonical(content, vocabulary)
    return check(content, facts_for(content, product=product, waived=False, vocabulary=vocabulary))


def default_shops(*, code: str, actor: Actor) -> tuple[str, ...]:
    """The shops of a draft that names none: where the product is sold, else every shop that the actor sees."""
    seen = set(shop_codes(actor))
    sold = set(Product.objects.filter(code=code).values_list("offers__shop__code", flat=True)) & seen
    return tuple(sorted(sold or seen))


def _product(code: str, content: ListingContent, actor: Actor) -> Product:
    """The locked product of that code, made if there is none."""
    _require_shops(content, actor)
    Product.objects.bulk_create([Product(code=code, title=content.title)], ignore_conflicts=True)
    product = lock_one(Product.objects.filter(code=code))
    if actor.shop_ids is not None:
        newest = product.latest_revision
        named = set(product.offers.values_list("shop__code", flat=True)) | set(newest.shop_codes if newest else ())
        if not named <= set(shop_codes(actor)):
            raise Conflict(mark("This product code is in use by another shop."), code="code_taken")
    return product


def _require_shops(content: ListingContent, actor: Actor) -> None:
    known = set(shop_codes(actor))
    issues = [
        Issue(f"/shops/{index}", "unknown_shop", mark("There is no shop %(shop)s."), {"shop": code})
        for index, code in enumerate(content.shops)
        if code not in known
    ]
    if issues:
        raise Invalid(issues=issues, code="unknown_shop")


def _replace(revision: ListingRevision, actor: Actor, now: datetime) -> None:
    """Put aside a revision that a newer draft takes the place of."""
    step = LISTING_LIFECYCLE.enter("replace_draft", revision.state, actor)
    withdraw(kind=steps.KIND, subject_id=revision.public_id)
    steps.finish_work(revision, "replaced", actor=actor, now=now)
    steps.move(revision, step, actor=actor, now=now, publish_at=None)


def _follow(product: Product, revision: ListingRevision) -> None:
    """A product shows its newest revision; before its first release it is called and filed as its draft is."""
    columns: dict[str, Any] = {"latest_revision": revision}
    if product.status == ProductStatus.DRAFT:
        category = Category.objects.filter(code=revision.category_code).first()
        columns |= {"title": revision.title, "category": category}
    Product.objects.filter(pk=product.pk).update(**columns)
