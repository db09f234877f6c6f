"""Writing, publishing and retiring articles; the last word is another person's than the author's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Issue, NotFound
from opsdesk.common.locking import lock_many, lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value
from support.enums.knowledge import ArticleKind
from support.models import Article, ArticleVersion
from support.parameters.knowledge import PUBLISH_TIME, REVIEW_TIME
from support.queries.knowledge.articles import newest, to_review
from support.rules.knowledge.lifecycle import ARTICLE_LIFECYCLE
from support.rules.knowledge.retrieval import terms

KIND = "article"
PUBLISH, REVIEW = "support.article_to_publish", "support.article_to_review"


@dataclass(frozen=True)
class ArticleText:
    """What an article says, and how customers ask for it, one phrase each."""

    title: str
    body: str
    questions: Sequence[str] = ()

    @property
    def terms(self) -> list[str]:
        return terms(self.title, self.body, *self.questions)


@transaction.atomic(savepoint=False)
def write_article(*, kind: str, shop_id: int | None, text: ArticleText, actor: Actor, now: datetime) -> Article:
    """Begin an article; customers are answered from it once somebody else has published it.

    Raises: Forbidden, NotFound (another's shop), Invalid (empty).
    SOP: S7
    """
    actor.require(ARTICLE_LIFECYCLE.transitions["rewrite"].permission)
    if shop_id is not None and not actor.sees_shop(shop_id):
        raise NotFound()
    _judge(text)
    article = Article.objects.create(kind=ArticleKind(kind), shop_id=shop_id, title=text.title.strip())
    _add_version(article, 1, text, actor, now)
    _record(article, "written", {"version": 1}, actor, now)
    return article


@transaction.atomic(savepoint=False)
def rewrite_article(*, article_id: int, text: ArticleText, actor: Actor, now: datetime) -> Article:
    """Write the next version; the published one is answered from until the new one is published.

    Raises: NotFound, Forbidden, Invalid (empty), Conflict (nothing changed).
    SOP: S7
    """
    article = _enter(article_id, "rewrite", actor)
    _judge(text)
    last = newest(article.pk)
    if (last.title, last.body, list(last.questions)) == (text.title.strip(), text.body.strip(), list(text.questions)):
        raise Conflict(mark("Nothing was changed."), code="unchanged")
    _add_version(article, last.no + 1, text, actor, now)
    _record(article, "written", {"version": last.no + 1}, actor, now)
    return article


@transaction.atomic(savepoint=False)
def publish_article(*, article_id: int, actor: Actor, now: datetime) -> Article:
    """Answer from the newest version from now on.

    Raises: NotFound, Forbidden (one's own version, superusers included), IllegalTransition, Conflict (published already).
    SOP: S7
    """
    article = _enter(article_id, "publish", actor)
    version = newest(article.pk)
    if article.live_id == version.pk and article.state == "published":
        raise Conflict(mark("The newest version is published already."), code="unchanged")
    if actor.staff_id is not None and version.author_id == actor.staff_id:
        raise Forbidden(mark("Somebody else publishes what you have written."))
    if version.published_at is None:
        version.publisher_id, version.published_by, version.published_at = actor.staff_id, actor.label, now
        version.save(update_fields=["publisher", "published_by", "published_at"])
    _move(article, "publish", now, title=version.title, live=version, review_at=now + value(REVIEW_TIME))
    _close(article, actor, now, outcome="published")
    _record(article, "published", {"version": version.no}, actor, now)
    return article


@transaction.atomic(savepoint=False)
def keep_article(*, article_id: int, actor: Actor, now: datetime) -> Article:
    """Say that an article still holds; it is looked at again after the same time.

    Raises: NotFound, Forbidden, IllegalTransition.
    SOP: S7
    """
    article = _enter(article_id, "keep", actor)
    _move(article, "keep", now, review_at=now + value(REVIEW_TIME))
    inbox.resolve(kind=REVIEW, subject_ids=[article.public_id], outcome="kept", actor=actor, now=now)
    _record(article, "kept", {}, actor, now)
    return article


@transaction.atomic(savepoint=False)
def retire_article(*, article_id: int, reason: str, actor: Actor, now: datetime) -> Article:
    """Answer from it no more, and say why; it can be published again.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (no reason).
    SOP: S7
    """
    article = _enter(article_id, "retire", actor)
    if not reason.strip():
        message = mark("A reason is required.")
        raise Invalid(message, code="required", issues=[Issue("/reason", "required", message)])
    _move(article, "retire", now, review_at=None)
    _close(article, actor, now, outcome="retired")
    _record(article, "retired", {}, actor, now, reason=reason.strip())
    return article


@transaction.atomic
def ask_reviews(*, now: datetime) -> int:
    """Have articles looked at again whose time has come; harmless when it runs twice. Returns how many. SOP: S7"""
    due = lock_many(to_review(now))
    works = [_work(REVIEW, article, article.review_at or now) for article in due]
    inbox.raise_many(works, now=now)
    return len(works)


def _judge(text: ArticleText) -> None:
    message = mark("This field is required.")
    issues = [Issue(f"/{name}", "required", message) for name in ("title", "body") if not getattr(text, name).strip()]
    if issues:
        raise Invalid(message, code="required", issues=issues)


def _enter(article_id: int, step: str, actor: Actor) -> Article:
    article = lock_one(Article.objects.filter(pk=article_id))
    if article.shop_id is not None and not actor.sees_shop(article.shop_id):
        raise NotFound()
    ARTICLE_LIFECYCLE.enter(step, article.state, actor)
    return article


def _move(article: Article, step: str, now: datetime, **columns: Any) -> None:
    target = ARTICLE_LIFECYCLE.transitions[step].target
    for name, one in (columns | ({"state": target} if target else {})).items():
        setattr(article, name, one)
    article.save(update_fields=["state", *columns])


def _add_version(article: Article, no: int, text: ArticleText, actor: Actor, now: datetime) -> None:
    ArticleVersion.objects.create(
        article=article,
        no=no,
        title=text.title.strip(),
        body=text.body.strip(),
        questions=list(text.questions),
        terms=text.terms,
        author_id=actor.staff_id,
        written_by=actor.label,
        written_at=now,
    )
    inbox.raise_item(_work(PUBLISH, article, now + value(PUBLISH_TIME)), now=now)


def _work(kind: str, article: Article, due: datetime) -> inbox.Work:
    return inbox.Work(kind, KIND, article.public_id, due, shop_id=article.shop_id, params={"title": article.title})


def _close(article: Article, actor: Actor, now: datetime, *, outcome: str) -> None:
    for kind in (PUBLISH, REVIEW):
        inbox.resolve(kind=kind, subject_ids=[article.public_id], outcome=outcome, actor=actor, now=now)


def _record(article: Article, what: str, after: Mapping[str, Any], actor: Actor, now: datetime, *, reason: str = "") -> None:
    told = {"state": article.state, **after}
    record(Change(f"support.article_{what}", KIND, article.public_id, after=told, reason=reason), actor=actor, now=now)
