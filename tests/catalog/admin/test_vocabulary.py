"""Categories and banned words on their forms."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.models import BannedWord, Category
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from tests.builders import a_category, a_user
from tests.kit.browser import signed_in
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")
CATEGORIES, WORDS = "/admin/catalog/category/", "/admin/catalog/bannedword/"


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(a_user(Role.PRODUCT_SUPERVISOR))


def a_word(**changes: Any) -> dict[str, Any]:
    form = {"word": "最佳", "kind": "false_claim", "severity": "error", "category": "", "allow_phrases": "", "is_active": "on"}
    return form | changes


@pytest.mark.sop("C7")
def test_categories_are_added_down_to_the_third_level(supervisor: Client) -> None:
    parent: Any = ""
    for level in (1, 2, 3):
        form = {"code": f"c{level}", "parent": parent, "name": f"类目{level}"}
        assert supervisor.post(f"{CATEGORIES}add/", form).status_code == 302
        row = Category.objects.get(code=f"c{level}")
        assert (row.level, row.target_margin) == (level, None)
        parent = row.pk
    assert AuditEntry.objects.filter(action="catalog.category_created").count() == 3


@pytest.mark.sop("C7", refused=True)
def test_there_is_no_fourth_level(supervisor: Client) -> None:
    form = {"code": "c4", "parent": a_category().pk, "name": "x"}
    before = row_counts()

    response = supervisor.post(f"{CATEGORIES}add/", form)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["parent"])
    assert row_counts() == before


def test_a_category_is_changed_but_neither_its_code_nor_its_place(supervisor: Client) -> None:
    category = a_category()
    form = {"code": "other", "parent": "", "name": "T恤", "target_margin": "35"}

    assert supervisor.post(f"{CATEGORIES}{category.pk}/edit/", form).status_code == 302

    category.refresh_from_db()
    assert (category.code, category.level, category.name) == ("t-shirts", 3, "T恤")
    assert category.target_margin == 35
    entry = AuditEntry.objects.get(action="catalog.category_changed")
    assert (entry.before["target_margin"], entry.after["target_margin"]) == (None, 35)


@pytest.mark.parametrize("margin", ["100", "-1", "x"])
def test_a_margin_of_a_category_is_possible(supervisor: Client, margin: str) -> None:
    category = a_category()
    form = {"name": "T恤", "target_margin": margin}

    assert supervisor.post(f"{CATEGORIES}{category.pk}/edit/", form).status_code == 422
    category.refresh_from_db()
    assert (category.name, category.target_margin) == ("t-shirts", None)


def test_a_taken_code_and_a_known_word_are_refused(supervisor: Client) -> None:
    a_category()
    supervisor.post(f"{WORDS}add/", a_word())
    before = row_counts()

    category = supervisor.post(f"{CATEGORIES}add/", {"code": "t-shirts", "parent": "", "name": "x"})
    word = supervisor.post(f"{WORDS}add/", a_word())

    assert category.context["form"].errors == {"code": ["There is a category of this code."]}
    assert word.context["form"].errors == {"word": ["This word is known already."]}
    assert row_counts() == before


def test_a_word_is_forbidden_and_put_out_of_force(supervisor: Client) -> None:
    category = a_category()
    supervisor.post(f"{WORDS}add/", a_word(category=category.pk, allow_phrases="最佳搭档\n最佳拍档"))
    row = BannedWord.objects.get()
    assert (row.word, row.kind, row.severity, row.category, row.is_active) == ("最佳", "false_claim", "error", category, True)
    assert row.allow_phrases == ["最佳搭档", "最佳拍档"]

    form = a_word(word="other", severity="warning")
    del form["is_active"]
    supervisor.post(f"{WORDS}{row.pk}/edit/", form)

    row.refresh_from_db()
    assert (row.word, row.severity, row.category, row.is_active) == ("最佳", "warning", None, False)
    assert AuditEntry.objects.filter(action__in=["catalog.word_added", "catalog.word_changed"]).count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRODUCT_SUPERVISOR])
def test_nobody_else_changes_them(role: Role) -> None:
    category, word = a_category(), BannedWord.objects.create(word="最佳")
    client = signed_in(a_user(role))
    before = row_counts()

    answers = [
        client.post(f"{CATEGORIES}add/", {"code": "x", "parent": "", "name": "x"}),
        client.post(f"{CATEGORIES}{category.pk}/edit/", {"name": "x"}),
        client.post(f"{WORDS}add/", a_word(word="x")),
        client.post(f"{WORDS}{word.pk}/edit/", a_word(severity="warning")),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert (Category.objects.get(pk=category.pk).name, BannedWord.objects.get().severity) == ("t-shirts", "error")
    assert row_counts() == before


def test_lists_and_pages_open(supervisor: Client) -> None:
    category, word = a_category(), BannedWord.objects.create(word="最佳")

    pages = [CATEGORIES, WORDS, f"{CATEGORIES}{category.pk}/change/", f"{WORDS}{word.pk}/change/", f"{WORDS}{word.pk}/edit/"]

    assert [supervisor.get(page).status_code for page in pages] == [200] * 5
    assert supervisor.get(f"{CATEGORIES}999/edit/").status_code == 404


def test_every_shop_starts_with_words_and_what_was_changed_stays() -> None:
    call_command("sync_reference")
    first = BannedWord.objects.count()
    BannedWord.objects.filter(word="最佳").update(is_active=False)

    call_command("sync_reference")

    assert (BannedWord.objects.count(), BannedWord.objects.get(word="最佳").is_active) == (first, False)
    assert BannedWord.objects.get(word="大麻").allow_phrases == ["大麻烦", "大麻哈鱼", "大麻黄"]
