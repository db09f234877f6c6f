"""Many people decide on, draft or price the same thing at the same moment."""

from decimal import Decimal

import pytest

from catalog.models import CompetitorPrice, ListingRevision, PriceProposal, SelectionLine, Supplier
from catalog.services.selection.competitors import record_price
from catalog.services.selection.decisions import decide_line, make_product
from catalog.services.selection.lines import add_line
from catalog.services.selection.suppliers import SupplierDetails, add_supplier
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_competitor, a_selection_list, a_shop, a_submitted_line, an_actor, line_details
from tests.races.test_listings import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]
PEOPLE = 5


def test_many_clicks_make_one_draft() -> None:
    a_shop()
    line = a_submitted_line()
    decide_line(line_id=line.pk, verdict="accept", version=1, reason="", actor=an_actor(Role.PRODUCT_SUPERVISOR), now=NOW)

    outcomes = at_once(*[lambda: make_product(line_id=line.pk, actor=SYSTEM, now=NOW)] * PEOPLE)

    assert outcomes == ["", *["Conflict"] * (PEOPLE - 1)]
    assert ListingRevision.objects.count() == 1


def test_of_two_verdicts_the_first_holds() -> None:
    line, supervisor = a_submitted_line(), an_actor(Role.PRODUCT_SUPERVISOR)
    verdicts = ("accept", "reject")

    def decided(verdict: str) -> None:
        decide_line(line_id=line.pk, verdict=verdict, version=1, reason="seen", actor=supervisor, now=NOW)

    outcomes = at_once(*[lambda verdict=verdict: decided(verdict) for verdict in verdicts])

    assert outcomes == ["", "IllegalTransition"]
    assert SelectionLine.objects.get().decision in ("accepted", "rejected")


def test_lines_that_are_added_at_once_have_numbers_of_their_own() -> None:
    selection, details = a_selection_list(), line_details()
    outcomes = at_once(*[lambda: add_line(list_id=selection.pk, details=details, actor=SYSTEM, now=NOW)] * PEOPLE)
    assert outcomes == [""] * PEOPLE
    assert sorted(SelectionLine.objects.values_list("no", flat=True)) == [1, 2, 3, 4, 5]


def test_prices_that_are_seen_at_once_are_one_proposal() -> None:
    competitor = a_competitor()
    record_price(competitor_id=competitor.pk, price=Decimal(100), actor=SYSTEM, now=NOW)

    def seen(price: int) -> None:
        record_price(competitor_id=competitor.pk, price=Decimal(price), actor=SYSTEM, now=NOW)

    outcomes = at_once(*[lambda price=price: seen(price) for price in (80, 60)])

    assert outcomes == ["", ""]
    assert (CompetitorPrice.objects.count(), PriceProposal.objects.count(), WorkItem.objects.count()) == (3, 1, 1)


def test_many_people_who_add_the_same_supplier_make_one() -> None:
    outcomes = at_once(*[lambda: add_supplier(code="yw", details=SupplierDetails("Yiwu Home"), actor=SYSTEM, now=NOW)] * PEOPLE)
    assert outcomes == ["", *["Conflict"] * (PEOPLE - 1)]
    assert Supplier.objects.get().name == "Yiwu Home"
