"""GET products/, products/{id}/; POST product-drafts/, GET product-drafts/{id}/, POST .../submit/ and .../withdraw/."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from catalog.api.draft_inputs import DraftInput
from catalog.api.product_fields import DraftOutput, ProductOutput
from catalog.api.product_outputs import draft_output, preview_output, product_output
from catalog.enums.listings import ProductStatus, Severity
from catalog.models import Category, ListingRevision, Product
from catalog.queries.listing_facts import resolve_category
from catalog.queries.listings import products_for, revisions_for, standing, tagged, with_details
from catalog.rules.findings import Finding
from catalog.services import drafts, judgement
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue, Malformed, NotFound
from opsdesk.common.narrowing import any_of
from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Input
from opsdesk.doors.api.views import CommandView, DetailView, ListView

STATUSES = tuple((name, name) for name in ("draft", "in_review", "approved", "live", "delisted"))


class ProductFilter(django_filters.FilterSet):
    """`category` is the code of a category of any level; `tag` is a tag's code or label, `shop` is exact."""

    status = django_filters.ChoiceFilter(method="standing", choices=STATUSES)
    category = django_filters.CharFilter(method="in_category")
    tag = django_filters.CharFilter(method="with_tag")
    shop = django_filters.CharFilter(method="in_shop")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Product
        fields: list[str] = []

    def standing(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """Products that stand where `listing_status` says."""
        return standing(rows, value)

    def in_category(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """Products of the category or of one below it; the planner knows how many those keys have."""
        named = Q(*((path, value) for path in ("code", "parent__code", "parent__parent__code")), _connector=Q.OR)
        return rows.filter(category__in=list(Category.objects.filter(named).values_list("pk", flat=True)))

    def with_tag(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """Products whose shown listing has the tag, named by its code or its label. SOP: C8"""
        return tagged(rows, value)

    def in_shop(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        """Products that are sold in the shop, were until they were delisted, or are meant to be."""
        drafted = Product.objects.filter(status=ProductStatus.DRAFT, latest_revision__shop_codes__contains=[value])
        return rows.filter(any_of(Product.objects.filter(offers__shop__code=value), drafted))


class NoInput(Input):
    """A call without a body's content."""


def find_revision(public_id: str, actor: Actor) -> ListingRevision:
    """The revision ``lst_...``. Raises: NotFound."""
    revision = revisions_for(actor).filter(public_id=public_id).first()
    if revision is None:
        raise NotFound()
    return revision


def kept_findings(revision: ListingRevision) -> list[Finding]:
    """What was found when the revision was last checked."""
    rows = revision.issues.order_by("id").values_list("code", "pointer", "message", "params", "severity")
    return [Finding(code, pointer, text, params, Severity(severity)) for code, pointer, text, params, severity in rows]


class ProductCollection(ListView):
    """Products, newest first."""

    permission = "catalog.view_product"
    returns, filterset = ProductOutput, ProductFilter

    def rows(self, actor: Actor) -> QuerySet[Product]:
        return with_details(products_for(actor))

    def render(self, rows: list[Product]) -> list[Any]:
        return [product_output(product, self.actor) for product in rows]


class ProductDetail(DetailView):
    """One product by ``prd_...`` or by ``external:<shop>:<code>``."""

    permission = "catalog.view_product"
    returns = ProductOutput

    def read(self, actor: Actor, **kwargs: Any) -> ProductOutput:
        key, products = kwargs["key"], products_for(actor)
        if key.startswith("external:") and key.count(":") >= 2:
            _, shop, code = key.split(":", 2)
            sold = Q(pk__in=Product.objects.filter(offers__shop__code=shop).values("pk"))
            products = products.filter(sold | Q(latest_revision__shop_codes__contains=[shop]), code=code)
        else:
            products = products.filter(public_id=key)
        product = with_details(products).first()
        if product is None:
            raise NotFound()
        return product_output(product, actor)


class DraftCollection(CommandView):
    """Taking in a product's data: a draft revision and all that is wrong with it. ``?dry_run=1`` writes nothing."""

    permission = "catalog.add_listingrevision"
    accepts, returns, success = DraftInput, DraftOutput, 201

    @property
    def is_dry_run(self) -> bool:
        asked = self.request.query_params.get("dry_run", "0")
        if asked not in ("0", "1"):
            issues = [Issue("?dry_run", "invalid_parameter", mark("It must be 0 or 1."))]
            raise Malformed(mark("The query has errors."), code="invalid_parameter", issues=issues)
        return asked == "1"

    def execute(self, data: DraftInput, *, actor: Actor, now: datetime) -> tuple[DraftOutput, int]:
        content = data.to_content(resolve_category, drafts.default_shops(code=data.code, actor=actor))
        if self.is_dry_run:
            findings = drafts.preview_draft(code=data.code, content=content, actor=actor)
            return preview_output(content, data.code, findings), 200
        draft = drafts.create_draft(code=data.code, content=content, update=data.update, actor=actor, now=now)
        return draft_output(draft.revision, draft.findings, actor), 201 if draft.created else 200


class DraftDetail(DetailView):
    """One revision of a listing."""

    permission = "catalog.add_listingrevision"
    returns = DraftOutput

    def read(self, actor: Actor, **kwargs: Any) -> DraftOutput:
        revision = find_revision(kwargs["key"], actor)
        return draft_output(revision, kept_findings(revision), actor)


class DraftSubmit(CommandView):
    """Handing a draft to its reviewers; every error that stops it is named."""

    permission = "catalog.submit_listing"
    accepts, returns = NoInput, DraftOutput

    def execute(self, data: NoInput, *, actor: Actor, now: datetime) -> DraftOutput:
        revision = find_revision(self.kwargs["key"], actor)
        self.check_version(revision.version)
        done = judgement.submit(revision_id=revision.pk, actor=actor, now=now)
        return draft_output(done, kept_findings(done), actor)


class DraftWithdraw(CommandView):
    """Taking a listing back from its review."""

    permission = "catalog.submit_listing"
    accepts, returns = NoInput, DraftOutput

    def execute(self, data: NoInput, *, actor: Actor, now: datetime) -> DraftOutput:
        revision = find_revision(self.kwargs["key"], actor)
        self.check_version(revision.version)
        done = judgement.withdraw(revision_id=revision.pk, actor=actor, now=now)
        return draft_output(done, kept_findings(done), actor)
