"""Competitors' products and prices, and what they ask of our prices."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import CompetitorPrice, CompetitorProduct, PriceProposal, Sku
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from tests.builders import NOW, a_competitor, a_live_listing, a_shop, a_sku, a_user
from tests.kit.browser import Desk, command, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock", "db")


@pytest.fixture
def desk() -> Desk:
    return Desk(a_user(Role.PRODUCT_SPECIALIST))


def send(desk: Desk, view: str, /, *args: Any, **form: Any) -> Any:
    return desk.client.post(reverse(f"admin:{view}", args=args), form)


def see(desk: Desk, competitor: CompetitorProduct, *prices: object) -> None:
    for price in prices:
        assert command(desk.client, "catalog_competitorproduct", competitor.pk, "record_price", price=price).status_code == 302


def proposals() -> list[tuple[str, list[str]]]:
    return list(PriceProposal.objects.order_by("id").values_list("state", "reasons"))


@pytest.mark.sop("C26")
def test_a_competitors_prices_are_kept_and_a_fall_asks_for_our_price(desk: Desk) -> None:
    a_shop()
    revision = a_live_listing()
    sku = Sku.objects.get(product=revision.product)  # costs 99.00
    form = {"name": "Their flask", "platform": "tmall", "url": "https://shop.example.com/1", "sku": sku.code}
    assert send(desk, "catalog_competitorproduct_add", **form).status_code == 302
    competitor = CompetitorProduct.objects.get()

    see(desk, competitor, "110.00", "108.00")
    assert proposals() == []
    see(desk, competitor, "98.99")

    assert list(CompetitorPrice.objects.order_by("id").values_list("price", "seen_at")) == [
        (Decimal(price), NOW) for price in ("110.00", "108.00", "98.99")
    ]
    proposal = PriceProposal.objects.get()
    assert proposal.reasons == ["moved", "undercut"]
    assert (proposal.previous_price, proposal.competitor_price, proposal.own_price) == (
        Decimal("108.00"),
        Decimal("98.99"),
        Decimal("99.00"),
    )
    item = WorkItem.objects.get(kind="catalog.review_price")
    assert (item.role, item.due_at, item.params["goods"]) == ("product_specialist", NOW + timedelta(hours=24), sku.code)
    page = text_of(desk.get("catalog_competitorproduct_change", competitor.public_id))
    assert '<polyline points="0.0,0.0 120.0,8.7 240.0,48.0"' in page

    accepted = command(desk.client, "catalog_priceproposal", proposal.pk, "accept")

    write = reverse("admin:catalog_pricechange_add") + f"?skus={sku.code}"
    assert (accepted.status_code, accepted["Location"]) == (302, write)
    screen = desk.client.get(write)
    assert (screen.status_code, f'value="{sku.code}"' in text_of(screen)) == (200, True)
    assert f'href="{write}"' in text_of(desk.get("catalog_priceproposal_change", proposal.pk))
    item.refresh_from_db()
    assert (proposals(), item.outcome) == ([("accepted", ["moved", "undercut"])], "accepted")


@pytest.mark.sop("C26")
def test_a_proposal_is_declined_with_a_reason_and_comes_back_only_with_news(desk: Desk) -> None:
    sku = a_sku(a_shop(), price="99.00")
    competitor = a_competitor(sku.code)
    see(desk, competitor, "98.00", "98.50")
    proposal = PriceProposal.objects.get()
    assert command(desk.client, "catalog_priceproposal", proposal.pk, "decline", reason="").status_code == 422

    assert command(desk.client, "catalog_priceproposal", proposal.pk, "decline", reason="a short sale").status_code == 302

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, WorkItem.objects.get().outcome) == ("declined", "a short sale", "declined")
    see(desk, competitor, "98.00")
    assert len(proposals()) == 1
    see(desk, competitor, "80.00", "79.00")
    assert proposals() == [("declined", ["undercut"]), ("open", ["moved"])]


@pytest.mark.sop("C26")
def test_a_proposal_names_the_prices_behind_it_and_shows_the_newest(desk: Desk, clock: Any) -> None:
    sku = a_sku(a_shop(), price="99.00")
    competitor = a_competitor(sku.code)
    for day, price in ((0, "130.00"), (1, "120.00"), (2, "110.00"), (3, "111.00")):
        clock.move_to(NOW + timedelta(days=day))
        if day == 2:  # what moved on day 1 was left as it is
            first = PriceProposal.objects.get()
            form = {"reason": "a short sale"}
            assert command(Desk(desk.user).client, "catalog_priceproposal", first.pk, "decline", **form).status_code == 302
        see(Desk(desk.user), competitor, price)

    def shown(proposal: PriceProposal) -> list[tuple[str, int]]:
        page: Any = Desk(desk.user).get("catalog_priceproposal_change", proposal.public_id)
        rows = [(str(row.price), (row.seen_at - NOW).days) for row in page.context["behind"]]
        assert [f">{price}<" in text_of(page) for price, _day in rows] == [True] * len(rows)
        assert reverse("admin:catalog_pricedsku_change", args=[sku.pk]) in text_of(page)
        return rows

    second = PriceProposal.objects.get(state="open")
    assert (second.reasons, second.previous_price, second.competitor_price) == (["moved"], Decimal(120), Decimal(111))
    assert shown(second) == [("111.00", 3), ("110.00", 2), ("120.00", 1)]
    assert shown(PriceProposal.objects.get(state="declined")) == [("110.00", 2), ("120.00", 1), ("130.00", 0)]


def test_news_of_the_same_product_is_one_proposal(desk: Desk) -> None:
    competitor = a_competitor()
    see(desk, competitor, "100", "90", "80")
    proposal = PriceProposal.objects.get()
    assert (proposal.previous_price, proposal.competitor_price) == (Decimal(100), Decimal(80))
    assert WorkItem.objects.count() == 1
    accepted = command(desk.client, "catalog_priceproposal", proposal.pk, "accept")
    assert accepted["Location"] == reverse("admin:catalog_pricechange_add")


@pytest.mark.sop("C26", refused=True)
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"url": "ftp://shop.example.com/1"}, "It must be an address that begins with http:// or https://."),
        ({"sku": "NONE"}, "There is no SKU NONE."),
        ({"sku": ""}, "Name the SKU or the category that it competes with."),
        ({"url": "https://shop.example.com/taken"}, "This address is watched already."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_competitor_that_cannot_be_is_refused(desk: Desk, changes: dict[str, Any], error: str) -> None:
    sku = a_sku(a_shop())
    a_competitor(sku.code, url="https://shop.example.com/taken")
    form = {"name": "Their flask", "platform": "tmall", "url": "https://shop.example.com/1", "sku": sku.code} | changes
    before = row_counts()

    answer = send(desk, "catalog_competitorproduct_add", **form)

    assert answer.status_code in (409, 422)
    assert error in text_of(answer)
    assert row_counts() == before


@pytest.mark.sop("C26", refused=True)
@pytest.mark.parametrize("price", ["0", "-5", "x", "1e30", ""])
def test_a_price_that_cannot_be_is_refused(desk: Desk, price: str) -> None:
    competitor = a_competitor()
    before = row_counts()
    answer = command(desk.client, "catalog_competitorproduct", competitor.pk, "record_price", price=price)
    assert (answer.status_code, row_counts()) == (422, before)


def test_a_competitor_is_changed(desk: Desk) -> None:
    competitor = a_competitor()
    form = {"name": "New name", "platform": "jd", "url": competitor.url, "category_id": competitor.category_id}
    assert desk.get("catalog_competitorproduct_edit", competitor.pk).status_code == 200
    assert send(desk, "catalog_competitorproduct_edit", competitor.pk, **form).status_code == 302
    competitor.refresh_from_db()
    assert (competitor.name, competitor.platform) == ("New name", "jd")


@pytest.mark.parametrize("role", [Role.MARKETING, Role.WAREHOUSE])
def test_others_do_not_record_prices_or_answer(desk: Desk, role: Role) -> None:
    competitor = a_competitor()
    see(desk, competitor, "100", "80")
    other, before = Desk(a_user(role)), row_counts()
    reads = 200 if role == Role.MARKETING else 403
    assert other.get("catalog_competitorproduct_changelist").status_code == reads
    assert other.get("catalog_priceproposal_changelist").status_code == reads
    for model, pk, name in (
        ("competitorproduct", competitor.pk, "record_price"),
        ("priceproposal", PriceProposal.objects.get().pk, "accept"),
    ):
        assert command(other.client, f"catalog_{model}", pk, name, price="1").status_code == 403
    assert row_counts() == before
