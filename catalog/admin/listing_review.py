"""What a reviewer sees: the new revision beside the live one, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.enums.listings import ReviewReason
from catalog.models import ListingRevision
from catalog.queries.listings import content_of, revisions_for
from catalog.rules.content import ListingContent, SkuContent, in_words
from catalog.rules.diff import Comparison, compare
from catalog.rules.pricing import margin_percent
from catalog.services import listing_steps as steps
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.queries import open_for
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.queries import history, pending
from opsdesk.reviews.services import Verdict

STAGE_TITLES = {"material": _("Material review"), "final": _("Release review")}
VERDICTS = {"approve": ReviewState.APPROVED, "return": ReviewState.RETURNED, "reject": ReviewState.REJECTED}
SHOWN = 200
_TEXTS: tuple[tuple[str, Any], ...] = (
    ("title", _("Title")),
    ("core_keyword", _("Core keyword")),
    ("category", _("Category")),
    ("supplier", _("Supplier")),
    ("brand", _("Brand")),
    ("model_no", _("Model")),
    ("spec", _("Specification")),
    ("selling_points", _("Selling points")),
    ("use_scenarios", _("Use scenarios")),
    ("usage", _("Usage")),
    ("precautions", _("Precautions")),
    ("detail", _("Detail text")),
    ("tags", _("Tags")),
    ("commitments", _("Service commitments")),
    ("shops", _("Shops")),
)


class VerdictForm(CommandForm):
    """The decision on exactly the content that was shown."""

    seen_hash = forms.CharField(widget=forms.HiddenInput)
    stage = forms.ChoiceField(choices=[(name, name) for name in STAGE_TITLES], widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[(name, name) for name in VERDICTS], widget=forms.HiddenInput)
    reasons = forms.MultipleChoiceField(label=_("Reasons"), choices=ReviewReason.choices, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)

    def given(self) -> Verdict:
        """The form as what the service takes."""
        data = self.cleaned_data
        return Verdict(VERDICTS[data["verdict"]], data["seen_hash"], data["reasons"], data["note"])


@dataclass(frozen=True)
class DiffRow:
    label: Any
    sides: Comparison


@dataclass(frozen=True)
class QueueRow:
    """One review that waits, with the listing and who has claimed it."""

    review: ReviewRequest
    revision: ListingRevision
    item: WorkItem | None


@dataclass(frozen=True)
class Judged:
    """A decision with its reasons in words."""

    stage: Any
    review: ReviewRequest
    reasons: list[Any]


def diff(revision: ListingRevision, *, costs: bool) -> list[DiffRow]:
    """Every field of the revision beside the live one's; costs only for those who may see them. SOP: C13, C21"""
    live = revision.product.live_revision
    return compared(live if live and live.pk != revision.pk else None, revision, costs=costs)


def compared(before_it: ListingRevision | None, revision: ListingRevision, *, costs: bool) -> list[DiffRow]:
    """Every field of any two revisions side by side; costs only for those who may see them. SOP: C21"""
    old = content_of(before_it) if before_it else ListingContent()
    new = content_of(revision)
    rows = [DiffRow(label, compare(_text(getattr(old, name)), _text(getattr(new, name)))) for name, label in _TEXTS]
    rows.append(DiffRow(_("Images"), compare(_images(old), _images(new))))
    before, after = ({sku.sku: sku for sku in content.skus} for content in (old, new))
    for code in dict.fromkeys([*before, *after]):
        sides = compare(_sku(before.get(code), costs), _sku(after.get(code), costs))
        rows.append(DiffRow(code, sides))
    return rows


def queue(actor: Actor, stage: str) -> list[QueueRow]:
    """The reviews of a stage in the actor's shops, earliest due first."""
    reviews = list(pending(steps.KIND).filter(stage=stage)[:SHOWN])
    ids = [review.subject_id for review in reviews]
    revisions = {revision.public_id: revision for revision in revisions_for(actor).filter(public_id__in=ids)}
    items = WorkItem.objects.filter(subject_kind=steps.KIND, subject_id__in=ids, closed_at=None).select_related("owner")
    work = {item.subject_id: item for item in items if item.kind in (steps.MATERIAL, steps.FINAL)}
    return [
        QueueRow(review, revisions[review.subject_id], work.get(review.subject_id))
        for review in reviews
        if review.subject_id in revisions
    ]


def judged(revision: ListingRevision) -> list[Judged]:
    """The decisions on the revision so far, oldest first."""
    reviews = history(steps.KIND, revision.public_id).exclude(decided_at=None)
    return [
        Judged(STAGE_TITLES[review.stage], review, [ReviewReason(reason).label for reason in review.reasons])
        for review in reviews
    ]


def open_review(revision: ListingRevision) -> ReviewRequest | None:
    """The review that the revision waits for."""
    return pending(steps.KIND).filter(subject_id=revision.public_id).first()


def open_item(revision: ListingRevision) -> WorkItem | None:
    """The work item of that review."""
    items = open_for(steps.KIND, revision.public_id)
    return items.filter(kind__in=(steps.MATERIAL, steps.FINAL)).first()


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {text}" for name, text in value.items())
    return value if isinstance(value, str) else "\n".join(value)


def _images(content: ListingContent) -> str:
    return "\n".join(
        f"{image.kind}: {image.url}" + (f" ({image.width} x {image.height})" if image.width else "") for image in content.images
    )


def _sku(sku: SkuContent | None, costs: bool) -> str:
    return "\n".join(_sku_lines(sku, costs)) if sku else ""


def _sku_lines(sku: SkuContent, costs: bool) -> Iterator[str]:
    if sku.options:
        yield in_words(sku.options)
    amounts: list[tuple[Any, Any]] = [
        (_("Price"), sku.price),
        (_("Discount price"), sku.discount_price),
        (_("Member price"), sku.member_price),
    ]
    if costs:
        amounts += [(_("Cost"), sku.cost), (_("Competitor price"), sku.competitor_price)]
        if sku.price and sku.cost is not None:
            amounts.append((_("Margin (percent)"), margin_percent(price=sku.price, cost=sku.cost)))
    for label, amount in amounts:
        if amount is not None:
            yield f"{label}: {amount:.2f}"
    for label, value in ((_("Barcode"), sku.barcode), (_("Alert threshold"), sku.alert_threshold)):
        if value not in ("", None):
            yield f"{label}: {value}"
