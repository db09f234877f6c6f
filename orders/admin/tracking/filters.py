"""Filters of the tracking desk's lists."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from orders.enums.tracking import CaseState


class BrokenPromiseFilter(admin.SimpleListFilter):
    """Open cases whose carrier has not answered by the time that it promised. SOP: O14"""

    title = _("promise is broken")
    parameter_name = "promise"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Yes")), ("0", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        broken = Q(state=CaseState.OPEN, promise_due__lte=clock.now())
        return {"1": queryset.filter(broken), "0": queryset.exclude(broken)}.get(self.value() or "", queryset)
