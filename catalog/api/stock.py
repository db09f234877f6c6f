"""GET stock-levels/ and POST bulk/stock-levels/."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import django_filters
from django.db.models import QuerySet
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticKnownError

from catalog.models import StockItem, Warehouse
from catalog.queries.stock import levels
from catalog.services.stock_sync import Absolute, Delta, LevelCase, LevelOutcome, sync_levels
from opsdesk.common.actors import Actor
from opsdesk.doors.api.bulk import BulkResult, BulkStatus, BulkView
from opsdesk.doors.api.fields import Input, Line, Output
from opsdesk.doors.api.views import ListView

_MOST = 1_000_000_000  # pieces; a balance is a 32-bit number
_LAST_SEQUENCE = 2**63 - 1


class LevelInput(Input):
    """One figure of a warehouse system.

    absolute: so many pieces lie there, as of the system's sequence number. delta: so many came or went; the same key for
    the same SKU and warehouse is booked once.
    """

    mode: Literal["absolute", "delta"]
    sku: Annotated[str, Line(60)]
    warehouse: Annotated[str, Line(40)]
    quantity: Annotated[Annotated[int, Field(ge=0, le=_MOST)] | None, Field(validate_default=True)] = None
    sync_seq: Annotated[Annotated[int, Field(ge=1, le=_LAST_SEQUENCE)] | None, Field(validate_default=True)] = None
    delta: Annotated[Annotated[int, Field(ge=-_MOST, le=_MOST)] | None, Field(validate_default=True)] = None
    key: Annotated[Annotated[str, Line(64)] | None, Field(validate_default=True)] = None

    @field_validator("quantity", "sync_seq", "delta", "key")
    @classmethod
    def _belongs_to_the_mode(cls, value: Any, info: ValidationInfo) -> Any:
        belongs = (info.data.get("mode") == "absolute") == (info.field_name in ("quantity", "sync_seq"))
        if "mode" in info.data and belongs != (value is not None):
            raise PydanticKnownError("missing" if belongs else "extra_forbidden")
        return value

    def to_figure(self) -> Absolute | Delta:
        """The input as what the service takes."""
        if self.mode == "absolute":
            assert self.quantity is not None
            assert self.sync_seq is not None
            return Absolute(self.sku, self.warehouse, self.quantity, self.sync_seq)
        assert self.delta is not None
        assert self.key is not None
        return Delta(self.sku, self.warehouse, self.delta, self.key)


class StockLevelOutput(Output):
    sku: str
    warehouse: str
    on_hand: int
    reserved: int
    available: int
    updated_at: datetime
    version: int


class StockLevelFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    sku = django_filters.CharFilter(field_name="sku__code")
    warehouse = django_filters.CharFilter(method="in_warehouse")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = StockItem
        fields: list[str] = []

    def in_warehouse(self, rows: QuerySet[StockItem], name: str, value: str) -> QuerySet[StockItem]:
        """The balances in the warehouse of that code; the planner knows how many its key has."""
        return rows.filter(warehouse__in=list(Warehouse.objects.filter(code=value).values_list("pk", flat=True)))


class StockLevelCollection(ListView):
    """The balance of every SKU in every warehouse."""

    permission = "catalog.view_stockitem"
    returns = StockLevelOutput
    filterset = StockLevelFilter

    def rows(self, actor: Actor) -> QuerySet[StockItem]:
        return levels(actor)

    def render(self, rows: list[StockItem]) -> list[Any]:
        return [
            StockLevelOutput(
                sku=item.sku.code,
                warehouse=item.warehouse.code,
                on_hand=item.on_hand,
                reserved=item.reserved,
                available=item.available,
                updated_at=item.updated_at,
                version=item.version,
            )
            for item in rows
        ]


_STATUS = {
    LevelOutcome.OPEN: BulkStatus.IGNORED,
    LevelOutcome.CREATED: BulkStatus.CREATED,
    LevelOutcome.UPDATED: BulkStatus.UPDATED,
    LevelOutcome.EXISTING: BulkStatus.EXISTING,
    LevelOutcome.IGNORED: BulkStatus.IGNORED,
    LevelOutcome.REFUSED: BulkStatus.ERROR,
}


class BulkStockLevels(BulkView):
    """The figures of a warehouse system."""

    permission = "catalog.sync_stock"
    item_model = LevelInput

    def run(self, items: Sequence[LevelInput], *, all_or_nothing: bool, actor: Actor, now: datetime) -> list[BulkResult]:
        figures = [item.to_figure() for item in items]
        return [_result(case) for case in sync_levels(figures=figures, all_or_nothing=all_or_nothing, actor=actor, now=now)]


def _result(case: LevelCase) -> BulkResult:
    name = f"{case.figure.sku}@{case.figure.warehouse}" if case.error is None else None
    return BulkResult(_STATUS[case.outcome], name, case.error)
