"""What the order page offers while an order is checked: the comparison, the customer's answer, the promised ship time."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command
from orders.admin.fulfilment.orders import FulfilmentPages
from orders.admin.inlines import ShownInline
from orders.admin.intake.comparing import compare_page
from orders.admin.intake.forms import ContactForm, NoteForm, PromiseForm, note_form
from orders.models import CustomerContact, Order, OrderComparison
from orders.rules.lifecycle import ORDER_LIFECYCLE
from orders.services.intake.contacting import record_contact
from orders.services.intake.noting import note_order
from orders.services.intake.promising import promise_ship_time

INTAKE_COMMANDS = {
    "contact": Command(label=_("Record the customer's answer"), run=record_contact, form=ContactForm),
    "note": Command(label=_("Note and flag"), run=note_order, form=NoteForm),
    "promise": Command(label=_("Promised ship time"), run=promise_ship_time, form=PromiseForm),
}
COMPARE = _("Compare side by side")


class ContactInline(ShownInline):
    model = CustomerContact
    fields = ("at", "by", "channel", "outcome", "answer", "corrected")
    ordering = ("id",)


class ComparisonInline(ShownInline):
    model = OrderComparison
    fields = ("at", "by", "result", "compared", "differing", "note")
    ordering = ("id",)

    @column(_("compared"))
    def compared(self, row: OrderComparison) -> str:
        return ", ".join(row.fields)


class IntakePages(FulfilmentPages):
    """The checking desk's part of the order pages."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<path:object_id>/compare/", view, name="orders_order_compare"), *super().get_urls()]

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The order beside the listing, the written address and the buyer's earlier orders."""
        order: Order | None = self.get_object(request, object_id)
        if order is None:
            raise Http404
        return compare_page(request, self.admin_site, order)

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """The note begins as it stands."""
        return note_form(obj) if command.form is NoteForm else super().form_for(command, obj)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The comparison is offered to whoever may decide on the order."""
        if "compare" not in ORDER_LIFECYCLE.available(obj.status, actor):
            return super().buttons(obj, actor)
        url = reverse("admin:orders_order_compare", args=[obj.pk])
        return [{"name": "compare", "label": COMPARE, "danger": False, "url": url}, *super().buttons(obj, actor)]
