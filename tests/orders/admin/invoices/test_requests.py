"""Invoices: asked for by customer service, issued by finance."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from orders.models import InvoiceRequest, Order, Refund
from tests.builders import NOW, an_order
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
COMPANY = {"party": "company", "title": "晨光家居有限公司", "tax_id": "91350100m000100y43", "email": "a@example.com"}


@pytest.fixture
def finance(db: None) -> Staff:
    return Staff(Role.FINANCE)


def a_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("invoice.pdf", b"%PDF-1.4 invoice", "application/pdf")


def open_work() -> list[str]:
    return list(WorkItem.objects.filter(closed_at=None, kind__in=["orders.invoice_to_issue", "orders.red_letter_to_issue"])
                .values_list("kind", flat=True))  # fmt: skip


@pytest.mark.sop("O7")
def test_finance_issues_the_invoice_that_was_asked_for(agent: Staff, finance: Staff, sku: Any) -> None:
    order = an_order()

    assert agent.send("orders_invoicerequest_new", order.pk, **COMPANY).status_code == 302
    row = InvoiceRequest.objects.get()
    assert (row.state, row.tax_id, row.amount, open_work()) == (
        "requested",
        "91350100M000100Y43",
        Decimal("198.00"),
        ["orders.invoice_to_issue"],
    )

    assert finance.command("invoicerequest", row.pk, "issue", number="25440001", file=a_pdf()).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.number, row.issued_at, open_work()) == ("issued", "25440001", NOW, [])
    assert row.file
    page = text_of(finance.open("orders_invoicerequest_change", row.public_id))
    assert f'href="/admin/files/{row.file.public_id}/">invoice.pdf<' in page
    assert b"".join(finance.client.get(f"/admin/files/{row.file.public_id}/").streaming_content) == a_pdf().read()  # type: ignore[attr-defined]
    assert "25440001" in text_of(agent.open("orders_order_change", order.pk))


@pytest.mark.sop("O7", refused=True)
@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"tax_id": "91350100M000100Y44"}, "This is not a tax id"),
        ({"tax_id": ""}, "This is not a tax id"),
        ({"party": "person"}, "A person has no tax id"),
        ({"email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_a_wrong_heading_is_refused(agent: Staff, sku: Any, form: dict[str, str], message: str) -> None:
    order = an_order()
    before = row_counts()

    response = agent.send("orders_invoicerequest_new", order.pk, **(COMPANY | form))

    assert (response.status_code, row_counts()) == (422, before)
    assert message in text_of(response)


def test_money_that_goes_back_takes_the_invoice_back(agent: Staff, finance: Staff, sku: Any) -> None:
    order = an_order()
    agent.send("orders_invoicerequest_new", order.pk, **COMPANY)
    row = InvoiceRequest.objects.get()
    finance.command("invoicerequest", row.pk, "issue", number="25440001", file=a_pdf())
    agent.command("order", order.pk, "cancel", reason="x")
    finance.command("refund", Refund.objects.get().pk, "pay", reference="R-1")

    row.refresh_from_db()
    assert (row.state, open_work()) == ("red_letter_due", ["orders.red_letter_to_issue"])
    assert finance.command("invoicerequest", row.pk, "issue_red_letter", number="25449999").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.red_number, open_work(), Order.objects.get().payment_status) == (
        "red_lettered",
        "25449999",
        [],
        "refunded",
    )
    assert InvoiceRequest.objects.count() == 1


def test_open_requests_are_exported(agent: Staff, finance: Staff, sku: Any) -> None:
    agent.send("orders_invoicerequest_new", an_order().pk, **COMPANY)

    table = finance.open("orders_invoicerequest_open", "csv")

    assert "91350100M000100Y43" in b"".join(table.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert agent.open("orders_invoicerequest_open", "xlsx").status_code == 403
