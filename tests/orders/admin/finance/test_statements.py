"""The platform's statement: imported, compared, its differences resolved before anything is closed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from opsdesk.imports.models import ImportFile
from opsdesk.inbox.models import WorkItem
from orders.models import SettlementBatch, SettlementRow, StatementDifference, StatementLine
from tests.builders import an_order
from tests.builders.finance import TODAY, a_batch, a_checked_batch, a_completed_order, a_statement_line
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
DISCOUNTED = [{"sku": "TS-RED-M", "quantity": 2, "unit_price": "99.00", "discount": "18.00"}]


@pytest.fixture
def finance(db: None) -> Staff:
    return Staff(Role.FINANCE)


def upload(staff: Staff, shop: Any, *lines: str, policy: str = "good_rows") -> str:
    """Import a statement and write its good rows; the page of the import."""
    text = "\n".join(["订单号,入账金额,结算时间,手续费,平台补贴", *lines])
    file = SimpleUploadedFile("statement.csv", text.encode())
    staff.client.post("/admin/imports/new/orders.platform_statement/", {"file": file, "shop": shop.pk})
    work = ImportFile.objects.order_by("-id")[0]
    page = text_of(staff.client.get(f"/admin/imports/{work.public_id}/"))
    staff.client.post(f"/admin/imports/{work.public_id}/", {"policy": policy})
    return page


def differences() -> dict[str, tuple[str, str]]:
    rows = StatementDifference.objects.order_by("id")
    return {row.external_id: (row.kind, row.state) for row in rows}


@pytest.mark.sop("O15")
def test_a_statement_is_compared_and_its_differences_are_resolved(shop: Any, sku: Any, finance: Staff) -> None:
    right, less, unpaid = a_completed_order(), a_completed_order(), a_completed_order()
    pending = an_order()
    batch = a_batch()
    lines = [f"{right.external_id},198.00,2026-06-11,1.19,", f"{less.external_id},190.00,2026/6/11,1.10,"]
    upload(finance, shop, *lines, f"{pending.external_id},5.00,2026-06-11,0,", "T-unknown,7.00,20260611,0,")
    assert StatementLine.objects.count() == 4
    assert finance.command("settlementbatch", batch.pk, "check").status_code == 422  # not compared yet

    finance.command("settlementbatch", batch.pk, "compare")

    assert differences() == {
        less.external_id: ("amount_differs", "open"),
        unpaid.external_id: ("missing_there", "open"),
        pending.external_id: ("missing_here", "open"),
        "T-unknown": ("missing_here", "open"),
    }
    work = WorkItem.objects.filter(kind="orders.statement_difference", closed_at=None)
    assert work.count() == 4
    row = StatementDifference.objects.get(external_id=less.external_id)
    assert finance.command("settlementbatch", batch.pk, "check").status_code == 422  # not resolved yet
    finance.command("statementdifference", row.pk, "resolve", reason="freight was charged twice", adjustment="-8.00")
    row.refresh_from_db()
    assert (row.state, row.resolved_by, row.ours, row.theirs) == (
        "resolved",
        finance.user.username,
        Decimal("198.00"),
        Decimal("190.00"),
    )
    assert not work.filter(subject_id=row.public_id).exists()
    assert row.adjustment
    assert (row.adjustment.order, row.adjustment.amount) == (less, Decimal("-8.00"))
    for kind in ("missing_there", "missing_here"):
        finance.command("settlementbatch", batch.pk, "resolve_many", kind=kind, reason="next month")
    assert work.count() == 0
    finance.command("settlementbatch", batch.pk, "compare")  # again: what is resolved stays so
    assert {state for _, state in differences().values()} == {"resolved"}
    finance.command("settlementbatch", batch.pk, "check")
    batch.refresh_from_db()
    assert (batch.state, batch.amount) == ("checked", Decimal("586.00"))


@pytest.mark.sop("O15", refused=True)
def test_a_difference_is_not_resolved_without_a_reason(sku: Any, finance: Staff) -> None:
    a_completed_order()
    batch = a_batch()
    a_statement_line(batch, "T1", "7.00")
    finance.command("settlementbatch", batch.pk, "compare")
    row = StatementDifference.objects.order_by("id")[0]
    before = row_counts()

    for fields in ({"reason": " "}, {"reason": "why", "adjustment": "0"}):
        assert finance.command("statementdifference", row.pk, "resolve", **fields).status_code == 422
    assert finance.command("settlementbatch", batch.pk, "resolve_many", kind="missing_here", reason="").status_code == 422

    row.refresh_from_db()
    assert (row.state, row_counts()) == ("open", before)
    assert Staff(Role.OPERATIONS_SUPERVISOR).command("statementdifference", row.pk, "resolve", reason="x").status_code == 403
    assert Staff(Role.FINANCE, shops=[]).command("statementdifference", row.pk, "resolve", reason="x").status_code == 404


def test_the_platforms_part_of_a_discount_is_its_own(shop: Any, sku: Any, finance: Staff) -> None:
    order = a_completed_order(lines=DISCOUNTED)
    batch = a_batch()
    upload(finance, shop, f"{order.external_id},190.00,2026-06-11,0,10.00")

    for _ in range(2):
        finance.command("settlementbatch", batch.pk, "compare")

    batch.refresh_from_db()
    assert (batch.shop_discount, batch.platform_discount, batch.amount) == (
        Decimal("8.00"),
        Decimal("10.00"),
        Decimal("190.00"),
    )
    assert differences() == {}
    StatementLine.objects.update(subsidy=Decimal("18.01"))  # more than there is
    finance.command("settlementbatch", batch.pk, "compare")
    batch.refresh_from_db()
    assert batch.platform_discount == Decimal("10.00")


def test_a_corrected_statement_closes_what_agrees_and_opens_what_has_changed(shop: Any, sku: Any, finance: Staff) -> None:
    one, two = a_completed_order(), a_completed_order()
    batch = a_batch()
    upload(finance, shop, f"{one.external_id},1.00,2026-06-11,,", f"{two.external_id},2.00,2026-06-11,,")
    finance.command("settlementbatch", batch.pk, "compare")
    row = StatementDifference.objects.get(external_id=two.external_id)
    finance.command("statementdifference", row.pk, "resolve", reason="they say so")

    page = upload(finance, shop, f"{one.external_id},198.00,2026-06-11,,", f"{two.external_id},3.00,2026-06-11,,")
    finance.command("settlementbatch", batch.pk, "compare")

    assert "Changed" in page
    assert differences() == {one.external_id: ("amount_differs", "agreed"), two.external_id: ("amount_differs", "open")}
    assert WorkItem.objects.filter(kind="orders.statement_difference", closed_at=None).get().subject_id == row.public_id
    upload(finance, shop, f"{one.external_id},197.00,2026-06-11,,")
    finance.command("settlementbatch", batch.pk, "compare")
    assert differences()[one.external_id] == ("amount_differs", "open")


def test_lines_without_an_open_settlement_are_refused(shop: Any, sku: Any, finance: Staff) -> None:
    order = a_completed_order()
    batch = a_checked_batch()

    page = upload(finance, shop, f"{order.external_id},198.00,2026-06-11,,", "T1,x,2026-02-30,,")

    assert "No open settlement holds this order or this day." in page
    assert StatementLine.objects.count() == 0
    batch.refresh_from_db()
    assert batch.compared_at is None


def test_a_line_goes_where_its_order_is_even_if_its_day_is_later(shop: Any, sku: Any, finance: Staff) -> None:
    order = a_completed_order()
    batch = a_batch()

    upload(finance, shop, f"{order.external_id},198.00,{TODAY + timedelta(days=3)},,")
    again = upload(finance, shop, f"{order.external_id},198.00,{TODAY + timedelta(days=3)},,")

    assert StatementLine.objects.get().batch == batch
    assert "Unchanged" in again


def test_what_is_checked_has_no_differences_to_resolve(sku: Any, finance: Staff) -> None:
    a_completed_order()
    batch = a_batch()
    a_statement_line(batch, "T1", "7.00")
    finance.command("settlementbatch", batch.pk, "compare")
    row = StatementDifference.objects.get(external_id="T1")
    checker = Staff(Role.FINANCE).user
    SettlementBatch.objects.update(state="checked", checker=checker)  # past the service

    answer = finance.command("statementdifference", row.pk, "resolve", reason="late")

    assert (answer.status_code, "nothing in it changes any more" in text_of(answer)) == (422, True)
    assert 'data-command="resolve"' not in text_of(finance.open("orders_statementdifference_change", row.pk))
    assert SettlementRow.objects.count() == 1
