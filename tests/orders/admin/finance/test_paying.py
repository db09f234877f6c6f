"""Refunds to pay: the list goes out, the references come back."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.imports.models import ImportFile
from opsdesk.inbox.models import WorkItem
from orders.models import Refund
from orders.services.changes import cancel_order
from tests.builders import NOW, an_order
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def finance(db: None) -> Staff:
    return Staff(Role.FINANCE)


def a_refund() -> Refund:
    order = an_order()
    cancel_order(order_id=order.pk, reason="=1+1", actor=SYSTEM, now=NOW)
    return Refund.objects.get(order=order)


def upload(staff: Staff, *lines: str) -> ImportFile:
    file = SimpleUploadedFile("paid.csv", "\n".join(["退款编号,付款流水号,退款金额", *lines]).encode())
    staff.client.post("/admin/imports/new/orders.refund_payments/", {"file": file})
    return ImportFile.objects.order_by("-id")[0]


def write(staff: Staff, work: ImportFile) -> None:
    staff.client.post(f"/admin/imports/{work.public_id}/", {"policy": "good_rows"})


@pytest.mark.sop("O15")
def test_the_list_goes_out_and_comes_back_with_references(sku: Any, finance: Staff) -> None:
    one, two = a_refund(), a_refund()

    table = finance.open("orders_refund_topay", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(table.content)).active
    assert sheet
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[:3] == ("Refund", "Payment reference", "Amount")
    assert [row[0] for row in rows] == [one.public_id, two.public_id]
    assert (rows[0][2], rows[0][6], rows[0][7]) == (198, one.order.external_id, "alipay")
    for row, reference in ((2, "B1"), (3, "B2")):
        sheet.cell(row, 2).value = reference  # type: ignore[union-attr]
    stream = io.BytesIO()
    sheet.parent.save(stream)  # type: ignore[union-attr]
    file = SimpleUploadedFile("paid.xlsx", stream.getvalue())
    finance.client.post("/admin/imports/new/orders.refund_payments/", {"file": file})
    write(finance, ImportFile.objects.get())

    states = Refund.objects.order_by("id").values_list("state", "reference", "paid_by")
    assert list(states) == [("succeeded", "B1", finance.user.username), ("succeeded", "B2", finance.user.username)]
    assert not WorkItem.objects.filter(kind="orders.refund_to_pay", closed_at=None).exists()
    one.order.refresh_from_db()
    assert (one.order.payment_status, f"{one.order.owed_amount}") == ("refunded", "0.00")


@pytest.mark.sop("O15", refused=True)
def test_each_row_that_is_wrong_says_why_and_pays_nothing(sku: Any, finance: Staff) -> None:
    refund, failed = a_refund(), a_refund()
    finance.command("refund", failed.pk, "fail", reason="account closed")
    before = row_counts()

    work = upload(
        finance, f"{refund.public_id},B1,197.99", f"{failed.public_id},B2,", "ref_nowhere,B3,", f"{refund.public_id},,"
    )
    page = text_of(finance.client.get(f"/admin/imports/{work.public_id}/"))
    write(finance, work)

    for words in ("The refund is over 198.00.", "This refund is not to be paid: Failed", "There is no such refund."):
        assert words in page
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == ("to_pay", "")
    after = row_counts()
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert not changed - {"imports_importfile", "imports_importrow", "files_storedfile", "audit_auditentry"}


def test_a_refund_is_not_paid_twice(sku: Any, finance: Staff) -> None:
    refund = a_refund()
    finance.command("refund", refund.pk, "pay", reference="B1")

    same, other = upload(finance, f"{refund.public_id},B1,"), upload(finance, f"{refund.public_id},B9,")

    assert (same.existing, same.refused, other.existing, other.refused) == (1, 0, 0, 1)


def test_only_finance_has_the_list(sku: Any, finance: Staff, agent: Staff) -> None:
    assert agent.open("orders_refund_topay", "xlsx").status_code == 403
    assert agent.client.get("/admin/imports/new/orders.refund_payments/").status_code == 403
    assert "Export refunds to pay" not in text_of(agent.open("orders_refund_changelist"))
    assert "Export refunds to pay" in text_of(finance.open("orders_refund_changelist"))
    assert finance.open("orders_refund_topay", "pdf").status_code == 404
