"""The order list and the page of one order."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import Command
from opsdesk.doors.words import say
from opsdesk.inbox.kinds import REGISTER
from orders.admin.finding import find_page
from orders.admin.forms import AddressForm, CancelForm, HoldForm, MarkPaidForm
from orders.admin.fulfilment.orders import FULFILMENT_COMMANDS
from orders.admin.inlines import CheckInline, HoldInline, LineInline
from orders.admin.intake.orders import INTAKE_COMMANDS, ComparisonInline, ContactInline, IntakePages
from orders.admin.manual.orders import more_buttons
from orders.admin.returns.entry import entry_button
from orders.admin.tracking.interceptions import INTERCEPT
from orders.enums.orders import Flag, OrderStatus, PaymentStatus
from orders.models import DeliveryAddress, Order, OrderHold
from orders.queries.fulfilment.handed import has_left
from orders.queries.grouping.groups import mates
from orders.rules import masking
from orders.rules.lifecycle import ORDER_LIFECYCLE, available_steps
from orders.services.changes import cancel_order, change_address
from orders.services.holds import hold_order, release_hold
from orders.services.payment import mark_paid
from orders.services.reveal import reveal_customer

STATUS_COLOURS = {
    OrderStatus.PENDING: "amber",
    OrderStatus.PROCESSING: "blue",
    OrderStatus.READY_TO_SHIP: "blue",
    OrderStatus.SHIPPED: "green",
    OrderStatus.COMPLETED: "green",
    OrderStatus.CANCELLED: "red",
}
PAYMENT_COLOURS = {
    PaymentStatus.UNPAID: "amber",
    PaymentStatus.PAID: "green",
    PaymentStatus.COD: "blue",
    PaymentStatus.PARTIALLY_REFUNDED: "amber",
    PaymentStatus.REFUNDED: "red",
}


FLAG_COLOURS = {
    Flag.RED: "red",
    Flag.YELLOW: "amber",
    Flag.GREEN: "green",
    Flag.BLUE: "blue",
    Flag.PURPLE: "purple",
}


@admin.register(Order)
class OrderAdmin(IntakePages):
    subject_kind = "order"
    shop_field = "shop"
    subject_argument = "order_id"
    lifecycle = ORDER_LIFECYCLE
    commands = {
        **FULFILMENT_COMMANDS,
        **INTAKE_COMMANDS,
        "hold": Command(label=_("Hold"), run=hold_order, form=HoldForm),
        "release_hold": Command(label=_("Release hold"), run=release_hold, form=HoldForm),
        "mark_paid": Command(label=_("Record payment"), run=mark_paid, form=MarkPaidForm),
        "change_address": Command(label=_("Change address"), run=change_address, form=AddressForm),
        "cancel": Command(label=_("Cancel order"), run=cancel_order, form=CancelForm, danger=True),
        "intercept": INTERCEPT,
    }
    change_form_outer_before_template: Any = "orders/order_top.html"
    list_display = (
        "number",
        "coloured_flag",
        "shop",
        "external_id",
        "coloured_status",
        "coloured_payment",
        "payable_amount",
        "placed_at",
        "due_by",
        "late",
    )
    list_select_related = ("shop",)
    list_filter = ("status", "payment_status", "flag", "shop")
    search_fields = ("number__startswith", "external_id__startswith")
    inlines = (LineInline, CheckInline, HoldInline, ContactInline, ComparisonInline)
    fieldsets = (
        (
            _("Order"),
            {
                "fields": (
                    ("number", "shop", "external_id"),
                    ("coloured_status", "is_test", "buyer_note"),
                    ("coloured_flag", "seller_note"),
                )
            },
        ),
        (
            _("Deadlines"),
            {
                "fields": (
                    ("placed_at", "process_by", "late"),
                    ("promised_by", "due_by"),
                    ("released_at", "ready_at", "shipped_at"),
                )
            },
        ),
        (_("Delivery"), {"fields": (("recipient", "phone"), "delivery_address")}),
        (
            _("Money"),
            {
                "fields": (
                    ("goods_amount", "discount_amount", "freight_amount"),
                    ("payable_amount", "paid_amount", "refunded_amount"),
                    ("coloured_payment", "paid_at", "payment_method"),
                )
            },
        ),
    )

    readonly_fields = ("coloured_flag", "coloured_status", "coloured_payment", "late", "recipient", "phone", "delivery_address")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.reveal_view))
        return [
            path("find/", self.admin_site.admin_view(self.find_view), name="orders_order_find"),
            path("<path:object_id>/reveal/", view, name="orders_order_reveal"),
            *super().get_urls(),
        ]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Orders by any number."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return find_page(request, self.admin_site)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """Only what is possible with the order's payment and holds."""
        holds = OrderHold.objects.filter(order=obj, released_at=None).values_list("code", flat=True)
        possible = available_steps(
            status=obj.status, payment_status=obj.payment_status, open_holds=list(holds), has_left=has_left(obj.pk), actor=actor
        )
        return (
            [button for button in super().buttons(obj, actor) if button["name"] in possible]
            + entry_button(obj, actor)
            + more_buttons(obj, actor)
        )

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        context = super().page_context(request, obj)
        if actor_of(request).can("notifications.view_notice"):
            url = f"{reverse('admin:notifications_notice_changelist')}?q={obj.public_id}"
            link = {"name": "notices", "label": _("Notices to the customer"), "danger": False, "url": url}
            context["commands"] = [*context["commands"], link]
        work = [(say(REGISTER[item.kind].title, item.params), item) for item in context["open_work"]]
        return context | {"work": work, "mates": mates(obj.pk), "may_reveal": actor_of(request).can("orders.reveal_customer")}

    def reveal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The customer's data in full, recorded."""
        order = self.get_object(request, object_id)
        if order is None:
            raise Http404
        actor = actor_of(request)
        if not actor.can("orders.reveal_customer"):
            raise PermissionDenied
        address = reveal_customer(order_id=order.pk, actor=actor, now=clock.now())
        context = self.admin_site.each_context(request) | {
            "title": _("Customer data"),
            "subtitle": str(order),
            "address": address,
            "original": order,
            "opts": self.opts,
        }
        return TemplateResponse(request, "orders/reveal.html", context)

    @column(_("status"), colours=STATUS_COLOURS, ordering="status")
    def coloured_status(self, order: Order) -> tuple[str, str]:
        return order.status, order.get_status_display()

    @column(_("flag"), colours=FLAG_COLOURS)
    def coloured_flag(self, order: Order) -> tuple[str, str] | None:
        return (order.flag, order.get_flag_display()) if order.flag else None

    @column(_("payment"), colours=PAYMENT_COLOURS, ordering="payment_status")
    def coloured_payment(self, order: Order) -> tuple[str, str]:
        return order.payment_status, order.get_payment_status_display()

    @column(_("overdue"), colours={"late": "red"})
    def late(self, order: Order) -> tuple[str, str] | None:
        return ("late", str(_("Overdue"))) if order.overdue_at and order.shipped_at is None else None

    @column(_("recipient"))
    def recipient(self, order: Order) -> str:
        return masking.mask_name(_address(order).recipient)

    @column(_("phone"))
    def phone(self, order: Order) -> str:
        return masking.mask_phone(_address(order).phone)

    @column(_("delivery address"))
    def delivery_address(self, order: Order) -> str:
        place = _address(order)
        return masking.mask_address(province=place.province, city=place.city, district=place.district, street=place.street)


def _address(order: Order) -> DeliveryAddress:
    return DeliveryAddress.objects.filter(order=order).first() or DeliveryAddress()
