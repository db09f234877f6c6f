"""Settlements of periods at the finance desk: made, checked, closed by a second person, printed, taken away."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.inbox.models import WorkItem
from orders.models import Settlement, SettlementBatch, SettlementRow
from orders.queries.finance import invariants
from tests.builders.finance import (
    TODAY,
    TOMORROW,
    a_batch,
    a_checked_batch,
    a_closed_batch,
    a_completed_order,
    a_paid_refund,
    a_statement_line,
)
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def finance(db: None) -> Staff:
    return Staff(Role.FINANCE)


@pytest.fixture
def manager(db: None) -> Staff:
    return Staff(Role.OPERATIONS_MANAGER)


@pytest.fixture
def batch(sku: Any) -> SettlementBatch:
    """One order of 198.00."""
    a_completed_order()
    return a_batch()


def make(staff: Staff, shop: Any, day: str) -> Any:
    return staff.send("orders_settlementbatch_add", shop_id=shop.pk, ends_on=day)


@pytest.mark.sop("O15")
def test_a_period_is_settled_checked_and_closed_by_two_people(shop: Any, sku: Any, clock: Any) -> None:
    order = a_completed_order()
    a_paid_refund(order, "8.00")
    clock.move_to(TOMORROW)
    finance, manager = Staff(Role.FINANCE), Staff(Role.OPERATIONS_MANAGER)

    make(finance, shop, f"{TODAY}")

    batch = SettlementBatch.objects.get()
    assert (batch.amount, batch.state, Settlement.objects.get().state) == (Decimal("190.00"), "open", "open")
    item = WorkItem.objects.get(subject_id=batch.public_id, closed_at=None)
    assert (item.kind, item.role) == ("orders.settlement_to_check", "finance")
    finance.command("settlementbatch", batch.pk, "check")
    item = WorkItem.objects.get(subject_id=batch.public_id, closed_at=None)
    assert (item.kind, item.role) == ("orders.settlement_to_close", "operations_manager")
    manager.command("settlementbatch", batch.pk, "close")

    batch.refresh_from_db()
    assert (batch.state, batch.checker, batch.closer, batch.closed_at) == ("closed", finance.user, manager.user, TOMORROW)
    settlement = Settlement.objects.get()
    assert (settlement.state, settlement.reference, settlement.settled_at) == ("settled", batch.number, TOMORROW)
    assert not WorkItem.objects.filter(subject_id=batch.public_id, closed_at=None).exists()
    entries = AuditEntry.objects.filter(subject_id=batch.public_id).order_by("id")
    assert [entry.action for entry in entries] == ["orders.batch_make", "orders.batch_check", "orders.batch_close"]
    assert [*invariants.wrong_totals(9), *invariants.settled_without_settlement(9)] == []


@pytest.mark.sop("O15", refused=True)
@pytest.mark.parametrize(("day", "when"), [(TODAY, 0), (TODAY + timedelta(days=1), 1), (TODAY - timedelta(days=1), 1)])
def test_a_day_that_is_not_over_or_lies_before_is_not_settled(shop: Any, sku: Any, clock: Any, day: Any, when: int) -> None:
    a_completed_order()
    if when:
        clock.move_to(TOMORROW)
        a_batch()
    finance = Staff(Role.FINANCE)
    before = row_counts()

    answer = make(finance, shop, f"{day}")

    assert (answer.status_code, "ends on a day that is over" in text_of(answer)) == (422, True)
    assert row_counts() == before


@pytest.mark.sop("O15", refused=True)
@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_closes_what_they_have_checked(batch: SettlementBatch, superuser: bool) -> None:
    both = Staff(Role.FINANCE, Role.OPERATIONS_MANAGER, superuser=superuser)
    both.command("settlementbatch", batch.pk, "check")
    before = row_counts()

    answer = both.command("settlementbatch", batch.pk, "close")

    batch.refresh_from_db()
    assert (answer.status_code, "may not close it" in text_of(answer), batch.state) == (422, True, "checked")
    assert row_counts() == before
    with pytest.raises(IntegrityError), transaction.atomic():  # nor past the service
        SettlementBatch.objects.update(state="closed", closer=both.user, closed_at=TOMORROW)


def test_who_has_adjusted_it_may_not_close_it_either(batch: SettlementBatch, finance: Staff) -> None:
    other = Staff(Role.FINANCE)
    other.command("settlementbatch", batch.pk, "adjust", amount="-3.00", reason="bank charge", order_number="")
    finance.command("settlementbatch", batch.pk, "check")

    assert other.command("settlementbatch", batch.pk, "close").status_code == 422

    with pytest.raises(IntegrityError), transaction.atomic():  # nor past the service
        SettlementBatch.objects.update(state="closed", closer=other.user, closed_at=TOMORROW)
    batch.refresh_from_db()
    assert (batch.state, batch.adjustment, batch.amount) == ("checked", Decimal("-3.00"), Decimal("195.00"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"amount": "0", "reason": "why"}, "must not be nothing"),
        ({"amount": "5.00", "reason": " "}, "required"),
        ({"amount": "5.00", "reason": "why", "order_number": "X1"}, "no such order"),
    ],
)
def test_an_adjustment_has_an_amount_and_a_reason(
    batch: SettlementBatch, finance: Staff, fields: dict[str, str], message: str
) -> None:
    before = row_counts()
    answer = finance.command("settlementbatch", batch.pk, "adjust", **fields)
    assert (answer.status_code, message in text_of(answer)) == (422, True)
    assert row_counts() == before


def test_an_adjustment_may_name_its_order(batch: SettlementBatch, finance: Staff) -> None:
    order = Settlement.objects.get().order
    finance.command("settlementbatch", batch.pk, "adjust", amount="2.50", reason="rounding", order_number=order.number)
    row = SettlementRow.objects.get(kind="adjustment")
    assert (row.order, row.amount, row.note) == (order, Decimal("2.50"), "rounding")


def test_a_checked_settlement_goes_back_with_a_reason(sku: Any, manager: Staff, finance: Staff) -> None:
    a_completed_order()
    batch = a_checked_batch()
    assert manager.command("settlementbatch", batch.pk, "send_back", reason="").status_code == 422

    manager.command("settlementbatch", batch.pk, "send_back", reason="freight is missing")

    batch.refresh_from_db()
    assert (batch.state, batch.checker) == ("open", None)
    assert WorkItem.objects.get(subject_id=batch.public_id, closed_at=None).kind == "orders.settlement_to_check"


def test_nothing_in_a_closed_settlement_changes(sku: Any, finance: Staff) -> None:
    a_completed_order()
    batch = a_closed_batch()
    row = SettlementRow.objects.get()
    for change in (
        lambda: SettlementBatch.objects.update(made_by="me"),
        lambda: SettlementBatch.objects.all().delete(),
        lambda: SettlementRow.objects.update(note="x"),
        lambda: SettlementRow.objects.all().delete(),
        lambda: SettlementRow.objects.create(batch=batch, kind="adjustment", at=TOMORROW, note="x"),
        lambda: a_statement_line(batch, "T1", "1.00"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    for command in ("adjust", "check", "compare", "resolve_many"):
        fields = {"amount": "1", "reason": "why", "kind": "missing_here"}
        assert finance.command("settlementbatch", batch.pk, command, **fields).status_code == 422
    row.refresh_from_db()
    assert (row.note, row.amount) == ("", Decimal("198.00"))


def test_the_database_refuses_totals_that_are_not_the_sums(batch: SettlementBatch) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SettlementBatch.objects.update(goods=Decimal("198.01"), amount=Decimal("198.01"))
    with pytest.raises(IntegrityError), transaction.atomic():
        SettlementRow.objects.update(amount=Decimal("198.01"))


def test_the_duty_settles_the_month_before_once(sku: Any) -> None:
    a_completed_order()
    first = TOMORROW.replace(month=7, day=1, hour=3, minute=30)
    for _ in range(2):
        run("orders.make_settlements", first)

    batch = SettlementBatch.objects.get()
    assert (batch.number, f"{batch.starts_on}", f"{batch.ends_on}") == ("ST-tmall-01-20260630", "2026-06-11", "2026-06-30")


def test_the_paper_and_the_table_say_what_the_page_says(batch: SettlementBatch, finance: Staff) -> None:
    page, paper = (
        finance.open("orders_settlementbatch_change", batch.pk),
        finance.open("orders_settlementbatch_paper", batch.pk),
    )
    table = finance.open("orders_settlementbatch_table", batch.pk, "xlsx")

    assert "<b>198.00</b>" in text_of(page)
    assert "NOT CLOSED" in text_of(paper)
    assert "198.00" in text_of(paper)
    header, row = openpyxl.load_workbook(io.BytesIO(table.content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    order = Settlement.objects.get().order
    assert (header[0], header[-2]) == ("Settlement", "Net amount")
    assert (row[0], row[2], row[3], row[-2]) == (batch.number, order.number, order.external_id, 198)
    assert finance.open("orders_settlementbatch_table", batch.pk, "pdf").status_code == 404
    assert finance.open("orders_settlementbatch_paper", 0).status_code == 404


def test_only_the_finance_desk_settles(batch: SettlementBatch, shop: Any, agent: Staff) -> None:
    supervisor = Staff(Role.OPERATIONS_SUPERVISOR)
    assert supervisor.open("orders_settlementbatch_change", batch.pk).status_code == 200
    assert make(supervisor, shop, f"{TODAY}").status_code == 403
    for command in ("check", "compare", "close"):
        assert supervisor.command("settlementbatch", batch.pk, command).status_code == 403
    for page in ("change", "paper"):
        assert agent.open(f"orders_settlementbatch_{page}", batch.pk).status_code == 403
    assert agent.open("orders_settlementbatch_table", batch.pk, "xlsx").status_code == 403
    assert agent.open("orders_settlementrow_changelist").status_code == 403
    assert Staff(Role.FINANCE, shops=[]).open("orders_settlementbatch_paper", batch.pk).status_code == 404


def test_the_rows_of_a_settlement_are_listed(batch: SettlementBatch, finance: Staff) -> None:
    listed = finance.client.get(f"/admin/orders/settlementrow/?batch__exact={batch.pk}&kind__exact=sale")
    assert Settlement.objects.get().order.number in text_of(listed)
    row = SettlementRow.objects.get()
    assert finance.open("orders_settlementrow_change", row.pk).status_code == 200
    assert finance.open("orders_settlement_change", Settlement.objects.get().pk).status_code == 200
    assert finance.open("orders_settlementbatch_changelist").status_code == 200
