"""Forms of categories, tags, commitments and patterns on their screens."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.models import CategoryAttribute, ClaimPattern, Commitment, Tag
from catalog.services.entry.labels import sync_labels
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from tests.builders import a_category, a_live_listing, a_shop, a_user, an_attribute
from tests.kit.browser import signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
ROOT = "/admin/catalog/"
FIELDS, TAGS, PROMISES, CLAIMS = (f"{ROOT}{name}/" for name in ("categoryattribute", "tag", "commitment", "claimpattern"))


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(a_user(Role.PRODUCT_SUPERVISOR))


def a_field(**changes: Any) -> dict[str, Any]:
    form = {"category": a_category().pk, "name": "容量", "kind": "number", "unit": "ml", "choices": "", "rank": "1"}
    return form | {"is_required": "on", "is_active": "on"} | changes


@pytest.mark.sop("C7")
@pytest.mark.sop("C5")
def test_a_field_is_added_to_a_form_and_changed(supervisor: Client) -> None:
    assert supervisor.post(f"{FIELDS}add/", a_field()).status_code == 302
    row = CategoryAttribute.objects.get()
    assert (row.name, row.category, row.kind, row.unit, row.is_required, row.rank) == (
        "容量",
        a_category(),
        "number",
        "ml",
        True,
        1,
    )

    form = a_field(name="other", kind="choice", choices="大\n小")
    del form["is_required"]
    assert supervisor.post(f"{FIELDS}{row.pk}/edit/", form).status_code == 302

    row.refresh_from_db()
    assert (row.name, row.kind, row.unit, row.choices, row.is_required) == ("容量", "choice", "", ["大", "小"], False)
    entry = AuditEntry.objects.get(action="catalog.attribute_changed")
    assert (entry.subject_id, entry.before["kind"], entry.after["choices"]) == ("t-shirts", "number", ["大", "小"])
    page = text_of(supervisor.get(f"{ROOT}category/{a_category().pk}/change/"))
    assert ("容量" in page, "大, 小" in page) == (True, True)


@pytest.mark.sop("C7", refused=True)
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "材质", "kind": "choice"}, "choices"), ({}, "name"), ({"category": ""}, "category"), ({"rank": "x"}, "rank")],
)
def test_a_field_without_choices_or_of_a_taken_name_is_refused(supervisor: Client, changes: Any, field: str) -> None:
    an_attribute()
    before = row_counts()

    response = supervisor.post(f"{FIELDS}add/", a_field(**changes))

    assert (response.status_code, field in response.context["form"].errors) == (422, True)
    assert row_counts() == before


@pytest.mark.sop("C8")
def test_a_tag_of_ones_own_is_made_and_retired(supervisor: Client) -> None:
    sync_labels()
    assert supervisor.post(f"{TAGS}add/", {"code": "gift", "label": "送礼", "is_active": "on"}).status_code == 302
    tag = Tag.objects.get(code="gift")
    assert (tag.label, tag.kind, tag.is_active) == ("送礼", "own", True)

    supervisor.post(f"{TAGS}{tag.pk}/edit/", {"code": "x", "label": "y"})

    tag.refresh_from_db()
    assert (tag.code, tag.label, tag.is_active) == ("gift", "送礼", False)
    assert Tag.objects.filter(kind="system", is_active=True).count() == 3


@pytest.mark.sop("C9")
def test_a_commitment_is_made_and_worded_otherwise(supervisor: Client) -> None:
    form = {"code": "gift-wrap", "label": "免费包装", "text": "免费礼品包装", "is_active": "on"}
    assert supervisor.post(f"{PROMISES}add/", form).status_code == 302
    row = Commitment.objects.get(code="gift-wrap")

    supervisor.post(f"{PROMISES}{row.pk}/edit/", form | {"text": "礼盒另计", "label": "x"})

    row.refresh_from_db()
    assert (row.label, row.text, row.is_active) == ("免费包装", "礼盒另计", True)
    assert AuditEntry.objects.get(action="catalog.commitment_changed").before["text"] == "免费礼品包装"


@pytest.mark.sop("C8", refused=True)
@pytest.mark.sop("C9", refused=True)
def test_a_name_means_one_thing(supervisor: Client) -> None:
    sync_labels()
    before = row_counts()

    tag = supervisor.post(f"{TAGS}add/", {"code": "hot", "label": "新品"})
    crossed = supervisor.post(f"{TAGS}add/", {"code": "x", "label": "hot"})
    promise = supervisor.post(f"{PROMISES}add/", {"code": "x", "label": "包邮", "text": ""})
    taken = supervisor.post(f"{PROMISES}add/", {"code": "x", "label": "包邮", "text": "x"})

    assert [list(page.context["form"].errors) for page in (tag, crossed, promise, taken)] == [
        ["code", "label"],
        ["label"],
        ["text"],
        ["label"],
    ]
    assert row_counts() == before


@pytest.mark.sop("C13")
def test_a_pattern_is_forbidden_and_put_out_of_force(supervisor: Client) -> None:
    form = {"pattern": "最[好大]", "kind": "false_claim", "severity": "error", "allow_phrases": "最大功率", "category": ""}
    assert supervisor.post(f"{CLAIMS}add/", form | {"is_active": "on", "may_override": "on"}).status_code == 302
    row = ClaimPattern.objects.get()
    assert (row.pattern, row.severity, row.allow_phrases, row.may_override) == ("最[好大]", "error", ["最大功率"], True)

    supervisor.post(f"{CLAIMS}{row.pk}/edit/", form | {"pattern": "x", "severity": "warning"})

    row.refresh_from_db()
    assert (row.pattern, row.severity, row.is_active) == ("最[好大]", "warning", False)


@pytest.mark.sop("C13", refused=True)
@pytest.mark.parametrize("pattern", ["*", "最", "(a+)+", "已有[的了]"])
def test_a_pattern_that_cannot_be_used_is_refused(supervisor: Client, pattern: str) -> None:
    ClaimPattern.objects.create(pattern="已有[的了]")
    ClaimPattern.objects.create(pattern="(a+)+")
    before = row_counts()

    response = supervisor.post(f"{CLAIMS}add/", {"pattern": pattern, "kind": "false_claim", "severity": "error"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["pattern"])
    assert row_counts() == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRODUCT_SUPERVISOR])
def test_nobody_else_changes_them(role: Role) -> None:
    sync_labels()
    client, row = signed_in(a_user(role)), an_attribute()
    before = row_counts()

    answers = [
        client.post(f"{FIELDS}add/", a_field(name="x")),
        client.post(f"{FIELDS}{row.pk}/edit/", a_field()),
        client.post(f"{TAGS}add/", {"code": "x", "label": "x"}),
        client.post(f"{PROMISES}add/", {"code": "x", "label": "x", "text": "x"}),
        client.post(f"{CLAIMS}add/", {"pattern": "最[好大]", "kind": "false_claim", "severity": "error"}),
    ]

    assert ([answer.status_code for answer in answers], row_counts()) == ([403] * 5, before)


def test_lists_open_and_products_are_found_by_tag(supervisor: Client) -> None:
    call_command("sync_reference")
    row = an_attribute()
    a_shop()
    a_live_listing(code="CUP", tags=["new"])
    a_live_listing(code="MUG", tags=["hot"])

    addresses = [FIELDS, TAGS, PROMISES, CLAIMS, f"{FIELDS}{row.pk}/change/", f"{FIELDS}add/?category={a_category().pk}"]
    assert [supervisor.get(address).status_code for address in addresses] == [200] * 6
    found = supervisor.get(f"{ROOT}product/", {"tag": "新品"})
    assert [product.code for product in found.context["cl"].result_list] == ["CUP"]


def test_every_shop_starts_with_them_and_what_was_changed_stays() -> None:
    call_command("sync_reference")
    counts = (Tag.objects.count(), Commitment.objects.count(), ClaimPattern.objects.count())
    Tag.objects.filter(code="hot").update(is_active=False)
    ClaimPattern.objects.update(severity="warning")

    call_command("sync_reference")

    assert (Tag.objects.count(), Commitment.objects.count(), ClaimPattern.objects.count()) == counts
    assert Tag.objects.get(code="hot").is_active is False
    assert not ClaimPattern.objects.filter(severity="error").exists()
    assert list(Tag.objects.order_by("id").values_list("label", flat=True)) == ["热销", "新品", "折扣"]
