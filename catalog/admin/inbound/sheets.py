"""Documents with lines: a form and a table of rows on one page, each refusal beside the field that it means."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from unfold.widgets import UnfoldAdminTextInputWidget

from opsdesk.common.errors import DomainError, Issue
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.words import say

LINES = "lines"
MOST_ROWS = 200


def day_widget() -> forms.Widget:
    """The browser's own field for a day."""
    return UnfoldAdminTextInputWidget(attrs={"type": "date"})


class LineForm(CommandForm):
    """One row; a row without a SKU is empty."""

    def filled(self) -> dict[str, Any] | None:
        """What the row says."""
        return self.cleaned_data if self.cleaned_data.get("sku") else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("sku") and self.has_changed():
            self.add_error("sku", _t("A row needs its SKU."))
        return data


class Sheet:
    """The form and its table, filled from a request, from what is kept, or empty."""

    def __init__(
        self,
        request: HttpRequest,
        form: type[CommandForm],
        line: type[LineForm],
        *,
        initial: Mapping[str, Any] | None = None,
        rows: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        factory = forms.formset_factory(line, extra=3, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10)
        self.line = line
        self.form = form(posted(request), initial=dict(initial or {}))
        self.rows: Any = factory(posted(request), initial=[dict(row) for row in rows], prefix=LINES)

    def is_valid(self) -> bool:
        """True when everything can be read."""
        return all([self.form.is_valid(), self.rows.is_valid()])

    def lines(self) -> list[dict[str, Any]]:
        """The rows that are filled, in their order."""
        return [data for row in self.rows if (data := row.filled())]

    def refuse(self, error: DomainError) -> None:
        """Show each issue beside its field; those of lines in their row."""
        filled = [row for row in self.rows if row.filled()]
        rest: list[Issue] = []
        for issue in error.issues:
            parts = issue.pointer.lstrip("/").split("/")
            if parts[0] == LINES and len(parts) == 3 and int(parts[1]) < len(filled):
                row = filled[int(parts[1])]
                row.add_error(parts[2] if parts[2] in row.fields else None, say(issue.message, issue.params))
            else:
                rest.append(issue)
        if rest or not error.issues:
            self.form.refuse(type(error)(error.message_id, issues=rest, **error.params))

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        return {
            "form": self.form,
            "lines": self.rows,
            "line_labels": [field.label for field in self.line.base_fields.values()],
            "failed": any(row.errors for row in self.rows) or bool(self.form.errors),
        }


def ask(
    request: HttpRequest,
    site: AdminSite,
    sheet: Sheet,
    *,
    title: Any,
    model: Any,
    save: Callable[[Sheet], Any],
    original: Any = None,
) -> HttpResponse:
    """Show the sheet, or save what was sent and go to the page of the object."""
    refused = request.method == "POST"
    if refused and sheet.is_valid():
        try:
            with transaction.atomic():
                row = save(sheet)
        except DomainError as refusal:
            sheet.refuse(refusal)
        else:
            messages.success(request, _t("Saved: %(row)s") % {"row": row})
            return HttpResponseRedirect(reverse(f"admin:catalog_{model._meta.model_name}_change", args=[row.pk]))
    context = site.each_context(request) | sheet.context() | {"title": title, "opts": model._meta, "original": original}
    return TemplateResponse(request, "catalog/inbound/sheet.html", context, status=422 if refused else 200)
