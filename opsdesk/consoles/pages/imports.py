"""Imports: choose one, take its template, upload, look at what would happen, have it written, correct what is refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Forbidden, NotFound
from opsdesk.consoles.pages.base import page
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.doors.api.problems import status_of
from opsdesk.doors.words import say
from opsdesk.imports.definitions import REGISTER, Importer, importer_for, usable
from opsdesk.imports.enums import ImportState, Outcome, Policy
from opsdesk.imports.headers import ERRORS, template_header, unused, without_errors
from opsdesk.imports.models import ImportFile, ImportRow
from opsdesk.imports.pasting import LONGEST, as_table
from opsdesk.imports.queries import PAGE, failed_rows, import_for, rows_of, visible
from opsdesk.imports.services import apply_table, upload_table
from opsdesk.shops.models import Shop

LISTED = 50
COLOURS = {
    ImportState.UPLOADED: "blue",
    ImportState.PREVIEWED: "amber",
    ImportState.APPLYING: "blue",
    ImportState.APPLIED: "green",
    ImportState.FAILED: "red",
    Outcome.CREATED: "green",
    Outcome.UPDATED: "blue",
    Outcome.EXISTING: "grey",
    Outcome.REFUSED: "red",
}
WORKING = (ImportState.UPLOADED, ImportState.APPLYING)


class UploadForm(CommandForm):
    """The table, and for some imports the shop that it is of."""

    shop = forms.TypedChoiceField(label=gettext_lazy("Shop"), coerce=int)
    file = forms.FileField(
        label=gettext_lazy("Table"),
        required=False,
        help_text=gettext_lazy(".xlsx or .csv, up to 100,000 rows"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "class": "od-input"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste rows of a spreadsheet"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text=gettext_lazy("With their headings, or without: then in the order of the columns below."),
    )

    def __init__(self, *args: Any, importer: Importer, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.importer = importer
        shops = Shop.objects.order_by("code") if importer.by_shop else Shop.objects.none()
        if actor.shop_ids is not None:
            shops = shops.filter(pk__in=actor.shop_ids)
        shop = self.fields["shop"]
        assert isinstance(shop, forms.ChoiceField)
        shop.choices = [(row.pk, f"{row.code} {row.name}") for row in shops]
        if not importer.by_shop:
            del self.fields["shop"]

    def clean(self) -> dict[str, Any]:
        """One table: the file, or what was pasted."""
        data = super().clean()
        if not self.errors and bool(data.get("file")) == bool(data.get("pasted")):
            self.add_error("file", _("Choose a file or paste rows, one of the two."))
        return data

    def table(self) -> "UploadedFile[bytes]":
        """The table that is taken in. Raises: Invalid."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return file or as_table(self.importer, self.cleaned_data["pasted"])


def import_list(request: HttpRequest) -> HttpResponse:
    """The imports that one may do, and the latest that were done."""
    actor = actor_of(request)
    latest = [
        {"work": work, "title": say(REGISTER[work.importer].title, {}), "colour": COLOURS[ImportState(work.state)]}
        for work in visible(actor)[:LISTED]
    ]
    importers = [{"importer": importer, "title": say(importer.title, {})} for importer in usable(actor)]
    return page(request, "consoles/imports.html", title=_("Imports"), importers=importers, latest=latest)


def import_new(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a table."""
    actor, importer = _allowed(request, code)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*bound, importer=importer, actor=actor)
    issues: Sequence[str] = ()
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            work = upload_table(code=code, upload=form.table(), shop_id=data.get("shop"), actor=actor, now=clock.now())
        except DomainError as refusal:
            form.add_error("pasted" if data["pasted"] else "file", say(refusal.message_id, refusal.params))
            issues, status = [say(issue.message, issue.params) for issue in refusal.issues], status_of(refusal)
        else:
            return HttpResponseRedirect(reverse("admin:import", args=[work.public_id]))
    columns = [{"column": column, "label": say(column.label, {})} for column in importer.columns]
    title = say(importer.title, {})
    kinds = importer.further.kinds() if importer.further else ()
    context = {"importer": importer, "form": form, "issues": issues, "columns": columns, "kinds": kinds}
    return page(request, "consoles/import_new.html", status=status, title=title, **context)


def template(request: HttpRequest, code: str, format: str) -> HttpResponseBase:
    """An empty table with the headers in the reader's language and one example."""
    _actor, importer = _allowed(request, code)
    columns, kind = importer.columns, request.GET.get("kind", "")
    if importer.further and kind:
        try:
            columns = importer.further.template(kind)
        except NotFound:
            raise Http404 from None
    example = [column.example for column in columns]
    return sheet_response(say(importer.title, {}), template_header(columns), [example], format)


def import_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an import would do or has done, row by row; POST has it written."""
    work = _visible(request, public_id)
    if request.method == "POST":
        policy = Policy.GOOD_ROWS if request.POST.get("policy") == Policy.GOOD_ROWS else Policy.ALL
        try:
            apply_table(public_id=public_id, policy=policy, actor=actor_of(request), now=clock.now())
        except DomainError as refusal:
            messages.error(request, say(refusal.message_id, refusal.params))
            return _detail(request, work, status=status_of(refusal))
        return HttpResponseRedirect(reverse("admin:import", args=[public_id]))
    return _detail(request, work, status=200)


def failed(request: HttpRequest, public_id: str, format: str) -> HttpResponseBase:
    """The refused rows as they were uploaded, with what is wrong in one more column, to be corrected and uploaded again."""
    work = _visible(request, public_id)
    kept = without_errors(work.header)
    rows = ([*row.cells[:kept], "\n".join(_told(work, row))] for row in failed_rows(work))
    return sheet_response(f"{public_id}-failed", [*work.header[:kept], _(ERRORS)], rows, format)


def _allowed(request: HttpRequest, code: str) -> tuple[Actor, Importer]:
    actor = actor_of(request)
    try:
        return actor, importer_for(code, actor)
    except Forbidden:
        raise PermissionDenied from None
    except NotFound:
        raise Http404 from None


def _visible(request: HttpRequest, public_id: str) -> ImportFile:
    try:
        return import_for(public_id, actor_of(request))
    except NotFound:
        raise Http404 from None


def _detail(request: HttpRequest, work: ImportFile, *, status: int) -> HttpResponse:
    outcome = request.GET.get("outcome", "")
    after = request.GET.get("after", "0")
    found = rows_of(work, outcome=outcome, after=int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0)
    rows = [{"row": row, "colour": COLOURS[Outcome(row.outcome)], "errors": _told(work, row)} for row in found[:PAGE]]
    importer = REGISTER[work.importer]
    context = {
        "title": say(importer.title, {}),
        "work": work,
        "colour": COLOURS[ImportState(work.state)],
        "problem": say(work.problem, work.problem_params) if work.problem else "",
        "counts": [(value, label, getattr(work, value)) for value, label in Outcome.choices],
        "unused": unused(importer, work.header),
        "is_working": work.state in WORKING,
        "may_apply": work.state == ImportState.PREVIEWED,
        "good": work.created + work.updated,
        "total": work.created + work.updated + work.existing + work.refused,
        "outcome": outcome,
        "rows": rows,
        "next_after": found[PAGE - 1].number if len(found) > PAGE else None,
    }
    return page(request, "consoles/import.html", status=status, **context)


def _told(work: ImportFile, row: ImportRow) -> list[str]:
    """What is wrong with a row, each cell by its header."""
    labels = {column.field: column.label for column in REGISTER[work.importer].columns}
    told = []
    for issue in row.issues:
        field = issue["field"]
        column = issue["column"] or (say(labels[field], {}) if field in labels else field)
        text = say(issue["message"], issue["params"])
        told.append(f"{column}: {text}" if column else text)
    return told
