"""What the knowledge base answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from opsdesk.common.actors import Actor
from support.enums.knowledge import ArticleState
from support.models import Article, ArticleVersion
from support.rules.knowledge.retrieval import Candidate, ranked, terms

MOST = 20  # hits that somebody reads


@dataclass(frozen=True)
class Found:
    """An article that fits a question, how well in percent, and the text to answer with."""

    article: Article
    percent: int

    @property
    def text(self) -> str:
        return self.article.live.body if self.article.live else ""


def visible_to(actor: Actor) -> QuerySet[Article]:
    """The articles of all shops, and of those that the actor sees."""
    rows = Article.objects.all()
    return rows if actor.shop_ids is None else rows.filter(Q(shop=None) | Q(shop__in=actor.shop_ids))


def published(shop_id: int | None) -> QuerySet[Article]:
    """What is answered from in a shop; without one, in all."""
    rows = Article.objects.filter(state=ArticleState.PUBLISHED)
    return rows if shop_id is None else rows.filter(Q(shop=None) | Q(shop=shop_id))


def search(question: str, *, shop_id: int | None, most: int = MOST) -> list[Found]:
    """The published articles that fit the question, best first. Three statements. SOP: S7"""
    asked = terms(question)
    rows = published(shop_id)
    known = rows.filter(live__terms__overlap=asked).values_list("pk", "live__terms")
    hits = ranked(asked, [Candidate(key, set(words)) for key, words in known], total=rows.count())[:most]
    articles = rows.select_related("live").in_bulk([hit.key for hit in hits])
    return [Found(articles[hit.key], hit.percent) for hit in hits]


def versions_of(article: Article) -> Sequence[ArticleVersion]:
    """Everything that the article has said, the newest first."""
    return list(ArticleVersion.objects.filter(article=article).order_by("-no"))


def newest(article_id: int) -> ArticleVersion:
    """The last version that was written, published or not."""
    return ArticleVersion.objects.filter(article=article_id).latest("no")


def to_review(now: datetime) -> QuerySet[Article]:
    """Published articles that have to be looked at again."""
    return published(None).filter(review_at__lte=now)
