"""The knowledge base of the demo company, its agents' presence, and phrases that are not for customers."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from support.enums.knowledge import PhraseKind, PresenceState
from support.services.knowledge import articles, presence, wording
from support.services.knowledge.articles import ArticleText

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OLD = 200 * DAY  # longer than an article holds without being read again
TEXTS = Path(__file__).with_name("articles.toml")
PHRASES = (
    ("不知道", PhraseKind.IMPOLITE, "我帮您查一下，马上答复您"),
    ("自己看", PhraseKind.IMPOLITE, "我来为您说明"),
    ("绝对不会坏", PhraseKind.PROMISE, "商品有质保，出现质量问题包退换"),
    ("加我微信", PhraseKind.OUTSIDE, ""),
)


def make_knowledge(*, now: datetime) -> None:
    """Articles of every kind and state, one to be read again and one to be published; agents online and offline."""
    agent = staff_actor(User.objects.get(username=Role.CUSTOMER_SERVICE))
    lead = staff_actor(User.objects.get(username=Role.OPERATIONS_SUPERVISOR))
    found = tomllib.loads(TEXTS.read_text())["article"]
    for place, one in enumerate(found):
        written = now - OLD if place == 0 else now - 30 * DAY
        text = ArticleText(one["title"], one["body"], one["questions"])
        row = articles.write_article(kind=one["kind"], shop_id=None, text=text, actor=agent, now=written)
        if place < len(found) - 1:
            articles.publish_article(article_id=row.pk, actor=lead, now=written + MINUTE)
        if place == len(found) - 2:
            articles.retire_article(article_id=row.pk, reason="该款台灯已停售", actor=lead, now=now - DAY)
    articles.ask_reviews(now=now)
    for phrase, kind, instead in PHRASES:
        wording.add_phrase(phrase=phrase, kind=kind, instead=instead, actor=lead, now=now - 30 * DAY)
    presence.set_presence(state=PresenceState.ONLINE, actor=agent, now=now - 90 * MINUTE)
    presence.set_presence(state=PresenceState.BUSY, actor=lead, now=now - 60 * MINUTE)
    presence.close_silent(now=now)
    presence.set_presence(state=PresenceState.ONLINE, actor=agent, now=now)
