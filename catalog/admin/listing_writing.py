"""The screen on which a listing is written: the prescribed form, and every problem beside its field."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict

from catalog.admin.listing_forms import GROUPS, ImageRows, ListingForm, SkuForm, SkuRows, field_label
from catalog.models import ListingRevision
from catalog.queries.listings import content_of, shop_codes
from catalog.rules.content import ListingContent
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.words import say


@dataclass(frozen=True)
class Remark:
    """A problem in the reader's language."""

    severity: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A field of the form with the problems of what it says."""

    field: BoundField
    remarks: Sequence[Remark]


Remarks = dict[str, list[Remark]]


class Sheet:
    """The form and its two tables, filled from a request, from a revision, or empty."""

    def __init__(self, actor: Actor, *, revision: ListingRevision | None, fixed_code: bool, data: QueryDict | None) -> None:
        self.revision = revision
        content = content_of(revision) if revision else ListingContent(shops=tuple(shop_codes(actor)))
        initial = asdict(content) | {"code": revision.product.code if revision else ""}
        initial["version"] = revision.version if revision else None
        self.form = ListingForm(data, initial=initial, shops=shop_codes(actor), fixed_code=fixed_code)
        self.skus = SkuRows(data, initial=initial["skus"], prefix="skus")
        self.images = ImageRows(data, initial=initial["images"], prefix="images")

    def is_valid(self) -> bool:
        """True when everything can be read; the problems of what it says are another matter."""
        return all([self.form.is_valid(), self.skus.is_valid(), self.images.is_valid()])

    def content(self) -> ListingContent:
        """What was written, as the service takes it."""
        return self.form.content(_filled(self.skus), _filled(self.images))

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        remarks = remarks_of(self.revision)
        return {
            "form": self.form,
            "groups": [(title, [Cell(self.form[name], remarks[name]) for name in names]) for title, names in GROUPS],
            "skus": self.skus,
            "sku_labels": [field.label for field in SkuForm.base_fields.values()],
            "sku_rows": _rows(self.skus, "skus", remarks),
            "sku_remarks": remarks["skus"],
            "images": self.images,
            "image_rows": _rows(self.images, "images", remarks),
            "image_remarks": remarks["images"],
            "revision": self.revision,
        }


def remarks_of(revision: ListingRevision | None) -> Remarks:
    """The problems found by field; those of a cell of a table by ``skus/0/price``."""
    found: Remarks = defaultdict(list)
    for issue in revision.issues.order_by("id") if revision else ():
        parts = issue.pointer.lstrip("/").split("/")
        key = "/".join(parts[:3]) if parts[0] in ("skus", "images") else parts[0]
        found[key].append(Remark(issue.severity, say(issue.message, issue.params)))
    return found


def findings_of(revision: ListingRevision) -> list[tuple[str, Remark]]:
    """All problems found, each with what the form calls its field."""
    issues = revision.issues.order_by("id")
    return [(field_label(issue.pointer), Remark(issue.severity, say(issue.message, issue.params))) for issue in issues]


def sheet_of(request: HttpRequest, actor: Actor, *, revision: ListingRevision | None, fixed_code: bool) -> Sheet:
    """The sheet of a request."""
    return Sheet(actor, revision=revision, fixed_code=fixed_code, data=posted(request))


def _filled(rows: Any) -> Iterable[Any]:
    return [content for content in (row.to_content() for row in rows) if content]


def _rows(rows: "forms.BaseFormSet[Any]", prefix: str, remarks: Remarks) -> list[list[Cell]]:
    return [
        [Cell(row[name], remarks[f"{prefix}/{index}/{name}"]) for name in row.fields] for index, row in enumerate(rows.forms)
    ]
