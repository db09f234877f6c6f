"""Putting an approved version in the place of the one that is live, now or at its time."""

from datetime import datetime

from django.db import transaction

from catalog.enums.pages import PageState
from catalog.models import ContentPage, PageVersion
from catalog.parameters.pages import PAGE_CORRECT_WITHIN, PAGE_LOOK_EVERY
from catalog.queries.pages import blocks_of
from catalog.rules.pages.blocks import page_hash
from catalog.services.pages import steps
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Conflict, DomainError, Invalid
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.parameters.queries import value


@transaction.atomic
def schedule(*, version_id: int, swap_at: datetime, actor: Actor, now: datetime) -> PageVersion:
    """Have an approved version go live at a time to come.

    Raises: NotFound, Forbidden, IllegalTransition, Invalid (the time has passed).
    SOP: C25
    """
    version = steps.lock_version(version_id, actor)
    step = steps.enter(version, "schedule", actor)
    if swap_at <= now:
        raise Invalid(mark("The time must lie ahead."), code="date_out_of_range")
    inbox.move_due(kind=steps.PUBLISH, subject_id=version.public_id, due_at=swap_at)
    steps.move(version, step, actor=actor, now=now, reason=swap_at.isoformat(), swap_at=swap_at)
    return version


@transaction.atomic
def publish(*, version_id: int, actor: Actor, now: datetime) -> PageVersion:
    """Put an approved version live, exactly as it was approved; the one before is replaced in the same moment.

    Raises: NotFound, Forbidden, IllegalTransition, Conflict (not as approved), Invalid (a product went off sale, a word
    was banned).
    SOP: C25
    """
    version = steps.lock_version(version_id, actor)
    step = steps.enter(version, "publish", actor)
    if page_hash(version.title, blocks_of(version)) != version.approved_hash:
        raise Conflict(mark("The content is not the one that was approved."), code="not_as_approved")
    steps.require_clean(version)
    for old in PageVersion.objects.filter(page=version.page_id, state=PageState.LIVE):
        old.page = version.page
        steps.move(old, steps.enter(old, "replace", actor), actor=actor, now=now)
    steps.move(version, step, actor=actor, now=now, published_at=now, swap_at=None)
    look_by = version.page.look_by or now + value(PAGE_LOOK_EVERY)
    ContentPage.objects.filter(pk=version.page_id).update(live_version=version, title=version.title, look_by=look_by)
    return version


def swap_due(*, now: datetime) -> int:
    """Put every approved version live whose time has come; returns how many.

    One that cannot go live loses its time and goes back to a person; the others go on.
    SOP: C25
    """
    due = PageVersion.objects.filter(state=PageState.APPROVED, swap_at__lte=now).order_by("swap_at", "id")
    swapped = 0
    for version_id in due.values_list("pk", flat=True):
        try:
            publish(version_id=version_id, actor=SYSTEM, now=now)
        except DomainError:
            _hand_back(version_id, now)
        else:
            swapped += 1
    return swapped


@transaction.atomic
def _hand_back(version_id: int, now: datetime) -> None:
    version = steps.lock_version(version_id, SYSTEM)
    step = steps.enter(version, "schedule", SYSTEM)
    steps.move(version, step, actor=SYSTEM, now=now, reason="not publishable", swap_at=None)
    inbox.resolve(kind=steps.PUBLISH, subject_ids=[version.public_id], outcome="failed", actor=SYSTEM, now=now)
    steps.raise_work(steps.PUBLISH, version, due_at=now + value(PAGE_CORRECT_WITHIN), now=now)
