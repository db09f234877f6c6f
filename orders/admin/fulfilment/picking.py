"""Pick lists: made for a warehouse, printed, picked."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import ReasonForm, posted
from opsdesk.doors.admin.records import Command
from orders.admin.fulfilment.scanning import ScanPages, barred
from orders.admin.fulfilment.waves import WaveForm
from orders.models import PickList
from orders.queries.picking import bins, lists_visible_to, sheet
from orders.rules.followup import PICK_LIST_LIFECYCLE
from orders.services.fulfilment import picking

MAKE = Command(label=_("Make a pick list"), run=picking.make_for_warehouse, form=WaveForm)


@admin.register(PickList)
class PickListAdmin(ScanPages):
    subject_kind = picking.KIND
    subject_argument = "pick_list_id"
    lifecycle = PICK_LIST_LIFECYCLE
    commands = {
        "confirm": Command(label=_("Everything is picked"), run=picking.confirm_picked),
        "cancel": Command(label=_("Take the list back"), run=picking.cancel_list, form=ReasonForm, danger=True),
    }
    list_before_template: Any = "orders/pick_list_make.html"
    change_form_outer_before_template: Any = "orders/pick_list_top.html"
    list_display = ("wave", "warehouse", "status", "made_at", "printed_at", "reprints", "picked_at")
    list_select_related = ("warehouse",)
    list_filter = ("status", "warehouse")
    search_fields = ("wave__startswith", "places__order__number__startswith")
    fields = (("wave", "warehouse", "status"), ("made_at", "made_by"), ("printed_at", "reprints"), ("picked_at", "picked_by"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[PickList]:
        return lists_visible_to(super().get_queryset(request), actor_of(request))

    def get_urls(self) -> list[URLPattern]:
        make, print_ = self.admin_site.admin_view(self.make_view), self.admin_site.admin_view(require_POST(self.print_view))
        return [
            path("do/make/", make, name="orders_picklist_make"),
            path("<path:object_id>/print/", print_, name="orders_picklist_print"),
            *super().get_urls(),
        ]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        may_print = actor_of(request).can(picking.PERMISSION)
        context = {"sheet": sheet(obj), "bins": bins(obj), "may_print": may_print}
        return super().page_context(request, obj) | context

    def make_view(self, request: HttpRequest) -> HttpResponse:
        """Make a list of everything that waits in a warehouse. SOP: O9"""
        actor = actor_of(request)
        if not actor.can(picking.PERMISSION):
            raise PermissionDenied
        form = WaveForm(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    row = picking.make_for_warehouse(**form.cleaned_data, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("Pick lists: %(waves)s") % {"waves": row.wave})
                return HttpResponseRedirect(reverse("admin:orders_picklist_change", args=[row.pk]))
        context = self.admin_site.each_context(request) | {
            "title": MAKE.label,
            "form": form,
            "command": MAKE,
            "opts": self.opts,
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=200 if not form.errors else 422)

    def print_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The printable list; every print is recorded, reprints say so. SOP: O9"""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        actor = actor_of(request)
        if not actor.can(picking.PERMISSION):
            raise PermissionDenied
        row = picking.record_print(pick_list_id=row.pk, actor=actor, now=clock.now())
        context = {"list": row, "sheet": barred(sheet(row)), "bins": barred(bins(row)), "now": clock.now(), "bars": True}
        return TemplateResponse(request, "orders/pick_list_print.html", context)
