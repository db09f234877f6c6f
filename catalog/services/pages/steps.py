"""Taking a step with a version of a page. The one place that changes its state."""

from datetime import datetime
from typing import Any

from catalog.models import ContentPage, PageVersion
from catalog.queries.pages import problems_of
from catalog.rules.pages.lifecycle import PAGE_LIFECYCLE
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Invalid, Issue, NotFound
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work

KIND = "page_version"
JUDGE, RETURNED, PUBLISH = "catalog.judge_page", "catalog.page_returned", "catalog.publish_page"


def lock_page(page_id: int, actor: Actor) -> ContentPage:
    """Lock a page. Raises: NotFound, also when its shop is not the actor's."""
    page = lock_one(ContentPage.objects.filter(pk=page_id).select_related("shop"))
    if not actor.sees_shop(page.shop_id):
        raise NotFound()
    return page


def lock_version(version_id: int, actor: Actor) -> PageVersion:
    """Lock a version and its page, the page first. Raises: NotFound."""
    page_id = PageVersion.objects.filter(pk=version_id).values_list("page_id", flat=True).first()
    page = lock_page(page_id or 0, actor)
    version = lock_one(PageVersion.objects.filter(pk=version_id))
    version.page = page
    return version


def enter(version: PageVersion, name: str, actor: Actor) -> Transition:
    """Leave to take the step. Raises: Forbidden, IllegalTransition."""
    return PAGE_LIFECYCLE.enter(name, version.state, actor)


def move(version: PageVersion, step: Transition, *, actor: Actor, now: datetime, reason: str = "", **columns: Any) -> None:
    """Put a locked version into the step's target state, with its audit entry; the open work on it is done."""
    before = version.state
    columns["state"] = step.target or before
    for name, value in columns.items():
        setattr(version, name, value)
    PageVersion.objects.filter(pk=version.pk).update(**columns)
    version.refresh_from_db(fields=["version"])
    if step.target:
        for kind in (JUDGE, RETURNED, PUBLISH):
            inbox.resolve(kind=kind, subject_ids=[version.public_id], outcome=step.name, actor=actor, now=now)
    change = Change(
        f"pages.{step.name}",
        KIND,
        version.public_id,
        shop=version.page.shop.code,
        before={"state": before},
        after={"state": version.state, "content_hash": version.content_hash},
        reason=reason[:500],
    )
    record(change, actor=actor, now=now)


def raise_work(kind: str, version: PageVersion, *, due_at: datetime, now: datetime) -> None:
    """Give a desk something to do about the version."""
    params = {"page": version.page.title}
    inbox.raise_item(Work(kind, KIND, version.public_id, due_at, version.page.shop_id, params=params), now=now)


def require_clean(version: PageVersion) -> None:
    """Raises: Invalid, with every error that the checks find."""
    findings = [finding for finding in problems_of(version) if finding.blocks]
    issues = [Issue(finding.pointer, finding.code, finding.message, finding.params) for finding in findings]
    if issues:
        raise Invalid(mark("The page has errors."), code="page_blocked", issues=issues)
