"""Sample audits from the draw to the proven, or not proven, one in a thousand."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.enums.quality import AuditBasis
from catalog.models import AuditedField, ListingError, QualityAudit
from catalog.rules.quality.lifecycles import CHECKED_FIELDS
from catalog.services.quality.audits import draw_audit
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.duties.services import run_at
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_live_listing, a_user
from tests.kit.browser import command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
URL, RATE = "/admin/catalog/qualityaudit/", "/admin/catalog/auditedfield/error-rate/"


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(a_user(Role.PRODUCT_SUPERVISOR))


def verdicts(**changes: str) -> dict[str, str]:
    return {str(field): "right" for field in CHECKED_FIELDS} | changes


def judge(client: Client, item: Any, **changes: str) -> Any:
    return client.post(f"{URL}item/{item.pk}/", verdicts(**changes))


@pytest.mark.sop("C17")
def test_a_sample_is_drawn_judged_and_proves_nothing_yet(supervisor: Client) -> None:
    listings = [a_live_listing(supplier="South Factory") for _ in range(3)]
    assert supervisor.post(f"{URL}add/", {"basis": "random", "size": 2}).status_code == 302
    audit = QualityAudit.objects.get()
    assert (audit.population, audit.size, audit.state, audit.finish_by) == (3, 2, "open", NOW + timedelta(days=5))
    assert WorkItem.objects.get(kind="catalog.quality_audit").role == "product_supervisor"
    first, second = audit.items.order_by("pk")
    assert "Audit" in text_of(supervisor.get(f"{URL}{audit.public_id}/change/"))
    assert "保温杯" in text_of(supervisor.get(f"{URL}item/{first.pk}/"))

    done = judge(supervisor, first)
    assert (done.status_code, done["Location"]) == (302, f"{URL}item/{second.pk}/")
    done = judge(supervisor, second, price="wrong", price_note="99.00, the label says 89.00")
    assert done["Location"] == f"{URL}{audit.pk}/change/"

    audit.refresh_from_db()
    assert (audit.state, audit.closed_at) == ("closed", NOW)
    assert AuditedField.objects.filter(is_right=True).count() == 2 * len(CHECKED_FIELDS) - 1
    error = ListingError.objects.get()
    assert (error.field, error.kind, error.source, error.supplier) == ("price", "wrong", "audit", "South Factory")
    assert (error.revision, error.source_ref) == (second.revision, audit.public_id)
    assert list(WorkItem.objects.filter(closed_at=None, kind__startswith="catalog.quality")) == []
    assert {one.pk for one in listings} >= {first.revision_id, second.revision_id}

    page = supervisor.get(RATE)
    [total] = page.context["groups"][0][1]
    assert (total.line.rate.checked, total.line.rate.errors, total.line.known) == (28, 1, 1)
    assert (round(total.permille, 2), total.verdict) == (35.71, "Not proven")
    assert [row.line.name for row in page.context["groups"][2][1]] == ["South Factory"]
    assert (page.context["needed"], page.context["limit"]) == (3688, 1)
    for url in (total.checked_url, total.errors_url, total.known_url):
        assert supervisor.get(url).status_code == 200
    assert supervisor.get(total.errors_url).context["cl"].result_count == 1
    rows = page.context["groups"][1][1]
    assert sum(supervisor.get(row.checked_url).context["cl"].result_count for row in rows) == 28


@pytest.mark.sop("C17", refused=True)
@pytest.mark.parametrize("changes", [{"price": ""}, {"title": "", "stock": "right"}])
def test_every_field_is_judged(supervisor: Client, changes: dict[str, str]) -> None:
    a_live_listing()
    audit = draw_audit(basis=AuditBasis.RANDOM, size=1, actor=SYSTEM, now=NOW)
    before = row_counts()

    response = judge(supervisor, audit.items.get(), **changes)

    wrong = [name for name, chosen in changes.items() if not chosen]
    assert (response.status_code, list(response.context["form"].errors)) == (422, wrong)
    assert b"Say whether it is right." in response.content
    assert row_counts() == before


def test_nobody_audits_what_they_wrote() -> None:
    writer: User = a_user(Role.PRODUCT_SPECIALIST)
    a_live_listing(actor=staff_actor(writer))
    audit = draw_audit(basis=AuditBasis.RANDOM, size=1, actor=SYSTEM, now=NOW)
    client = signed_in(writer)
    before = row_counts()

    response = judge(client, audit.items.get())

    assert (response.status_code, b"Whoever wrote a listing may not audit it." in response.content) == (422, True)
    assert b"your own, a colleague audits it" in client.get(f"{URL}{audit.pk}/change/").content
    assert row_counts() == before


def test_a_listing_is_judged_once_and_only_by_the_product_desk(supervisor: Client) -> None:
    a_live_listing()
    a_live_listing()
    item = draw_audit(basis=AuditBasis.RANDOM, size=2, actor=SYSTEM, now=NOW).items.first()
    finance, manager = signed_in(a_user(Role.FINANCE)), signed_in(a_user(Role.OPERATIONS_MANAGER))
    judge(supervisor, item)
    before = row_counts()

    assert b"audited already" in judge(supervisor, item).content
    assert judge(finance, item).status_code == 403
    assert judge(manager, item).status_code == 403
    assert finance.get(RATE).status_code == 403
    assert finance.post(f"{URL}add/", {"basis": "random", "size": 1}).status_code == 403
    assert supervisor.get(f"{URL}item/999/").status_code == 404
    assert row_counts() == before


def test_the_week_draws_one_sample_that_can_be_drawn_again(supervisor: Client) -> None:
    assert run_at(name="catalog.draw_audit", now=NOW) == 0
    for _ in range(4):
        a_live_listing()
    assert [run_at(name="catalog.draw_audit", now=NOW) for _ in range(2)] == [4, 0]
    audit = QualityAudit.objects.get()

    draws = [draw_audit(basis=AuditBasis.RANDOM, size=3, seed=seed, actor=SYSTEM, now=NOW) for seed in (5, 5, 6)]
    same, again, other = ([item.revision_id for item in one.items.order_by("pk")] for one in draws)
    assert (same, len(set(same))) == (again, 3)
    assert sorted(other) != sorted(same) or other != same
    assert audit.slot is not None


def test_by_risk_the_worst_come_first_and_prove_nothing(supervisor: Client) -> None:
    a_live_listing()
    bad = a_live_listing()
    item = draw_audit(basis=AuditBasis.RANDOM, size=2, actor=SYSTEM, now=NOW).items.get(revision=bad)
    judge(supervisor, item, title="misleading")

    risky = draw_audit(basis=AuditBasis.RISK, size=1, actor=SYSTEM, now=NOW).items.get()
    assert risky.revision == bad
    judge(supervisor, risky, title="misleading", detail="outdated")
    [total] = supervisor.get(RATE).context["groups"][0][1]
    assert (total.line.rate.checked, total.line.rate.errors, total.line.known) == (14, 1, 2)


def test_a_sample_is_closed_early_with_a_reason(supervisor: Client) -> None:
    a_live_listing()
    audit = draw_audit(basis=AuditBasis.RANDOM, size=1, actor=SYSTEM, now=NOW)

    assert command(supervisor, "catalog_qualityaudit", audit.pk, "close", reason=" ").status_code == 422
    assert command(supervisor, "catalog_qualityaudit", audit.pk, "close", reason="moved to July").status_code == 302
    audit.refresh_from_db()
    assert (audit.state, WorkItem.objects.get(kind="catalog.quality_audit").outcome) == ("closed", "closed")
    assert b"audited already" in judge(supervisor, audit.items.get()).content
    assert command(supervisor, "catalog_qualityaudit", audit.pk, "close", reason="again").status_code == 422


@pytest.mark.parametrize(
    ("form", "message"), [({"basis": "random", "size": 1}, b"No listing is on sale."), ({"basis": "x", "size": 0}, b"")]
)
def test_a_sample_of_nothing_is_refused(supervisor: Client, form: dict[str, Any], message: bytes) -> None:
    before = row_counts()

    response = supervisor.post(f"{URL}add/", form)

    assert (response.status_code, message in response.content) == (422, True)
    assert row_counts() == before


@pytest.mark.sop("C17")
def test_an_error_is_corrected_by_the_specialist(supervisor: Client) -> None:
    a_live_listing()
    judge(supervisor, draw_audit(basis=AuditBasis.RANDOM, size=1, actor=SYSTEM, now=NOW).items.get(), title="wrong")
    error, item = ListingError.objects.get(), WorkItem.objects.get(kind="catalog.listing_error")
    specialist = signed_in(a_user(Role.PRODUCT_SPECIALIST))
    assert (item.subject_id, item.role, item.due_at) == (error.public_id, "product_specialist", NOW + timedelta(hours=24))
    assert specialist.get(f"/admin/catalog/listingerror/{error.public_id}/change/").status_code == 200

    assert command(specialist, "catalog_listingerror", error.pk, "correct", correction="New revision.").status_code == 302

    error.refresh_from_db()
    item.refresh_from_db()
    assert (error.corrected_at, error.correction, item.outcome) == (NOW, "New revision.", "corrected")
    before = row_counts()
    assert command(specialist, "catalog_listingerror", error.pk, "correct", correction="Again.").status_code == 422
    finance = signed_in(User.objects.get(pk=a_user(Role.AUDITOR).pk))
    before = row_counts()
    assert command(finance, "catalog_listingerror", error.pk, "correct", correction="x").status_code == 403
    assert row_counts() == before


def test_lists_cost_the_same_statements_whatever_they_hold(supervisor: Client) -> None:
    counts = []
    for more in (1, 1, 6):  # the first round fills the cache of parameters
        for _ in range(more):
            a_live_listing()
        audit = draw_audit(basis=AuditBasis.RANDOM, size=10, actor=SYSTEM, now=NOW)
        for item in audit.items.all():
            judge(supervisor, item, title="wrong", price="outdated")
        with CaptureQueriesContext(connection) as statements:
            for url in (
                f"{URL}{audit.pk}/change/",
                "/admin/catalog/listingerror/",
                "/admin/catalog/auditedfield/",
                RATE,
            ):
                assert supervisor.get(url).status_code == 200
        counts.append(len(statements))

    assert counts[1] == counts[2]


@pytest.mark.parametrize("period", ["since=2026-06-11&until=2026-06-10", "since=x&until=2026-06-10"])
def test_a_period_that_is_none_is_said_so(supervisor: Client, period: str) -> None:
    assert supervisor.get(f"{RATE}?{period}").status_code == 422
    assert supervisor.get(f"{RATE}?since=2026-06-01&until=2026-06-11").status_code == 200
