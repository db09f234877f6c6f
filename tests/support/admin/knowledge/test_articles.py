"""The knowledge base: written by one, published by another, looked up, looked at again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.inbox.models import WorkItem
from support.models import Article
from support.queries.knowledge.articles import search
from support.services.knowledge.articles import ArticleText, publish_article, write_article
from tests.builders import NOW, a_shop
from tests.kit.browser import Staff, text_of
from tests.kit.duties import run
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FORM = {
    "kind": "policy",
    "shop_id": "",
    "title": "怎么退货",
    "body": "签收后 7 天内可以退货。",
    "questions": "退货流程\n想退掉",
}


def an_article(title: str = "怎么退货", body: str = "签收后 7 天内可以退货。", *, shop: Any = None) -> Article:
    text = ArticleText(title, body)
    article = write_article(kind="policy", shop_id=shop and shop.pk, text=text, actor=SYSTEM, now=NOW)
    return publish_article(article_id=article.pk, actor=SYSTEM, now=NOW)


def command(staff: Staff, article: Article, name: str, **fields: Any) -> Any:
    return staff.send("support_article_command", article.pk, name, **fields)


@pytest.mark.sop("S7")
def test_an_article_is_written_published_by_another_and_found() -> None:
    agent, lead = Staff(Role.CUSTOMER_SERVICE), Staff(Role.OPERATIONS_SUPERVISOR)

    assert agent.send("support_article_new", **FORM).status_code == 302

    article = Article.objects.get()
    item = WorkItem.objects.get(kind="support.article_to_publish", closed_at=None)
    assert (article.state, item.subject_id, search("想退掉", shop_id=None)) == ("draft", article.public_id, [])
    command(lead, article, "publish")
    item.refresh_from_db()
    article.refresh_from_db()
    assert (article.state, article.review_at, item.outcome) == ("published", NOW + timedelta(days=180), "published")
    page = text_of(agent.client.get("/admin/support/article/search/", {"q": "想退掉"}))
    assert ("签收后 7 天内可以退货。" in page, "100 %" in page) == (True, True)


@pytest.mark.sop("S7", refused=True)
def test_nobody_publishes_their_own_words_and_nothing_empty_is_written() -> None:
    lead, warehouse = Staff(Role.OPERATIONS_SUPERVISOR), Staff(Role.WAREHOUSE)
    lead.send("support_article_new", **FORM)
    article = Article.objects.get()
    before = row_counts()

    refused = command(lead, article, "publish")
    assert (refused.status_code, "Somebody else publishes" in text_of(refused)) == (422, True)
    assert lead.send("support_article_new", **FORM | {"body": " "}).status_code == 422
    assert lead.send("support_article_new", **FORM | {"questions": "x" * 121}).status_code == 422
    assert lead.send("support_article_write", article.pk, **FORM).status_code == 422  # nothing changed
    assert command(lead, article, "retire", reason="x").status_code == 422  # not published yet
    assert warehouse.open("support_article_new").status_code == 403
    assert warehouse.open("support_article_search").status_code == 403
    assert row_counts() == before


def test_the_old_version_answers_until_the_new_one_is_published() -> None:
    agent, lead, article = Staff(Role.CUSTOMER_SERVICE), Staff(Role.OPERATIONS_SUPERVISOR), an_article()

    agent.send("support_article_write", article.pk, **FORM | {"body": "签收后 15 天内可以退货。"})
    assert search("退货", shop_id=None)[0].text == "签收后 7 天内可以退货。"
    command(lead, article, "publish")

    assert search("退货", shop_id=None)[0].text == "签收后 15 天内可以退货。"
    page = text_of(lead.open("support_article_change", article.pk))
    assert ("Version 2" in page, "Version 1" in page, "7 天内" in page) == (True, True, True)
    assert command(lead, article, "publish").status_code == 422


def test_an_old_article_is_looked_at_again_and_kept_or_retired() -> None:
    lead, article = Staff(Role.OPERATIONS_SUPERVISOR), an_article()
    run("support.review_articles", NOW + timedelta(days=179))
    assert not WorkItem.objects.filter(kind="support.article_to_review").exists()
    for _ in range(2):
        run("support.review_articles", NOW + timedelta(days=180))
    item = WorkItem.objects.get(kind="support.article_to_review", closed_at=None)

    command(lead, article, "keep")
    item.refresh_from_db()
    article.refresh_from_db()
    assert (item.outcome, article.review_at) == ("kept", NOW + timedelta(days=180))

    assert command(lead, article, "retire", reason=" ").status_code == 422
    command(lead, article, "retire", reason="Out of date")
    article.refresh_from_db()
    assert (article.state, article.review_at, search("退货", shop_id=None)) == ("retired", None, [])
    command(lead, article, "publish")
    article.refresh_from_db()
    assert article.state == "published"


def test_an_article_of_a_shop_holds_there_only() -> None:
    ours, theirs = a_shop(), a_shop("other-01")
    article = an_article(shop=theirs)
    assert (search("退货", shop_id=ours.pk), len(search("退货", shop_id=theirs.pk))) == ([], 1)
    stranger = Staff(Role.CUSTOMER_SERVICE, shops=[ours])
    assert stranger.open("support_article_write", article.pk).status_code == 404
    assert stranger.send("support_article_new", **FORM | {"shop_id": theirs.pk}).status_code == 422
    assert staff_actor(stranger.user).sees_shop(ours.pk)


def test_a_search_costs_three_statements_whatever_is_found() -> None:
    for number in range(12):
        an_article(f"怎么退货 {number}")
    with CaptureQueriesContext(connection) as statements:
        assert len(search("怎么退货", shop_id=None)) == 12
    assert len(statements) == 3
