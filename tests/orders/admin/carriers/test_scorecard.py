"""The scorecard of carriers, its snapshots, and claims for compensation."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from orders.enums.tracking import CaseKind
from orders.models import CarrierClaim, CarrierScore, Shipment
from orders.queries.carriers.offers import last_scores
from orders.services.carriers.claims import ask_compensation
from orders.services.tracking.carrier_cases import open_case, open_for_stalled
from tests.builders import NOW, a_report, a_shipped_order, parcel_of
from tests.builders.carriers import a_carrier, weigh
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
THREE_DAYS = timedelta(days=3)
PERIOD = "first=2026-06-01&last=2026-06-30"


def a_parcel(handed_over: datetime, arrived: datetime | None = None) -> Shipment:
    parcel = parcel_of(a_shipped_order(now=handed_over))
    if arrived:
        a_report(parcel.tracking_no, "delivered", arrived)
    return parcel


@pytest.fixture
def three(db: None) -> Iterator[None]:
    """Three parcels are enough to rate a carrier."""
    override(code="orders.rated_parcels", value=3, reason="few", actor=SYSTEM, now=NOW)
    forget_cached()
    yield
    forget_cached()


@pytest.fixture
def parcels(sku: Any) -> dict[str, Shipment]:
    """Four parcels of ten days ago: in time to the second, late by one, never arrived, and one of today."""
    weigh(sku, 450)
    a_carrier("sf", first="10.00")
    past = NOW - timedelta(days=10)
    found = {
        "on_time": a_parcel(past, past + THREE_DAYS),
        "late": a_parcel(past, past + THREE_DAYS + timedelta(seconds=1)),
        "lost": a_parcel(past),
        "fresh": a_parcel(NOW),
    }
    open_for_stalled(actor=SYSTEM, now=past + timedelta(days=8))
    open_case(shipment_id=found["late"].pk, kind=CaseKind.DAMAGED, note="wet", actor=SYSTEM, now=NOW)
    return found


@pytest.mark.sop("O11")
def test_the_scorecard_counts_and_its_numbers_open_their_parcels(parcels: dict[str, Shipment], three: None) -> None:
    logistics = Staff(Role.LOGISTICS)

    page = logistics.client.get(f"/admin/orders/carrierscore/scorecard/?{PERIOD}")

    [row] = page.context["rows"]
    figures = row["card"].figures
    assert (figures.parcels, figures.due, figures.on_time, figures.stalled, figures.trouble) == (4, 3, 1, 1, 1)
    assert (figures.delivered, figures.hours, figures.costed, figures.cost) == (2, 144, 4, Decimal("40.00"))
    assert (row["days"], row["cost"], row["card"].points) == (Decimal("3.0"), Decimal("10.00"), 54)
    expected = {
        "parcels": {"on_time", "late", "lost", "fresh"},
        "on_time": {"on_time"},
        "late": {"late", "lost"},
        "stalled": {"lost"},
        "trouble": {"late"},
        "claims": set(),
    }
    urls = [number["url"] for number in row["numbers"]] + [row["claims"]["url"]]
    opened = {}
    for url in urls:
        figure = url.partition("scorecard=")[2].partition("%2C")[0]
        shown = {found.pk for found in logistics.client.get(url).context["cl"].result_list}
        opened[figure] = {name for name, parcel in parcels.items() if parcel.pk in shown}
    assert opened == expected


def test_parcels_outside_the_days_are_not_counted(parcels: dict[str, Shipment]) -> None:
    logistics = Staff(Role.LOGISTICS)
    last = logistics.client.get("/admin/orders/carrierscore/scorecard/?first=2026-06-11&last=2026-06-11")
    none = logistics.client.get("/admin/orders/carrierscore/scorecard/?first=2026-06-02&last=2026-06-10")
    assert [row["card"].figures.parcels for row in last.context["rows"]] == [1]
    assert (none.context["rows"], "No parcel was handed over in this period." in text_of(none)) == ([], True)
    assert len(logistics.client.get("/admin/orders/carrierscore/scorecard/").context["rows"]) == 1


@pytest.mark.parametrize("period", ["first=2026-06-30&last=2026-06-01", "first=2020-01-01&last=2026-06-01", "first=x&last="])
def test_a_period_that_is_none_is_refused(db: None, period: str) -> None:
    answer = Staff(Role.LOGISTICS).client.get(f"/admin/orders/carrierscore/scorecard/?{period}")
    assert (answer.status_code, answer.context["rows"]) == (422, [])


@pytest.mark.parametrize("text", ["x", "late,sf,2026-06-01,never", "gone,sf,2026-06-01,2026-06-02", "late,sf,2026-06-01"])
def test_an_address_that_names_no_number_shows_all_parcels(sku: Any, text: str) -> None:
    a_shipped_order()
    page = Staff(Role.LOGISTICS).client.get("/admin/orders/shipment/", {"scorecard": text}, follow=True)
    assert len(page.context["cl"].result_list) == 1  # type: ignore[attr-defined]


def test_who_may_not_rate_sees_no_scorecard(db: None) -> None:
    assert Staff(Role.WAREHOUSE).open("orders_carrier_scorecard").status_code == 403


def test_the_month_is_kept_and_counts_in_the_choice(parcels: dict[str, Shipment], three: None) -> None:
    for _ in range(2):
        call_command("run_duty", "orders.rate_carriers", "--at", "2026-07-08T03:30:00+08:00")

    row = CarrierScore.objects.select_related("carrier").get()
    assert (row.carrier.code, row.month, row.parcels, last_scores()) == (
        "sf",
        date(2026, 6, 1),
        4,
        {row.carrier_id: row.points},
    )
    assert row.points == 50  # by now the fresh one is late as well
    page = text_of(Staff(Role.LOGISTICS).open("orders_carrierscore_changelist"))
    assert "SF Express" in page


@pytest.mark.sop("O11")
def test_a_claim_is_work_until_the_carrier_answers(parcels: dict[str, Shipment]) -> None:
    logistics = Staff(Role.LOGISTICS)

    logistics.command("shipment", parcels["late"].pk, "claim", amount="88.00", note="Wet")

    claim = CarrierClaim.objects.get()
    item = WorkItem.objects.get(kind="orders.carrier_claim")
    assert (claim.amount, claim.state, claim.due_at, item.due_at) == (Decimal("88.00"), "asked", *[NOW + timedelta(days=7)] * 2)
    page = text_of(logistics.client.get(f"/admin/orders/carrierclaim/{item.subject_id}/change/"))
    assert "The carrier pays" in page
    logistics.command("carrierclaim", claim.pk, "grant", granted_amount="60.00", answer="By insured value")
    claim.refresh_from_db()
    item.refresh_from_db()
    assert (claim.state, claim.granted_amount, claim.answered_at) == ("granted", Decimal("60.00"), NOW)
    assert (item.closed_at, item.outcome) == (NOW, "granted")
    assert AuditEntry.objects.get(action="orders.claim_grant").after == {"state": "granted", "granted": "60.00"}
    card = logistics.client.get(f"/admin/orders/carrierscore/scorecard/?{PERIOD}").context["rows"][0]["card"]
    assert (card.figures.claims, card.figures.granted, card.figures.refused) == (1, 1, 0)
    assert "Granted" in text_of(logistics.open("orders_carrierclaim_changelist"))


@pytest.mark.parametrize("amount", ["0", "-1", "88.01", "x"])
def test_a_carrier_pays_something_and_at_most_what_was_asked(parcels: dict[str, Shipment], amount: str) -> None:
    logistics = Staff(Role.LOGISTICS)
    claim = ask_compensation(shipment_id=parcels["late"].pk, amount=Decimal("88.00"), note="Wet", actor=SYSTEM, now=NOW)
    before = row_counts()

    answer = logistics.command("carrierclaim", claim.pk, "grant", granted_amount=amount)

    assert (answer.status_code, row_counts(), CarrierClaim.objects.get().state) == (422, before, "asked")


def test_a_refusal_ends_the_claim_and_another_may_follow(parcels: dict[str, Shipment]) -> None:
    logistics, key = Staff(Role.LOGISTICS), parcels["late"].pk
    claim = ask_compensation(shipment_id=key, amount=Decimal("88.00"), note="Wet", actor=SYSTEM, now=NOW)
    before = row_counts()
    twice = logistics.command("shipment", key, "claim", amount="1.00", note="Again")
    nothing = logistics.command("shipment", parcels["lost"].pk, "claim", amount="0", note="Lost")
    assert (twice.status_code, nothing.status_code, row_counts()) == (422, 422, before)
    assert "Compensation is asked for this parcel already." in text_of(twice)

    logistics.command("carrierclaim", claim.pk, "refuse", answer="Badly packed")

    assert CarrierClaim.objects.values_list("state", "answer", "granted_amount").get() == ("refused", "Badly packed", None)
    logistics.command("shipment", key, "claim", amount="1.00", note="Again")
    assert CarrierClaim.objects.count() == 2


def test_other_desks_claim_nothing(parcels: dict[str, Shipment]) -> None:
    staff = Staff(Role.WAREHOUSE)
    before = row_counts()
    assert staff.command("shipment", parcels["late"].pk, "claim", amount="1.00", note="x").status_code == 403
    assert row_counts() == before
