"""Orders by the time left, unpaid orders by what is kept for them, and the monthly share in time. SOP: O17, O2"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.doors.admin.sheets import sheet_response
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to
from orders.admin.rounds.proof import MonthForm
from orders.models import DueOrder, Order, UnpaidOrder
from orders.parameters.intake import AT_RISK
from orders.queries.intake import deadlines
from orders.rules.intake.punctuality import Punctuality

_MINUTES = 60


class OrderList(ReadOnlyAdmin):
    """A list of orders whose rows lead to the orders' pages; whoever sees orders sees it."""

    shop_field = "shop"
    list_display_links = None
    list_select_related = ("shop",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_order")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @column(_("number"))
    def order(self, row: Order) -> str:
        return format_html('<a href="{}">{}</a>', reverse("admin:orders_order_change", args=[row.pk]), row.number)


@admin.register(DueOrder)
class DueOrderAdmin(OrderList):
    """The order with the least time left stands first. SOP: O17"""

    keyset = ("due_by", "id")
    list_display = ("order", "shop", "status", "left", "due_by", "process_by", "promised_by", "released_at", "ready_at")
    list_filter = ("status", "shop")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return deadlines.due(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.month_view)
        return [path("month/", view, name="orders_dueorder_month"), *super().get_urls()]

    @column(_("time left"), colours={"late": "red", "risk": "amber", "calm": "green"})
    def left(self, row: Any) -> tuple[str, str]:
        """Minutes and hours to the earlier of the two deadlines; late is below nothing."""
        left = row.due_by - clock.now()
        state = "late" if left < timedelta() else "risk" if left <= value(AT_RISK) else "calm"
        return state, duration(left)

    def month_view(self, request: HttpRequest) -> HttpResponseBase:
        """The share of a month's orders that were handed over in time."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return month_page(request, self.admin_site, clock.now())


@admin.register(UnpaidOrder)
class UnpaidOrderAdmin(OrderList):
    """What is kept for orders that are not paid, and until when. SOP: O2"""

    list_display = ("order", "shop", "status", "payable_amount", "placed_at", "pieces", "kept_until", "keeping")
    list_filter = ("status", "shop")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return deadlines.unpaid(super().get_queryset(request))

    @column(_("pieces kept"))
    def pieces(self, row: Any) -> int:
        return row.pieces or 0

    @column(_("kept until"))
    def kept_until(self, row: Any) -> datetime | None:
        return row.kept_until  # type: ignore[no-any-return]

    @column(_("reservation"), colours={"kept": "green", "back": "red"})
    def keeping(self, row: Any) -> tuple[str, str]:
        if row.pieces:
            return "kept", pgettext("pieces", "Kept")
        return "back", gettext("Back on sale")


def month_page(request: HttpRequest, site: admin.AdminSite, now: datetime) -> HttpResponseBase:
    """The figures of one shop's month, to look at or to take away as a table."""
    shops = {shop.code: shop for shop in visible_to(actor_of(request))}
    asked = {"shop": next(iter(shops), ""), "month": f"{now.astimezone(SHOP_TIME):%Y-%m}"} | request.GET.dict()
    form = MonthForm(asked, shops=[(code, f"{code} {shop.name}") for code, shop in shops.items()])
    found = None
    if form.is_valid():
        shop = shops[form.cleaned_data["shop"]]
        found = deadlines.month_of(shop, month=form.cleaned_data["month"], now=now)
        if "format" in request.GET:
            name = f"handed-over-{shop.code}-{form.cleaned_data['month']:%Y-%m}"
            return sheet_response(name, [gettext("Figure"), gettext("Value")], _table(found), request.GET["format"])
    context = site.each_context(request) | {"title": gettext("Handed over in time"), "form": form, "found": found}
    if found:
        context["rows"] = _table(found)
    return TemplateResponse(request, "orders/intake/month.html", context, status=422 if form.errors else 200)


def _table(found: Punctuality) -> list[list[Any]]:
    return [
        [gettext("Orders to hand over"), found.orders],
        [gettext("Handed over in time"), found.in_time],
        [gettext("Late"), found.late],
        [gettext("Not yet due"), found.waiting],
        [gettext("Share in time (percent)"), found.percent],
        [gettext("With a time promised by the platform"), found.promised],
        [gettext("Promises kept"), found.promise_kept],
        [gettext("Share of promises kept (percent)"), found.promise_percent],
        [gettext("From the order to its release, on average"), duration(found.to_release)],
        [gettext("From the order to ready to ship, on average"), duration(found.to_ready)],
        [gettext("From the order to the carrier, on average"), duration(found.to_ship)],
    ]


def duration(span: timedelta | None) -> str:
    """Hours and minutes, such as 3:05; with a minus when it has passed."""
    if span is None:
        return "–"
    minutes = int(abs(span).total_seconds()) // _MINUTES
    return f"{'-' if span < timedelta() else ''}{minutes // _MINUTES}:{minutes % _MINUTES:02}"
