"""The screen on which a listing is written: the prescribed form, and every problem beside its field."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict

from catalog.admin.entry.category_fields import PREFIX
from catalog.admin.listing_forms import GROUPS, ImageRows, ListingForm, Offered, SkuForm, SkuRows, field_label
from catalog.models import ListingIssue, ListingRevision
from catalog.queries.entry.vocabulary import form_of, path_of, read_labels
from catalog.queries.listing_facts import completeness_of
from catalog.queries.listings import content_of, shop_codes
from catalog.queries.prices.moments import with_lasting_prices
from catalog.queries.selection.suppliers import supplier_names
from catalog.rules.completeness import REQUIRED
from catalog.rules.content import ListingContent
from catalog.rules.listing_lifecycle import OPEN
from catalog.services.drafts import Update
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.words import say


@dataclass(frozen=True)
class Remark:
    """A problem in the reader's language; `issue_id` where it can be waived, `waived` who waived it and why."""

    severity: str
    text: str
    issue_id: int | None = None
    waived: str = ""


@dataclass(frozen=True)
class Cell:
    """A field of the form with the problems of what it says."""

    field: BoundField
    remarks: Sequence[Remark]

    @property
    def is_required(self) -> bool:
        """True for what every listing must say; a draft may be saved without it."""
        return self.field.name in REQUIRED and self.field.name != "spec"


@dataclass(frozen=True)
class Progress:
    """How complete a listing is, in percent, and what is missing in the reader's words."""

    percent: int
    missing: Sequence[str]


Remarks = dict[str, list[Remark]]


class Sheet:
    """The form and its two tables, filled from a request, from a revision, or empty."""

    def __init__(self, actor: Actor, *, revision: ListingRevision | None, fixed_code: bool, data: QueryDict | None) -> None:
        self.revision = revision
        content = _as_it_begins(revision) if revision else ListingContent(shops=tuple(shop_codes(actor)))
        initial = asdict(content) | {"code": revision.product.code if revision else ""}
        initial["version"] = revision.version if revision else None
        if revision and revision.state in OPEN:
            initial |= {"change_kinds": revision.change_kinds, "change_reason": revision.change_reason}
        category = data.get("category", "") if data is not None else content.category
        self.form = ListingForm(data, initial=initial, offered=offered_to(actor, str(category)), fixed_code=fixed_code)
        self.skus = SkuRows(data, initial=initial["skus"], prefix="skus")
        self.images = ImageRows(data, initial=initial["images"], prefix="images")

    def is_valid(self) -> bool:
        """True when everything can be read; the problems of what it says are another matter."""
        return all([self.form.is_valid(), self.skus.is_valid(), self.images.is_valid()])

    def content(self) -> ListingContent:
        """What was written, as the service takes it."""
        return self.form.content(_filled(self.skus), _filled(self.images))

    def update(self) -> Update:
        """What the revision changes, and why."""
        data = self.form.cleaned_data
        return Update(tuple(data["change_kinds"]), data["change_reason"])

    def cells(self, remarks: Remarks) -> list[tuple[Any, list[Cell]]]:
        """The fields by group; those of the category's form come first in the specification."""
        asked = [Cell(self.form[name], remarks[name]) for name in self.form.fields if name.startswith(PREFIX)]
        known = {cell.field.name for cell in asked}
        remarks["spec"] += [remark for name in [*remarks] if _is_stray(name, known) for remark in remarks[name]]
        groups = [(title, [Cell(self.form[name], remarks[name]) for name in names]) for title, names in GROUPS]
        return [(title, [*asked, *found] if found[0].field.name == "spec" else found) for title, found in groups]

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        remarks = remarks_of(self.revision)
        return {
            "form": self.form,
            "groups": self.cells(remarks),
            "skus": self.skus,
            "sku_labels": [field.label for field in SkuForm.base_fields.values()],
            "sku_rows": _rows(self.skus, "skus", remarks),
            "sku_remarks": remarks["skus"],
            "images": self.images,
            "image_rows": _rows(self.images, "images", remarks),
            "image_remarks": remarks["images"],
            "revision": self.revision,
            "progress": progress_of(content_of(self.revision)) if self.revision else None,
        }


def _as_it_begins(revision: ListingRevision) -> ListingContent:
    """What the form shows first: an open revision as it is, the next one with the prices that hold now. SOP: C10"""
    content = content_of(revision)
    return content if revision.state in OPEN else with_lasting_prices(content)


def remarks_of(revision: ListingRevision | None) -> Remarks:
    """The problems found by field; those of a cell of a table by ``skus/0/price``, of a specification by its field."""
    found: Remarks = defaultdict(list)
    for issue in revision.issues.select_related("waiver__waived_by").order_by("id") if revision else ():
        parts = issue.pointer.lstrip("/").split("/")
        key = "/".join(parts[:3]) if parts[0] in ("skus", "images") else parts[0]
        if parts[0] == "spec" and len(parts) > 1:
            key = PREFIX + field_label(issue.pointer)
        found[key].append(_remark(issue))
    return found


def findings_of(revision: ListingRevision) -> list[tuple[str, Remark]]:
    """All problems found, each with what the form calls its field."""
    issues = revision.issues.select_related("waiver__waived_by").order_by("id")
    return [(field_label(issue.pointer), _remark(issue)) for issue in issues]


def finding_of(revision: ListingRevision, issue_id: int) -> tuple[str, Remark] | None:
    """One problem, with what the form calls its field; None when it is gone."""
    issue = revision.issues.select_related("waiver__waived_by").filter(pk=issue_id).first()
    return (field_label(issue.pointer), _remark(issue)) if issue else None


def progress_of(content: ListingContent) -> Progress:
    """How complete the content is, with what the form calls the fields that are missing."""
    found = completeness_of(content)
    return Progress(found.percent, [field_label(pointer) for pointer in found.missing])


def offered_to(actor: Actor, category: str) -> Offered:
    """What the form of a listing of that category offers."""
    labels = read_labels()
    form = form_of(path_of(category)) if category else ()
    return Offered(shop_codes(actor), [*labels.tags.values()], [*labels.commitments.values()], form, supplier_names())


def sheet_of(request: HttpRequest, actor: Actor, *, revision: ListingRevision | None, fixed_code: bool) -> Sheet:
    """The sheet of a request."""
    return Sheet(actor, revision=revision, fixed_code=fixed_code, data=posted(request))


def _remark(issue: ListingIssue) -> Remark:
    waiver = issue.waiver
    waived = f"{waiver.waived_by}: {waiver.reason}" if waiver else ""
    return Remark(issue.severity, say(issue.message, issue.params), issue.pk if issue.is_waivable else None, waived)


def _is_stray(name: str, known: set[str]) -> bool:
    """True for a remark on a specification that the category's form has no field for."""
    return name.startswith(PREFIX) and name not in known


def _filled(rows: Any) -> Iterable[Any]:
    return [content for content in (row.to_content() for row in rows) if content]


def _rows(rows: "forms.BaseFormSet[Any]", prefix: str, remarks: Remarks) -> list[list[Cell]]:
    return [
        [Cell(row[name], remarks[f"{prefix}/{index}/{name}"]) for name in row.fields] for index, row in enumerate(rows.forms)
    ]
