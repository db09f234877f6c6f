"""A supervisor takes responsibility for a finding of exactly one content."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import BannedWord, FindingWaiver, ListingRevision
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from tests.builders import a_draft, a_shop, a_user
from tests.kit.browser import signed_in, text_of
from tests.kit.listing_screens import do, sheet, state_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "shop")
LISTINGS = "/admin/catalog/listingrevision/"


@pytest.fixture
def shop(db: None) -> Any:
    BannedWord.objects.create(word="最佳", kind="false_claim", may_override=True)
    BannedWord.objects.create(word="假货")
    return a_shop()


@pytest.fixture
def supervisor(shop: Any) -> Client:
    return signed_in(a_user(Role.PRODUCT_SUPERVISOR, username="sup"))


def waive(client: Client, revision: ListingRevision, code: str = "false_claim", **form: str) -> Any:
    issue = revision.issues.get(code=code)
    data = {"seen_hash": revision.content_hash, "reason": "品牌方授权"} | form
    return client.post(f"{LISTINGS}{revision.pk}/waive/{issue.pk}/", data)


@pytest.mark.sop("C13")
def test_an_error_that_may_be_overridden_is_waived_and_the_listing_goes_on(supervisor: Client) -> None:
    revision = a_draft(detail="最佳选择")
    specialist = signed_in(a_user(Role.PRODUCT_SPECIALIST))
    assert do(specialist, revision, "submit").status_code == 422

    assert waive(supervisor, revision).status_code == 302

    assert list(revision.issues.values_list("code", "severity", "waiver__waived_by__username", "is_waivable")) == [
        ("false_claim", "warning", "sup", False)
    ]
    entry = AuditEntry.objects.get(action="listings.waive_finding")
    assert (entry.reason, entry.after["field"], entry.after["word"]) == ("品牌方授权", "/detail", "最佳")
    assert do(specialist, revision, "submit").status_code == 302
    assert state_of(revision) == "material_review"
    assert "Waived by sup: 品牌方授权" in text_of(supervisor.get(f"{LISTINGS}{revision.pk}/review/"))


def test_a_waiver_dies_with_the_next_edit(supervisor: Client) -> None:
    revision = a_draft(code="CUP", detail="最佳选择")
    waive(supervisor, revision)
    specialist = signed_in(a_user(Role.PRODUCT_SPECIALIST))

    specialist.post(f"{LISTINGS}{revision.pk}/write/", sheet(version=revision.version, detail="最佳选择！"))

    [issue] = revision.issues.filter(code="false_claim")
    assert (issue.severity, issue.waiver) == ("error", None)
    assert FindingWaiver.objects.count() == 1


@pytest.mark.sop("C13", refused=True)
@pytest.mark.parametrize(
    ("code", "form", "status"),
    [
        ("banned_word", {}, 409),
        ("false_claim", {"seen_hash": "x"}, 412),
        ("false_claim", {"reason": " "}, 422),
        ("false_claim", {"reason": ""}, 422),
    ],
)
def test_not_every_finding_and_never_without_reason(supervisor: Client, code: str, form: dict[str, str], status: int) -> None:
    revision = a_draft(detail="最佳选择，不是假货")
    before = row_counts()

    assert waive(supervisor, revision, code, **form).status_code == status
    assert (row_counts(), revision.issues.filter(severity="error").count()) == (before, 2)


def test_who_wrote_it_waives_nothing(supervisor: Client) -> None:
    both = a_user(Role.PRODUCT_SPECIALIST, Role.PRODUCT_SUPERVISOR)
    client = signed_in(both)
    client.post(f"{LISTINGS}add/", sheet(detail="最佳选择"))
    revision = ListingRevision.objects.get()
    before = row_counts()

    assert waive(client, revision).status_code == 403
    assert row_counts() == before
    page = client.get(f"{LISTINGS}{revision.pk}/change/")
    assert page.context["may_waive"] is False


def test_a_finding_is_waived_once(supervisor: Client) -> None:
    revision = a_draft(detail="最佳选择")
    issue = revision.issues.get()
    assert supervisor.get(f"{LISTINGS}{revision.pk}/waive/{issue.pk}/").status_code == 200
    waive(supervisor, revision)
    before = row_counts()

    again = waive(supervisor, revision)
    gone = supervisor.post(f"{LISTINGS}{revision.pk}/waive/{issue.pk}/", {"seen_hash": revision.content_hash, "reason": "x"})

    assert (again.status_code, gone.status_code, row_counts()) == (409, 409, before)


@pytest.mark.parametrize("role", [Role.PRODUCT_SPECIALIST, Role.CUSTOMER_SERVICE, Role.WAREHOUSE])
def test_nobody_else_waives(role: Role) -> None:
    revision, client = a_draft(detail="最佳选择"), signed_in(a_user(role))
    before = row_counts()

    assert waive(client, revision).status_code in (403, 404)
    assert row_counts() == before
    assert signed_in(a_user(Role.PRODUCT_SUPERVISOR)).get(f"{LISTINGS}999/waive/1/").status_code == 404
