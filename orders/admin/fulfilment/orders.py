"""What the page and the list of orders offer to the warehouse: pick lists, the pack check, the packing list, shipping."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say
from orders.admin.carriers.choices import choose_carriers
from orders.admin.fulfilment.forms import AllocateForm, PackForm, ProofForm, ShipForm
from orders.admin.fulfilment.handing import HandingPages
from orders.admin.fulfilment.tables import AllocationTable, GiftTable, PushTable, RecallTable
from orders.admin.tables import ParcelTable
from orders.enums.orders import OrderStatus
from orders.models import Order
from orders.queries.packing import packing_sheet
from orders.services.completion.completion import confirm_receipt
from orders.services.fulfilment import picking
from orders.services.fulfilment.overriding import choose_warehouse
from orders.services.fulfilment.packing import pack_order
from orders.services.fulfilment.resting import cancel_rest
from orders.services.fulfilment.shipping import ship_order

FULFILMENT_COMMANDS = {
    "allocate": Command(label=_("Choose the warehouse"), run=choose_warehouse, form=AllocateForm),
    "pack": Command(label=_("Pack check"), run=pack_order, form=PackForm),
    "ship": Command(label=_("Hand to the carrier"), run=ship_order, form=ShipForm),
    "cancel_rest": Command(label=_("Cancel the rest"), run=cancel_rest, form=ReasonForm, danger=True),
    "confirm_receipt": Command(label=_("Receipt confirmed"), run=confirm_receipt, form=ProofForm),
}


@admin.action(description=_("Make pick lists"), permissions=["pick"])
def make_pick_lists(page: LifecycleAdmin, request: HttpRequest, orders: QuerySet[Order]) -> None:
    """Make pick lists of the selected orders. SOP: O9"""
    ids = list(orders.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            made = picking.make_for_orders(order_ids=ids, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        messages.error(request, say(refusal.message_id, refusal.params))
    else:
        waves = ", ".join(row.wave for row in made)
        messages.success(request, gettext("Pick lists: %(waves)s") % {"waves": waves})


class FulfilmentPages(HandingPages):
    """The warehouse's part of the order pages."""

    actions: Any = (make_pick_lists, choose_carriers)

    def has_pick_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered and accepted."""
        return actor_of(request).can(picking.PERMISSION)

    def has_choose_carrier_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered and accepted."""
        return actor_of(request).can("orders.override_carrier")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.packing_list_view)
        return [path("<path:object_id>/packing-list/", view, name="orders_order_packing_list"), *super().get_urls()]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Tables that an order has no rows for are left out."""
        found = [
            one
            for one in (AllocationTable, GiftTable, PushTable, RecallTable)
            if one.model._default_manager.filter(order=obj).exists()
        ]
        return [*super().get_inlines(request, obj), *found, ParcelTable]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context = super().page_context(request, obj)
        if actor_of(request).can("orders.pack_order"):
            url = reverse("admin:orders_order_packing_list", args=[obj.pk])
            link = {"name": "packing_list", "label": _("Packing list"), "danger": False, "url": url}
            context["commands"] = [*context["commands"], *self._station(obj), link]
        return context

    def _station(self, order: Order) -> list[dict[str, Any]]:
        if order.status != OrderStatus.PROCESSING:
            return []
        url = reverse("admin:orders_order_pack_scan", args=[order.pk])
        return [{"name": "pack_scan", "label": _("Pack with the scanner"), "danger": False, "url": url}]

    def packing_list_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The sheet that lies in the parcel, to be printed; names and numbers are masked. SOP: O10"""
        order = self.get_object(request, object_id)
        if order is None:
            raise Http404
        if not actor_of(request).can("orders.pack_order"):
            raise PermissionDenied
        return TemplateResponse(request, "orders/packing_list.html", {"sheet": packing_sheet(order), "now": clock.now()})
