"""Reading listings: who sees which, what a revision says, and where a product stands."""

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from catalog.enums.listings import ProductStatus, RevisionState
from catalog.models import ListingIssue, ListingRevision, Product, Tag
from catalog.rules.content import ImageContent, ListingContent, sku_from_json
from catalog.rules.listing_lifecycle import IN_REVIEW
from opsdesk.common.actors import Actor
from opsdesk.common.narrowing import any_of, row_by_row
from opsdesk.shops.queries import visible_to as visible_shops

_PLAIN = ("title", "core_keyword", "supplier", "brand", "model_no", "spec", "usage", "precautions", "detail")
_LISTS = ("selling_points", "use_scenarios", "tags", "commitments")


def content_of(revision: ListingRevision) -> ListingContent:
    """What the revision says, as the rules read it."""
    values: dict[str, Any] = {name: getattr(revision, name) for name in _PLAIN}
    values |= {name: tuple(getattr(revision, name)) for name in _LISTS}
    return ListingContent(
        **values,
        category=revision.category_code,
        shops=tuple(revision.shop_codes),
        images=tuple(ImageContent(**image) for image in revision.images),
        skus=tuple(sku_from_json(sku) for sku in revision.skus),
    )


def hash_of(revision_id: int) -> str:
    """The hash of what the revision says now."""
    return str(ListingRevision.objects.values_list("content_hash", flat=True).get(pk=revision_id))


def first_waivable(revision_id: int) -> int:
    """The first finding of the revision that may be waived. Raises: DoesNotExist. SOP: C13"""
    return (
        ListingIssue.objects.filter(revision=revision_id, is_waivable=True)
        .order_by("id")
        .values_list("pk", flat=True)[:1]
        .get()
    )


def shop_codes(actor: Actor) -> list[str]:
    """The codes of the shops that the actor sees."""
    return list(visible_shops(actor).values_list("code", flat=True))


def revisions_for(actor: Actor) -> QuerySet[ListingRevision]:
    """The revisions for at least one of the actor's shops, and those that name no shop yet."""
    revisions = ListingRevision.objects.select_related("product")
    if actor.shop_ids is None:
        return revisions
    return revisions.filter(Q(shop_codes__overlap=shop_codes(actor)) | Q(shop_codes=[]))


def products_for(actor: Actor) -> QuerySet[Product]:
    """The products that are sold in, or being written for, at least one of the actor's shops."""
    products = Product.objects.all()
    if actor.shop_ids is None:
        return products
    sold = Product.objects.filter(offers__shop__in=actor.shop_ids)
    return products.filter(Q(row_by_row(sold)) | Q(latest_revision__shop_codes__overlap=shop_codes(actor)))


def with_listing_status(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with `listing_status`: draft, in_review, approved, live or delisted.

    What is sold now is live whatever its next revision does; otherwise the newest revision decides.
    """

    def newest(*states: Any) -> Q:
        return Q(latest_revision__state__in=states)

    return products.annotate(
        listing_status=Case(
            When(status=ProductStatus.LIVE, then=F("status")),
            When(newest(*IN_REVIEW), then=Value("in_review")),
            When(newest(RevisionState.APPROVED), then=Value("approved")),
            default=F("status"),
            output_field=CharField(),
        )
    )


def standing(products: QuerySet[Product], status: str) -> QuerySet[Product]:
    """The products of one `listing_status`, asked for so that the indexes of the states serve."""
    if status == ProductStatus.LIVE:
        return products.filter(status=ProductStatus.LIVE)
    if status in ProductStatus.values:
        ahead = (*IN_REVIEW, RevisionState.APPROVED)
        return products.filter(status=status).exclude(latest_revision__state__in=ahead)
    states = IN_REVIEW if status == "in_review" else (RevisionState.APPROVED,)
    return products.filter(latest_revision__state__in=states).exclude(status=ProductStatus.LIVE)


def with_details(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with all that their answer shows, in a fixed number of statements."""
    rows = with_listing_status(products).select_related("category__parent__parent", "live_revision", "latest_revision")
    return rows.prefetch_related("offers__shop", "skus__stock")


def tagged(products: QuerySet[Product], tag: str) -> QuerySet[Product]:
    """The products whose shown listing has the tag, named by its code or its label: what search and recommendation read.

    SOP: C8
    """
    label = Tag.objects.filter(code=tag).values_list("label", flat=True).first() or tag
    shown = Product.objects.filter(live_revision__tags__contains=[label])
    drafted = Product.objects.filter(live_revision=None, latest_revision__tags__contains=[label])
    return products.filter(any_of(shown, drafted))


def revision_at(product: Any, moment: Any) -> QuerySet[ListingRevision, Any]:
    """The revision that buyers saw at a moment, such as ``P-1 #2``; for use in a subquery. SOP: C19"""
    rows = ListingRevision.objects.filter(product=product, published_at__lte=moment).order_by("-published_at")
    name = Concat("product__code", Value(" #"), Cast("no", CharField()))
    return rows.annotate(revision=name).values("revision")[:1]
