"""Many listings on or off sale at once: what was looked at is done, and nothing else."""

from typing import Any

import pytest

from catalog.models import ListingRevision
from catalog.services.publishing import delist
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from tests.builders import NOW, a_category, a_live_listing, a_shop
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.django_db
SCREEN = "catalog_delistproposal_bulk"
FORM = {"action": "delist", "reason": "campaign"}


@pytest.fixture(autouse=True)
def shop(clock: Any, db: None) -> Any:
    return a_shop()


@pytest.fixture
def desk() -> Staff:
    return Staff(Role.PRODUCT_SPECIALIST)


def states() -> list[str]:
    return list(ListingRevision.objects.order_by("id").values_list("state", flat=True))


def shown(answer: Any) -> list[tuple[str, str]]:
    return [(row.code, why) for row, why in answer.context["rows"]]


def token(answer: Any) -> str:
    return str(answer.context["outcome"].token)


@pytest.mark.sop("C14")
def test_many_listings_go_off_and_come_back_as_they_were_shown(desk: Staff) -> None:
    first, second, gone = a_live_listing(), a_live_listing(), a_live_listing()
    delist(revision_id=gone.pk, reason="policy", actor=SYSTEM, now=NOW)
    codes = [one.product.code for one in (first, second, gone)]
    form, before = {**FORM, "codes": f"{codes[0]}，{codes[1]} {codes[2]}\nNONE"}, row_counts()

    look: Any = desk.send(SCREEN, **form)
    assert (look.status_code, row_counts(), states()) == (200, before, ["listed", "listed", "delisted"])
    refused = [(codes[2], "It is not on sale."), ("NONE", "No published listing has this code.")]
    assert shown(look) == [(codes[0], ""), (codes[1], ""), *refused]
    assert "2 ok, 2 refused. Nothing has been changed yet." in text_of(look)

    done: Any = desk.send(SCREEN, **form, token=token(look))
    assert "Done: 2 ok, 2 refused." in text_of(done)
    assert (shown(done)[2:], states()) == (refused, ["delisted", "delisted", "delisted"])

    form = {"action": "relist", "reason": "campaign", "shop": "tmall-01", "category": str(a_category().parent_id)}
    done = desk.send(SCREEN, **form, token=token(desk.send(SCREEN, **form)))
    assert (done.context["outcome"].ok, states()) == (3, ["listed", "listed", "listed"])
    look = desk.send(SCREEN, **{**form, "codes": codes[0]})
    assert shown(look) == [(codes[0], "It is on sale already.")]


@pytest.mark.sop("C14", refused=True)
def test_nothing_is_done_that_is_not_as_it_was_shown(desk: Staff) -> None:
    first, second = a_live_listing(), a_live_listing()
    form = {**FORM, "codes": f"{first.product.code} {second.product.code}"}
    look: Any = desk.send(SCREEN, **form)
    delist(revision_id=second.pk, reason="policy", actor=SYSTEM, now=NOW)
    before = row_counts()

    for sent in (form, {**form, "codes": first.product.code}):  # another listing's state, another order
        answer: Any = desk.send(SCREEN, **sent, token=token(look))
        assert answer.status_code == 412
        assert answer.context["form"].non_field_errors() == ["It is no longer as it was shown; look again."]
        assert (row_counts(), states()) == (before, ["listed", "delisted"])


def test_a_listing_that_was_changed_after_the_look_stops_all(desk: Staff) -> None:
    first, second = a_live_listing(), a_live_listing()
    form = {**FORM, "codes": f"{first.product.code} {second.product.code}"}
    look: Any = desk.send(SCREEN, **form)
    ListingRevision.objects.filter(pk=second.pk).update(title="改过的标题")
    assert desk.send(SCREEN, **form, token=token(look)).status_code == 412
    assert states() == ["listed", "listed"]


@pytest.mark.sop("C14", refused=True)
def test_all_listings_at_once_are_refused(desk: Staff) -> None:
    a_live_listing()
    finance, supervisor = Staff(Role.FINANCE), Staff(Role.PRODUCT_SUPERVISOR)
    before = row_counts()
    answer = desk.send(SCREEN, **FORM, token="x")
    assert (answer.status_code, "Choose by at least one" in text_of(answer)) == (422, True)
    assert desk.send(SCREEN, **FORM, shop="nowhere").status_code == 422
    assert finance.send(SCREEN, **FORM, shop="tmall-01").status_code == 403
    assert supervisor.send(SCREEN, **{**FORM, "action": "relist"}, shop="tmall-01").status_code == 403
    assert (row_counts(), states()) == (before, ["listed"])


def test_the_screen_has_its_own_title_and_one_entry_of_the_sidebar(desk: Staff) -> None:
    page: Any = desk.open(SCREEN)
    assert "opts" not in page.context  # the path above the page ends with the screen's title, not with the questions
    entries = [entry for group in page.context["sidebar_navigation"] for entry in group["items"] if entry.get("active")]
    assert [str(entry["title"]) for entry in entries] == ["Many on or off sale"]
    page = desk.open("catalog_delistproposal_changelist")
    entries = page.context["sidebar_navigation"]
    assert [str(one["title"]) for group in entries for one in group["items"] if one.get("active")] == ["Take off sale?"]
