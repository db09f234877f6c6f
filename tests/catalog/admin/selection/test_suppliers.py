"""Suppliers with their documents and scorecards, in the browser and through the duty."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Sku, Supplier, SupplierAssessment, SupplierDocument
from catalog.services.inbound.posting import post_receipt
from catalog.services.inbound.receipts import Scan
from catalog.services.publishing import delist
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.files.models import StoredFile
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_document, a_live_listing, a_shop, a_sku, a_supplier, a_user
from tests.builders.inbound import a_purchase, a_receipt
from tests.builders.quality import a_complaint
from tests.builders.selection import TODAY
from tests.builders.tables import uploaded
from tests.builders.times import at
from tests.kit.browser import Desk, command, signed_in, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DUTY = "catalog.scan_supplier_documents"


@pytest.fixture
def desk() -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


@pytest.fixture
def supervisor() -> Desk:
    return Desk(a_user(Role.PRODUCT_SUPERVISOR))


def send(desk: Desk, view: str, /, *args: Any, **form: Any) -> Any:
    return desk.client.post(reverse(f"admin:{view}", args=args), form)


def document_form(**changes: Any) -> dict[str, Any]:
    return {"kind": "quality_report", "number": "QT-1", "issued_on": "2026-01-01", "expires_on": "2027-01-01"} | changes


def open_work() -> list[tuple[str, str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).values_list("kind", "role", "subject_id"))


def test_a_supplier_is_added_changed_and_given_a_document_with_its_scan(desk: Desk, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    added = send(desk, "catalog_supplier_add", code="yw", name="Yiwu Home", contact="sales desk")
    supplier = Supplier.objects.get()
    assert (added.status_code, supplier.name, supplier.status) == (302, "Yiwu Home", "active")
    assert send(desk, "catalog_supplier_edit", supplier.pk, name="Yiwu Homeware").status_code == 302

    form = document_form(upload=uploaded("report.pdf", PDF))
    assert command(desk.client, "catalog_supplier", supplier.pk, "add_document", **form).status_code == 302

    document, supplier = SupplierDocument.objects.get(), Supplier.objects.get()
    assert (supplier.name, document.kind, document.expires_on) == ("Yiwu Homeware", "quality_report", date(2027, 1, 1))
    page = text_of(desk.get("catalog_supplier_change", supplier.public_id))
    assert "This supplier cannot be chosen: a valid document is lacking." in page
    assert document.file is not None
    scan = desk.get("file", document.file.public_id)
    assert (scan.status_code, b"".join(scan.streaming_content)) == (200, PDF)  # type: ignore[attr-defined]
    outsider = Desk(a_user(Role.WAREHOUSE))
    assert outsider.get("file", document.file.public_id).status_code == 404


@pytest.mark.sop("C2", refused=True)
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"expires_on": "2025-12-31"}, "It must have been issued by today, and before it expires."),
        ({"issued_on": "2026-06-12"}, "It must have been issued by today, and before it expires."),
        ({"number": ""}, "This field is required."),
        ({"number": "OLD"}, "This document is recorded already."),
        ({"upload": uploaded("report.pdf", b"<html>")}, "pdf, jpg, jpeg, png, webp"),
    ],
)
def test_a_document_that_cannot_be_is_refused(desk: Desk, changes: dict[str, Any], error: str) -> None:
    supplier = a_supplier(qualified=False)
    a_document(supplier, number="OLD")
    before = row_counts()

    answer = command(desk.client, "catalog_supplier", supplier.pk, "add_document", **document_form(**changes))

    assert answer.status_code in (409, 415, 422)
    assert error in text_of(answer)
    assert (row_counts(), StoredFile.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"code": "sup-a", "name": "Other"}, "There is a supplier of this code."),
        ({"code": "other", "name": "Supplier sup-a"}, "There is a supplier of this name."),
        ({"code": "not a code", "name": "Other"}, "Enter a valid “slug”"),
    ],
)
def test_a_supplier_that_is_there_already_is_refused(desk: Desk, form: dict[str, str], error: str) -> None:
    a_supplier("sup-a")
    before = row_counts()
    answer = send(desk, "catalog_supplier_add", **form)
    assert answer.status_code in (409, 422)
    assert error in text_of(answer)
    assert row_counts() == before


@pytest.mark.parametrize(("days", "due"), [(31, 0), (30, 1), (0, 1), (-1, 1)])
def test_a_document_that_expires_is_asked_for_once_and_its_renewal_ends_it(desk: Desk, days: int, due: int) -> None:
    supplier = a_supplier(qualified=False)
    document = a_document(supplier, expires_on=TODAY + timedelta(days=days))
    WorkItem.objects.all().delete()

    run(DUTY, NOW)
    run(DUTY, NOW)

    wanted = [("catalog.supplier_document", "product_specialist", document.public_id)] * due
    assert open_work() == wanted
    if not due:
        return
    page = desk.get("catalog_supplierdocument_change", document.public_id)
    assert page.status_code == 200
    late = command(desk.client, "catalog_supplierdocument", document.pk, "renew", **document_form(expires_on="2026-06-10"))
    assert (late.status_code, open_work()) == (422, wanted)
    assert "This document has expired as well." in text_of(late)

    assert command(desk.client, "catalog_supplierdocument", document.pk, "renew", **document_form()).status_code == 302

    document.refresh_from_db()
    assert (document.state, document.renewed_by.number, open_work()) == ("renewed", "QT-1", [])  # type: ignore[union-attr]
    run(DUTY, NOW)
    assert open_work() == []


@pytest.mark.sop("C2", refused=True)
@pytest.mark.parametrize(
    ("role", "form", "status", "error"),
    [
        (Role.PRODUCT_SPECIALIST, {"expires_on": "2026-06-10"}, 422, "This document has expired as well."),
        (Role.PRODUCT_SPECIALIST, {"issued_on": "2026-06-12"}, 422, "It must have been issued by today"),
        (Role.PRODUCT_SPECIALIST, {"number": "OLD"}, 409, "This document is recorded already."),
        (Role.PRODUCT_SPECIALIST, {"number": ""}, 422, "This field is required."),
        (Role.PURCHASING, {}, 403, ""),
    ],
)
def test_the_work_of_an_expiring_document_is_not_finished_by_what_renews_nothing(
    role: Role, form: dict[str, str], status: int, error: str
) -> None:
    document = a_document(a_supplier(qualified=False), number="OLD", expires_on=TODAY)
    work, desk = open_work(), Desk(a_user(role))
    before = row_counts()

    answer = command(desk.client, "catalog_supplierdocument", document.pk, "renew", **document_form(**form))

    assert (answer.status_code, error in text_of(answer)) == (status, True)
    assert (row_counts(), open_work()) == (before, work)
    assert (work, SupplierDocument.objects.get().state) == (
        [("catalog.supplier_document", "product_specialist", document.public_id)],
        "current",
    )


def test_a_document_that_is_no_longer_needed_is_put_aside(desk: Desk) -> None:
    document = a_document(a_supplier(qualified=False), expires_on=TODAY)
    assert [kind for kind, *_ in open_work()] == ["catalog.supplier_document"]
    assert (
        command(desk.client, "catalog_supplierdocument", document.pk, "retire", reason="not sold any more").status_code == 302
    )
    assert open_work() == []
    assert command(desk.client, "catalog_supplierdocument", document.pk, "retire", reason="again").status_code == 422


def test_documents_are_found_by_their_expiry(desk: Desk) -> None:
    supplier = a_supplier(qualified=False)
    for number, days in (("GONE", -1), ("TODAY", 0), ("SOON", 30), ("LATER", 31)):
        a_document(supplier, number=number, expires_on=TODAY + timedelta(days=days))

    def shown(expiry: str) -> list[str]:
        page = desk.client.get(reverse("admin:catalog_supplierdocument_changelist"), {"expiry": expiry})
        return sorted(row.number for row in page.context["cl"].result_list)

    assert (shown("expired"), shown("due"), len(shown("any"))) == (["GONE"], ["GONE", "SOON", "TODAY"], 4)


def test_the_scan_costs_the_same_statements_whatever_it_finds() -> None:
    run_at(name=DUTY, now=NOW)  # reads the parameters
    run_at(name=DUTY, now=NOW)
    counts = []
    for size in (2, 20):
        for _ in range(size):
            a_document(a_supplier(qualified=False), expires_on=TODAY)
        with CaptureQueriesContext(connection) as statements:
            run_at(name=DUTY, now=NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.sop("C2")
def test_a_supervisor_assesses_and_the_scorecard_opens_its_rows(desk: Desk, supervisor: Desk) -> None:
    supplier = a_supplier()
    for score, day in ((2, "2026-05-01"), (4, "2026-06-01")):
        form = {"aspect": "quality", "score": score, "assessed_on": day, "reason": "samples"}
        assert command(supervisor.client, "catalog_supplier", supplier.pk, "assess", **form).status_code == 302
    form = {"aspect": "delivery", "score": 5, "assessed_on": "2026-06-01", "reason": "always in time"}
    command(supervisor.client, "catalog_supplier", supplier.pk, "assess", **form)
    a_shop()
    revision = a_live_listing(supplier=supplier.name)
    delist(revision_id=revision.pk, reason="quality", actor=SYSTEM, now=NOW)

    page: Any = desk.get("catalog_supplier_change", supplier.pk)

    card = page.context["card"]
    assert (str(card.average), {name: row.score for name, row in card.scores.items()}) == ("4.5", {"quality": 4, "delivery": 5})
    assert (card.listings, card.live, card.quality_delists) == (1, 0, 1)
    assert [row.pk for row in page.context["delisted"]] == [revision.pk]
    rows = desk.client.get(
        reverse("admin:catalog_supplierassessment_changelist"),
        {"supplier__id__exact": str(supplier.pk), "aspect__exact": "quality"},
    )
    assert [row.score for row in rows.context["cl"].queryset] == [4, 2]
    listed = desk.client.get(reverse("admin:catalog_listingrevision_changelist"), {"supplier": supplier.name})
    assert [row.pk for row in listed.context["cl"].queryset] == [revision.pk]


@pytest.mark.sop("C2", refused=True)
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"score": 6}, "less than or equal to 5"),
        ({"assessed_on": "2026-06-12"}, "This day has not come yet."),
        ({"reason": ""}, ""),
    ],
)
def test_an_assessment_without_a_reason_or_out_of_bounds_is_refused(
    supervisor: Desk, changes: dict[str, Any], error: str
) -> None:
    supplier = a_supplier()
    before = row_counts()
    form = {"aspect": "quality", "score": 3, "assessed_on": "2026-06-01", "reason": "samples"} | changes
    answer = command(supervisor.client, "catalog_supplier", supplier.pk, "assess", **form)
    assert (answer.status_code, error in text_of(answer)) == (422, True)
    assert (row_counts(), SupplierAssessment.objects.count()) == (before, 0)


def test_a_suspended_supplier_is_suspended_once_and_comes_back(desk: Desk, supervisor: Desk) -> None:
    supplier = a_supplier()
    assert command(desk.client, "catalog_supplier", supplier.pk, "suspend", reason="x").status_code == 403
    assert command(supervisor.client, "catalog_supplier", supplier.pk, "suspend", reason="late").status_code == 302
    assert command(supervisor.client, "catalog_supplier", supplier.pk, "suspend", reason="late").status_code == 422
    assert Supplier.objects.get().status == "suspended"
    assert command(supervisor.client, "catalog_supplier", supplier.pk, "resume", reason="agreed").status_code == 302
    assert Supplier.objects.get().status == "active"


@pytest.mark.parametrize("role", [Role.PURCHASING, Role.MARKETING, Role.WAREHOUSE])
def test_others_read_or_stay_outside(role: Role) -> None:
    supplier = a_supplier()
    desk, before = Desk(a_user(role)), row_counts()
    reads = 403 if role == Role.WAREHOUSE else 200
    for name in ("supplier", "supplierdocument", "supplierassessment"):
        assert desk.get(f"catalog_{name}_changelist").status_code == reads
    assert send(desk, "catalog_supplier_add", code="x", name="x").status_code == 403
    assert command(desk.client, "catalog_supplier", supplier.pk, "add_document", **document_form()).status_code == 403
    assert row_counts() == before


def test_the_scorecard_tells_complaints_punctuality_and_fill_rate(desk: Desk, clock: Any) -> None:
    supplier = a_supplier("yiwu")
    assert send(desk, "catalog_supplier_edit", supplier.pk, name="Yiwu Textiles").status_code == 302
    shop = a_shop()
    whole, part = a_sku(shop, code="TS-1"), a_sku(shop, code="TS-2")
    order = a_purchase((whole, 10), (part, 10))
    receipt = a_receipt(order, Scan("TS-1", 10, lot_code="L1"), Scan("TS-2", 4, 1, lot_code="L1"))
    post_receipt(receipt_id=receipt.pk, actor=SYSTEM, now=NOW)
    url = reverse("admin:catalog_supplier_change", args=[supplier.pk])

    def deliveries() -> tuple[int, int, str, str]:
        page: Any = signed_in(desk.user).get(url)  # anew: sessions end with the day
        found = page.context["card"].deliveries
        return found.lines, found.punctual, str(found.punctuality), str(found.fill_rate)

    assert deliveries() == (1, 1, "100.0", "100.0")
    clock.move_to(at(9, day=20))
    assert deliveries() == (1, 1, "100.0", "100.0")
    clock.move_to(at(9, day=21))
    assert deliveries() == (2, 1, "50.0", "70.0")
    listed = signed_in(desk.user).get(reverse("admin:catalog_purchaseorder_changelist"), {"supplier_name": "Yiwu Textiles"})
    assert [row.pk for row in listed.context["cl"].queryset] == [order.pk]


def test_complaints_about_a_suppliers_goods_are_counted(desk: Desk) -> None:
    supplier = a_supplier()
    a_shop()
    revision = a_live_listing(supplier=supplier.name)
    complaint = a_complaint(Sku.objects.get(product=revision.product))

    page: Any = desk.get("catalog_supplier_change", supplier.pk)

    assert (complaint.supplier, page.context["card"].complaints) == (supplier.name, 1)
    rows = desk.client.get(reverse("admin:catalog_qualitycomplaint_changelist"), {"supplier": supplier.name})
    assert [row.pk for row in rows.context["cl"].queryset] == [complaint.pk]


def test_a_suppliers_name_is_its_own(desk: Desk) -> None:
    first, second = a_supplier(), a_supplier()
    assert desk.client.get(reverse("admin:catalog_supplier_add")).status_code == 200
    answer = send(desk, "catalog_supplier_edit", second.pk, name=first.name)
    assert (answer.status_code, "There is a supplier of this name." in text_of(answer)) == (409, True)
    assert desk.client.get(reverse("admin:catalog_supplier_edit", args=[999])).status_code == 404
    other = Desk(a_user(Role.MARKETING))
    assert other.client.get(reverse("admin:catalog_supplier_edit", args=[second.pk])).status_code == 403
    assert command(other.client, "catalog_supplier", 999, "add_document").status_code == 404
