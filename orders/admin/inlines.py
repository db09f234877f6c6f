"""The tables on the page of one order: shown, never edited in place."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from opsdesk.doors.admin.columns import column
from orders.admin import words
from orders.enums.orders import CheckResult
from orders.models import OrderCheck, OrderHold, OrderLine
from orders.queries.fulfilment.handed import pieces_in_parcels


class ShownInline(TabularInline):
    """Whoever sees the order sees these rows."""

    extra = 0
    can_delete = False
    hide_title = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_order")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LineInline(ShownInline):
    model = OrderLine
    fields = ("sku_code", "title", "specification", "quantity", "handed_over", "unit_price", "discount_amount")
    ordering = ("position",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(in_parcels=pieces_in_parcels())
        return rows

    @column(_("handed over"))
    def handed_over(self, line: Any) -> int:
        return line.in_parcels or 0

    @column(_("specification"))
    def specification(self, line: OrderLine) -> str:
        return ", ".join(f"{name}: {value}" for name, value in line.options.items())


class CheckInline(ShownInline):
    model = OrderCheck
    fields = ("code", "coloured_result", "finding")
    ordering = ("id",)

    @column(
        _("result"),
        colours={CheckResult.OK: "green", CheckResult.DOUBTFUL: "amber", CheckResult.FAILED: "red"},
    )
    def coloured_result(self, check: OrderCheck) -> tuple[str, str]:
        return check.result, check.get_result_display()

    @column(_("finding"))
    def finding(self, check: OrderCheck) -> str:
        return words.finding(check)


class HoldInline(ShownInline):
    model = OrderHold
    fields = ("code", "reason", "opened_at", "opened_by", "released_at", "released_by")
    ordering = ("-id",)
