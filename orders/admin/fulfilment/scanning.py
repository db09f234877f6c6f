"""The screen on which a pick list is walked with a scanner. SOP: O9

The scanner's keystrokes are collected by a script wherever they land; without it the page is a plain form. A wrong piece
answers a form with 422; the script gets it as data, for a refused piece is no failed call.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.bars import code128
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import LifecycleAdmin
from opsdesk.doors.words import say
from orders.models import PickList
from orders.queries.picking import SheetRow, sheet
from orders.services.fulfilment import picking, shorts
from orders.services.fulfilment.scanning import Outcome, scan_piece

DONE = _("Everything is scanned.")


class CodeForm(CommandForm):
    """What the scanner read."""

    code = forms.CharField(label=_("SKU, barcode or lot"), max_length=60)


class ShortForm(CommandForm):
    """Pieces that are not on their shelf."""

    line_id = forms.IntegerField(widget=forms.HiddenInput)
    quantity = forms.IntegerField(label=_("Pieces missing"), min_value=1)
    reason = forms.CharField(label=_("Reason"), max_length=500)


def barred(rows: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Rows of a sheet, each with its barcode: that of its SKU or of its order."""
    return [
        (row, code128(row.barcode or row.sku if isinstance(row, SheetRow) else row.order, height=8.0, margin=1.0))
        for row in rows
    ]


def wants_data(request: HttpRequest) -> bool:
    """True when the script asks, not the browser's form."""
    return request.headers.get("X-Scan") == "1"


def take(request: HttpRequest, scan: Callable[..., Outcome]) -> tuple[Outcome | None, str]:
    """Post what was scanned; answers the outcome, or why there is none."""
    form = CodeForm(posted(request))
    if not form.is_valid():
        return None, " ".join(str(message) for messages in form.errors.values() for message in messages)
    try:
        with transaction.atomic():
            return scan(**form.cleaned_data, actor=actor_of(request), now=clock.now()), ""
    except DomainError as refusal:
        return None, say(refusal.message_id, refusal.params)


def told(outcome: Outcome | None, refusal: str) -> tuple[bool, str]:
    """Whether it was right, and the sentence for it."""
    if outcome is None:
        return False, refusal
    text = say(outcome.message, outcome.params)
    return outcome.ok, f"{text} {DONE}" if outcome.finished else text


def data(request: HttpRequest, template: str, context: dict[str, Any], *, ok: bool, text: str, finished: bool) -> JsonResponse:
    """The answer to the script: what to say, and the table as it stands now."""
    html = render_to_string(template, context, request=request)
    return JsonResponse({"ok": ok, "text": text, "html": html, "finished": finished})


class ScanPages(LifecycleAdmin):
    """The scanning part of the pages of pick lists."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/scan/", wrap(self.scan_view), name="orders_picklist_scan"),
            path("<path:object_id>/short/", wrap(require_POST(self.short_view)), name="orders_picklist_short"),
            *super().get_urls(),
        ]

    def scan_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Walk a list with the scanner; every scan is posted at once. SOP: O9"""
        row = self._list(request, object_id)
        ok, text, finished = True, "", False
        if request.method == "POST":

            def scan(**fields: Any) -> Outcome:
                return scan_piece(pick_list_id=row.pk, **fields)

            outcome, refusal = take(request, scan)
            ok, text = told(outcome, refusal)
            finished = outcome is not None and outcome.finished
            row.refresh_from_db()
        context = self._context(request, row) | {"ok": ok, "text": text}
        if wants_data(request):
            return data(request, "orders/fulfilment/pick_scan_state.html", context, ok=ok, text=text, finished=finished)
        return TemplateResponse(request, "orders/fulfilment/pick_scan.html", context, status=200 if ok else 422)

    def short_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Report pieces that are not there. SOP: O9"""
        row = self._list(request, object_id)
        form = ShortForm(posted(request))
        text = gettext("Say how many pieces are missing, and why.")
        if form.is_valid():
            try:
                with transaction.atomic():
                    shorts.report_short(pick_list_id=row.pk, **form.cleaned_data, actor=actor_of(request), now=clock.now())
            except DomainError as refusal:
                text = say(refusal.message_id, refusal.params)
            else:
                return HttpResponseRedirect(reverse("admin:orders_picklist_scan", args=[row.pk]))
        context = self._context(request, row) | {"ok": False, "text": text}
        return TemplateResponse(request, "orders/fulfilment/pick_scan.html", context, status=422)

    def _list(self, request: HttpRequest, object_id: str) -> PickList:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not actor_of(request).can(picking.PERMISSION):
            raise PermissionDenied
        assert isinstance(row, PickList)
        return row

    def _context(self, request: HttpRequest, row: PickList) -> dict[str, Any]:
        rows = sheet(row)
        total, left = sum(one.quantity for one in rows), sum(one.left for one in rows)
        return self.admin_site.each_context(request) | {
            "title": gettext("Pick with the scanner"),
            "subtitle": row.wave,
            "list": row,
            "rows": rows,
            "following": next((one for one in rows if one.left), None),
            "total": total,
            "done": total - left,
            "opts": self.opts,
            "original": row,
        }
