"""Tags and service commitments: made, retired, and those that every installation starts with."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from catalog.enums.entry import TagKind
from catalog.models import Commitment, Tag
from catalog.rules.entry.first_labels import FIRST_COMMITMENTS, FIRST_TAGS
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark


@transaction.atomic
def sync_labels() -> None:
    """Make the first tags and commitments known; what somebody has changed since stays. SOP: C8, C9"""
    tags = [Tag(code=code, label=label, kind=TagKind.SYSTEM) for code, label in FIRST_TAGS]
    Tag.objects.bulk_create(tags, ignore_conflicts=True)
    promises = [Commitment(code=code, label=label, text=text) for code, label, text in FIRST_COMMITMENTS]
    Commitment.objects.bulk_create(promises, ignore_conflicts=True)


@transaction.atomic
def add_tag(*, code: str, label: str, actor: Actor, now: datetime) -> Tag:
    """Make a tag of the shop's own. Raises: Forbidden, Conflict (code or label is in use). SOP: C8"""
    actor.require("catalog.add_tag")
    _require_free(Tag, code, label)
    tag = Tag.objects.create(code=code, label=label)
    record(Change("catalog.tag_added", "tag", code, after={"label": label}), actor=actor, now=now)
    return tag


@transaction.atomic
def change_tag(*, tag_id: int, is_active: bool, actor: Actor, now: datetime) -> Tag:
    """Retire a tag or take it into use again; listings that have it keep it until they are edited.

    Raises: Forbidden, NotFound.
    SOP: C8
    """
    actor.require("catalog.change_tag")
    tag = lock_one(Tag.objects.filter(pk=tag_id))
    before, tag.is_active = tag.is_active, is_active
    tag.save(update_fields=["is_active"])
    change = Change("catalog.tag_changed", "tag", tag.code, before={"is_active": before}, after={"is_active": is_active})
    record(change, actor=actor, now=now)
    return tag


@transaction.atomic
def add_commitment(*, code: str, label: str, text: str, actor: Actor, now: datetime) -> Commitment:
    """Make a service that listings may promise. Raises: Forbidden, Conflict (code or label is in use). SOP: C9"""
    actor.require("catalog.add_commitment")
    _require_free(Commitment, code, label)
    row = Commitment.objects.create(code=code, label=label, text=text)
    change = Change("catalog.commitment_added", "commitment", code, after={"label": label, "text": text})
    record(change, actor=actor, now=now)
    return row


@transaction.atomic
def change_commitment(*, commitment_id: int, text: str, is_active: bool, actor: Actor, now: datetime) -> Commitment:
    """Word a promise otherwise, retire it, or take it into use again. Raises: Forbidden, NotFound. SOP: C9"""
    actor.require("catalog.change_commitment")
    row = lock_one(Commitment.objects.filter(pk=commitment_id))
    before = {"text": row.text, "is_active": row.is_active}
    after: dict[str, Any] = {"text": text, "is_active": is_active}
    row.text, row.is_active = text, is_active
    row.save(update_fields=list(after))
    change = Change("catalog.commitment_changed", "commitment", row.code, before=before, after=after)
    record(change, actor=actor, now=now)
    return row


def _require_free(model: "type[Tag] | type[Commitment]", code: str, label: str) -> None:
    """A name means one thing: neither is in use, as a code or as a label."""
    issues = [
        Issue(f"/{name}", "taken", mark("This name is in use already."))
        for name, text in (("code", code), ("label", label))
        if model.objects.filter(Q(code=text) | Q(label=text)).exists()
    ]
    if issues:
        raise Conflict(issues=issues)
