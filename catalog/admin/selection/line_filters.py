"""What selection lines are filtered by: sales target, stock turnover, platform fit, score. SOP: C1"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin.selection.frame import NumberFilter
from opsdesk.shops.enums import Platform


class SalesFilter(NumberFilter):
    title, parameter_name, lookup = _("Expected sales a month at least"), "min_sales", "expected_monthly_sales__gte"


class TargetFilter(NumberFilter):
    title, parameter_name, lookup = _("Sales target of the list at least"), "min_target", "selection__sales_target__gte"


class TurnoverFilter(NumberFilter):
    title, parameter_name, lookup = _("Stock turnover within days"), "max_turnover", "turnover_days__lte"


class ScoreFilter(NumberFilter):
    title, parameter_name, lookup = _("Score at least"), "min_score", "score__gte"


class PlatformFilter(admin.SimpleListFilter):
    title, parameter_name = _("platform"), "platform"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Platform.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(platforms__contains=[self.value()]) if self.value() else queryset
