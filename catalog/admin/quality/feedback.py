"""Customer feedback: the list, one row by form, many rows pasted from a sheet."""

import csv
from datetime import datetime
from io import StringIO
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from catalog.admin.quality.base import form_page
from catalog.enums.quality import FeedbackReason, FeedbackSource
from catalog.models import ProductFeedback
from catalog.queries.listings import products_for
from catalog.services.quality.feedback import Voice, take_feedback
from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.filters import choice_filter
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.doors.words import say
from opsdesk.duties.definitions import SHOP_TIME

MAX_ROWS = 2000
COLUMNS = ("sku", "source", "reason", "reference", "day", "stars", "pieces", "text")


class FeedbackForm(CommandForm):
    """One thing that a customer said."""

    sku = forms.CharField(label=_("SKU"), max_length=60)
    source = forms.ChoiceField(label=_("Source"), choices=FeedbackSource.choices)
    reason = forms.ChoiceField(label=_("Reason"), choices=FeedbackReason.choices)
    ref = forms.CharField(label=_("Reference"), max_length=80, help_text=_("The number of the review, return or ticket."))
    happened_at = forms.DateTimeField(
        label=_("Happened"), widget=widgets.UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    )
    rating = forms.IntegerField(label=_("Stars"), min_value=1, max_value=5, required=False)
    pieces = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=10_000, initial=1)
    text = forms.CharField(label=_("Text"), max_length=2000, required=False, widget=forms.Textarea)

    def voices(self) -> list[Voice]:
        """The form as what the service takes."""
        data = self.cleaned_data
        source, reason = FeedbackSource(data["source"]), FeedbackReason(data["reason"])
        return [Voice(**data | {"source": source, "reason": reason})]

    def refuse(self, error: DomainError) -> None:
        for issue in error.issues:
            name = issue.pointer.rpartition("/")[2]
            self.add_error(name if name in self.fields else None, say(issue.message, issue.params))
        if not error.issues:
            super().refuse(error)


class PasteForm(CommandForm):
    """Many rows, as they are copied from a sheet or a CSV file."""

    rows = forms.CharField(
        label=_("Rows"),
        max_length=500_000,
        widget=forms.Textarea,
        help_text=_("One a line: SKU, source, reason, reference, day, stars, pieces, text; separated by commas or tabs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].widget.attrs["rows"] = 15
        words = ((_("Source"), FeedbackSource.labels), (_("Reason"), FeedbackReason.labels))
        lists = " ".join(f"{label}: {', '.join(map(str, names))}." for label, names in words)
        self.fields["rows"].help_text = f"{self.fields['rows'].help_text} {lists}"

    def clean_rows(self) -> list[Voice]:
        """Raises: ValidationError, naming every line that cannot be read."""
        text = self.cleaned_data["rows"]
        table = list(csv.reader(StringIO(text), delimiter="\t" if "\t" in text else ","))
        lines = [(number, row) for number, row in enumerate(table, start=1) if any(cell.strip() for cell in row)]
        if len(lines) > MAX_ROWS:
            raise forms.ValidationError(_("At most %(limit)s rows at a time."), params={"limit": MAX_ROWS})
        voices, wrong = [], []
        for number, row in lines:
            single = FeedbackForm(_named(row))
            if single.is_valid():
                voices += single.voices()
            else:
                faults = "; ".join(
                    f"{single.fields[name].label}: {' '.join(map(str, text))}" for name, text in single.errors.items()
                )
                wrong.append(_t("Line %(number)s: %(faults)s") % {"number": number, "faults": faults})
        if wrong:
            raise forms.ValidationError(wrong)
        return voices

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def refuse(self, error: DomainError) -> None:
        for issue in error.issues:
            number = int(issue.pointer.split("/")[1]) + 1
            faults = say(issue.message, issue.params)
            self.add_error("rows", _t("Line %(number)s: %(faults)s") % {"number": number, "faults": faults})
        if not error.issues:
            super().refuse(error)


_FIELDS = ("sku", "source", "reason", "ref", "happened_at", "rating", "pieces", "text")


def _named(row: list[str]) -> dict[str, str]:
    """The cells by field; one piece unless it says otherwise, source and reason by their names in the reader's language."""
    cells = {name: cell.strip() for name, cell in zip(_FIELDS, row, strict=False)}
    for name, choices in (("source", FeedbackSource.choices), ("reason", FeedbackReason.choices)):
        codes = {str(label).casefold(): code for code, label in choices}
        said = cells.get(name, "")
        cells[name] = codes.get(said.casefold(), said)
    return cells | {"pieces": cells.get("pieces") or "1"}


@admin.register(ProductFeedback)
class ProductFeedbackAdmin(ReadOnlyAdmin):
    """What customers say about goods. SOP: C19"""

    list_display = ("sku", "source", "reason", "rating", "pieces", "text", "ref", "happened_at")
    list_select_related = ("sku",)
    list_filter = ("source", "reason", choice_filter(_("rating"), "rating", lambda: [(str(n), str(n)) for n in range(1, 6)]))
    search_fields = ("sku__code__startswith", "ref__startswith", "product__code__startswith")
    fields = (*list_display, "recorded_at", "recorded_by")
    list_before_template: Any = "catalog/quality/feedback_top.html"
    change_form_outer_after_template: Any = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can("catalog.add_productfeedback")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(product__in=products_for(actor_of(request)).values("pk"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paste_view)
        return [path("paste/", view, name="catalog_productfeedback_paste"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context: Any = {"may_add": self.has_add_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write down one thing that a customer said."""
        return self._take(request, FeedbackForm(posted(request), initial={"happened_at": _now()}), _("New feedback"))

    def paste_view(self, request: HttpRequest) -> HttpResponse:
        """Take in many rows at once, all or none."""
        return self._take(request, PasteForm(posted(request)), _("Paste feedback"))

    def _take(self, request: HttpRequest, form: Any, title: Any) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and form.is_valid():
            voices = form.cleaned_data["rows"] if isinstance(form, PasteForm) else form.voices()
            try:
                new = take_feedback(voices=voices, actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _t("%(new)s rows are new.") % {"new": new})
                return HttpResponseRedirect(reverse("admin:catalog_productfeedback_changelist"))
        return form_page(self, request, form, title=title, label=_("Save"))


def _now() -> datetime:
    return clock.now().astimezone(SHOP_TIME).replace(second=0, microsecond=0, tzinfo=None)
