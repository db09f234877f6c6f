"""What carriers did with the parcels that they were given in a period, counted in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from orders.enums.carriers import ClaimState, Figure
from orders.enums.tracking import CaseKind, CaseOutcome, ShipmentState
from orders.models import Carrier, CarrierCase, CarrierClaim, Shipment
from orders.parameters.carriers import MINIMUM, PROMISE, SHARE_LOSS, SHARE_ON_TIME, SHARE_STALL
from orders.rules.carriers.rating import Figures, Shares, points

_BROKEN = (CaseKind.LOST, CaseKind.DAMAGED)
_BROKEN_OUTCOMES = (CaseOutcome.LOST, CaseOutcome.DAMAGED)
_HOUR = timedelta(hours=1)
_DELIVERED = Q(state=ShipmentState.DELIVERED, finished_at__isnull=False)


@dataclass(frozen=True)
class Period:
    """Days of handing over in the shop's time, both included."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first moment of it."""
        return datetime.combine(self.first, time.min, SHOP_TIME)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, SHOP_TIME)


@dataclass(frozen=True)
class Card:
    """A carrier's figures in a period, and its points."""

    carrier: Carrier
    figures: Figures
    points: int | None


def figures_of(period: Period, *, now: datetime, rows: QuerySet[Shipment] | None = None) -> dict[int, Figures]:
    """The figures by carrier; two statements whatever the number of parcels.

    SOP: O11
    """
    found = within(period, rows)
    claims = _claims(found)
    counted = (
        _judged(found, now)
        .values("carrier")
        .annotate(
            parcels=Count("pk"),
            due_=Count("pk", filter=Q(is_due=True)),
            on_time_=Count("pk", filter=Q(is_on_time=True)),
            stalled_=Count("pk", filter=Q(is_stalled=True)),
            trouble_=Count("pk", filter=Q(is_trouble=True)),
            delivered_=Count("pk", filter=_DELIVERED),
            road=Sum(F("finished_at") - F("handed_over_at"), filter=_DELIVERED),
            costed_=Count("carriage__cost"),
            cost_=Sum("carriage__cost"),
        )
    )
    return {row["carrier"]: _figures(row, claims.get(row["carrier"], {})) for row in counted.order_by("carrier")}


def within(period: Period, rows: QuerySet[Shipment] | None = None) -> QuerySet[Shipment]:
    """The parcels that were handed over in the period and not voided."""
    found = Shipment.objects.all() if rows is None else rows
    return found.filter(handed_over_at__gte=period.begins, handed_over_at__lt=period.ends).exclude(state=ShipmentState.VOIDED)


def behind(figure: str, rows: QuerySet[Shipment], *, now: datetime) -> QuerySet[Shipment]:
    """Those of the parcels that a number of the scorecard counts. SOP: O11"""
    if figure == Figure.CLAIMS:
        return rows.filter(Exists(CarrierClaim.objects.filter(shipment=OuterRef("pk"))))
    wanted = {
        Figure.LATE: Q(is_due=True, is_on_time=False),
        Figure.ON_TIME: Q(is_on_time=True),
        Figure.STALLED: Q(is_stalled=True),
        Figure.TROUBLE: Q(is_trouble=True),
    }
    return _judged(rows, now).filter(wanted.get(Figure(figure), Q()))


def cards(period: Period, *, now: datetime, rows: QuerySet[Shipment] | None = None) -> list[Card]:
    """The scorecards of all carriers that had parcels, the best ones first. SOP: O11"""
    figures, minimum = figures_of(period, now=now, rows=rows), value(MINIMUM)
    known = Carrier.objects.in_bulk(figures)
    found = [Card(known[key], one, points(one, shares(), minimum=minimum)) for key, one in figures.items()]
    return sorted(found, key=lambda card: (-(card.points if card.points is not None else -1), card.carrier.code))


def shares() -> Shares:
    """What the parts of a rating are worth."""
    return Shares(value(SHARE_ON_TIME), value(SHARE_STALL), value(SHARE_LOSS))


def _judged(rows: QuerySet[Shipment], now: datetime) -> QuerySet[Shipment]:
    """Parcels that say of themselves: is_due, is_on_time, is_stalled, is_trouble."""
    cases = CarrierCase.objects.filter(shipment=OuterRef("pk"))
    usual = ExpressionWrapper(F("handed_over_at") + Value(value(PROMISE)), output_field=DateTimeField())
    promised = rows.annotate(promised=Coalesce("carriage__promised_by", usual))
    return promised.annotate(
        is_on_time=_says(_DELIVERED & Q(finished_at__lte=F("promised"))),
        is_due=_says(_DELIVERED | Q(promised__lt=now)),
        is_stalled=Exists(cases.filter(kind=CaseKind.STALLED)),
        is_trouble=Exists(cases.filter(Q(kind__in=_BROKEN) | Q(outcome__in=_BROKEN_OUTCOMES))),
    )


def _says(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _claims(rows: QuerySet[Shipment]) -> dict[int, Mapping[str, Any]]:
    """Claims by carrier: asked, granted, refused. One statement."""
    counted = (
        CarrierClaim.objects.filter(shipment__in=rows.values("pk"))
        .values("shipment__carrier")
        .annotate(
            asked=Count("shipment", distinct=True),
            granted=Count("pk", filter=Q(state=ClaimState.GRANTED)),
            refused=Count("pk", filter=Q(state=ClaimState.REFUSED)),
        )
    )
    return {row["shipment__carrier"]: dict(row) for row in counted.order_by("shipment__carrier")}


def _figures(row: Mapping[str, Any], claims: Mapping[str, Any]) -> Figures:
    return Figures(
        parcels=row["parcels"],
        due=row["due_"],
        on_time=row["on_time_"],
        stalled=row["stalled_"],
        trouble=row["trouble_"],
        delivered=row["delivered_"],
        hours=(row["road"] or timedelta()) // _HOUR,
        costed=row["costed_"],
        cost=row["cost_"] or Decimal(0),
        claims=claims.get("asked", 0),
        granted=claims.get("granted", 0),
        refused=claims.get("refused", 0),
    )
