"""What the calls on products and drafts answer."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from catalog.api.product_fields import (
    CompletenessOutput,
    DraftOutput,
    DraftSkuOutput,
    ImageOutput,
    IssueOutput,
    ProductOutput,
    ProductRevisionOutput,
    ProductSkuOutput,
)
from catalog.enums.listings import ProductStatus
from catalog.models import ListingRevision, Product, Sku
from catalog.queries.listing_facts import completeness_of, path_of
from catalog.queries.listings import content_of
from catalog.rules.content import ListingContent, SkuContent
from catalog.rules.findings import Finding
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from opsdesk.common.actors import Actor
from opsdesk.doors.words import say

API_STEPS = ("submit", "withdraw")


def product_output(product: Product, actor: Actor) -> ProductOutput:
    """The answer of one product that was read with its details."""
    revision = product.live_revision or product.latest_revision
    path = _path(product)
    return ProductOutput(
        id=product.public_id,
        code=product.code,
        title=product.title,
        category=[code for code, _ in path],
        category_names=[name for _, name in path],
        tags=revision.tags if revision else [],
        commitments=revision.commitments if revision else [],
        skus=_skus(product, revision),
        images=_images(revision),
        shops=_shops(product, revision, actor),
        revision=_shown(revision) if revision else None,
        status=product.listing_status,  # type: ignore[attr-defined]
        created_at=product.created_at,
        updated_at=product.updated_at,
        version=product.version,
    )


def _shown(revision: ListingRevision) -> ProductRevisionOutput:
    return ProductRevisionOutput(
        id=revision.public_id,
        no=revision.no,
        state=revision.state,
        change_kinds=revision.change_kinds,
        change_reason=revision.change_reason,
    )


def draft_output(revision: ListingRevision, findings: Iterable[Finding], actor: Actor) -> DraftOutput:
    """The answer of one revision."""
    steps = LISTING_LIFECYCLE.available(revision.state, actor)
    return _draft(content_of(revision), revision.product.code, findings).model_copy(
        update={
            "id": revision.public_id,
            "product": revision.product.public_id,
            "no": revision.no,
            "state": revision.state,
            "change_kinds": revision.change_kinds,
            "change_reason": revision.change_reason,
            "content_hash": revision.content_hash,
            "allowed_transitions": [step for step in API_STEPS if step in steps],
            "version": revision.version,
        }
    )


def preview_output(content: ListingContent, code: str, findings: Iterable[Finding]) -> DraftOutput:
    """The answer of a dry run."""
    return _draft(content, code, findings)


def _draft(content: ListingContent, code: str, findings: Iterable[Finding]) -> DraftOutput:
    plain = ("title", "core_keyword", "supplier", "brand", "model_no", "usage", "precautions", "detail")
    lists = ("selling_points", "use_scenarios", "tags", "commitments", "shops")
    path = [category.code for category in path_of(content.category)]
    return DraftOutput(
        **{name: getattr(content, name) for name in plain},
        **{name: list(getattr(content, name)) for name in lists},
        id=None,
        product=None,
        code=code,
        no=None,
        state="draft",
        category=path or ([content.category] if content.category else []),
        spec=dict(content.spec),
        images=[ImageOutput(**vars(image)) for image in content.images],
        skus=[_draft_sku(sku) for sku in content.skus],
        change_kinds=[],
        change_reason="",
        content_hash="",
        issues=[issue_output(finding) for finding in findings],
        completeness=CompletenessOutput(**asdict(completeness_of(content))),
        allowed_transitions=[],
        version=None,
    )


def issue_output(finding: Finding) -> IssueOutput:
    """One problem in the caller's language."""
    message = say(finding.message, finding.params)
    return IssueOutput(code=finding.code, severity=str(finding.severity), pointer=finding.pointer, message=message)


def _path(product: Product) -> Sequence[tuple[str, str]]:
    path, category = [], product.category
    while category is not None:
        path.append((category.code, category.name))
        category = category.parent
    return path[::-1]


def _images(revision: ListingRevision | None) -> list[ImageOutput]:
    return [ImageOutput(**image) for image in revision.images] if revision else []


def _shops(product: Product, revision: ListingRevision | None, actor: Actor) -> list[str]:
    """Where it is or was sold; before its first release, where it is meant to be sold."""
    if revision and product.status == ProductStatus.DRAFT:
        return sorted(revision.shop_codes)
    return sorted(offer.shop.code for offer in product.offers.all() if actor.sees_shop(offer.shop_id))


def _skus(product: Product, revision: ListingRevision | None) -> list[ProductSkuOutput]:
    """The SKUs on sale; before the first release, those of the draft."""
    if revision and product.status == ProductStatus.DRAFT:
        names = ("sku", "barcode", "options", "price", "discount_price", "member_price")
        drafted = content_of(revision).skus
        return [ProductSkuOutput(**{name: getattr(sku, name) for name in names}, available=0) for sku in drafted]
    return [_sku(sku) for sku in sorted(product.skus.all(), key=lambda sku: sku.pk) if sku.is_listed]


def _sku(sku: Sku) -> ProductSkuOutput:
    return ProductSkuOutput(
        sku=sku.code,
        barcode=sku.barcode,
        options=sku.options,
        price=sku.price,
        discount_price=sku.discount_price,
        member_price=sku.member_price,
        available=sum(item.available for item in sku.stock.all()),
    )


def _draft_sku(sku: SkuContent) -> DraftSkuOutput:
    return DraftSkuOutput(**vars(sku) | {"options": dict(sku.options)})
