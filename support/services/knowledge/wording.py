"""What agents do not say to customers."""

from datetime import datetime

from django.db import transaction

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from support.enums.knowledge import PhraseKind
from support.models import Phrase
from support.queries.knowledge.wording import rules
from support.rules.knowledge.wording import said

KIND = "phrase"
CHANGE = "support.change_phrase"


def check(body: str, *, actor: Actor, now: datetime) -> None:
    """Let a reply go out only without the phrases that are not for customers; every one of them is named.

    Raises: Invalid.
    SOP: S19
    """
    found = said(body, rules())
    message, better = mark("“%(phrase)s” is not said to customers."), mark("“%(phrase)s” is not said; say “%(instead)s”.")
    issues = [
        Issue(
            "/body",
            "forbidden_wording",
            better if rule.instead else message,
            params={"phrase": rule.phrase, "instead": rule.instead},
        )
        for rule in found
    ]
    if issues:
        raise Invalid(mark("The text has words that are not for customers."), code="forbidden_wording", issues=issues)


@transaction.atomic(savepoint=False)
def add_phrase(*, phrase: str, kind: str, instead: str, actor: Actor, now: datetime) -> Phrase:
    """Have a phrase refused in replies from now on.

    Raises: Forbidden, Conflict (it is there already).
    SOP: S19
    """
    actor.require(CHANGE)
    words = " ".join(phrase.split())
    row, created = Phrase.objects.get_or_create(phrase=words, defaults={"kind": PhraseKind(kind), "instead": instead.strip()})
    if not created:
        raise Conflict(mark("This phrase is in the list already."), code="exists")
    _record(row, "added", actor, now)
    return row


@transaction.atomic(savepoint=False)
def change_phrase(*, phrase_id: int, kind: str, instead: str, active: bool, actor: Actor, now: datetime) -> Phrase:
    """Change what is said instead, or take a phrase out of force.

    Raises: NotFound, Forbidden.
    SOP: S19
    """
    actor.require(CHANGE)
    row = lock_one(Phrase.objects.filter(pk=phrase_id))
    row.kind, row.instead, row.active = PhraseKind(kind), instead.strip(), active
    row.save(update_fields=["kind", "instead", "active"])
    _record(row, "changed", actor, now)
    return row


def _record(row: Phrase, what: str, actor: Actor, now: datetime) -> None:
    after = {"phrase": row.phrase, "kind": row.kind, "instead": row.instead, "active": row.active}
    record(Change(f"support.phrase_{what}", KIND, row.public_id, after=after), actor=actor, now=now)
