"""What was printed, and the ratings of the months: to be looked at."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import ReadOnlyAdmin
from orders.admin.carriers.scorecard import scorecard_page
from orders.models import CarrierScore, LabelPrint
from orders.rules.carriers.rating import percent


@admin.register(LabelPrint)
class LabelPrintAdmin(ReadOnlyAdmin):
    """Every print of a label: who, when, which size, and why again. SOP: O11"""

    shop_field = "shipment__shop"
    list_display = ("shipment", "paper", "layout", "number", "printed_at", "printed_by", "reason")
    list_display_links = None
    list_select_related = ("shipment",)
    list_filter = ("paper", "layout")
    search_fields = ("shipment__tracking_no__startswith",)
    fields = list_display


@admin.register(CarrierScore)
class CarrierScoreAdmin(ReadOnlyAdmin):
    """What the months said of carriers. SOP: O11"""

    keyset = ("-month", "-id")
    list_display = (
        *("month", "carrier", "points", "parcels", "on_time_share", "stall_share", "trouble", "cost"),
        *("claims", "granted", "refused"),
    )
    list_display_links = None
    list_select_related = ("carrier",)
    list_filter = ("carrier",)
    fields = list_display

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.scorecard_view)
        return [path("scorecard/", view, name="orders_carrier_scorecard"), *super().get_urls()]

    def scorecard_view(self, request: HttpRequest) -> HttpResponse:
        """Every carrier's figures in a period. SOP: O11"""
        return scorecard_page(self.admin_site, request)

    @column(_("on time (%)"))
    def on_time_share(self, row: CarrierScore) -> int | None:
        return percent(row.on_time, row.due)

    @column(_("without news (%)"))
    def stall_share(self, row: CarrierScore) -> int | None:
        return percent(row.stalled, row.parcels)
