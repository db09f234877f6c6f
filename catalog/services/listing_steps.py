"""Taking a step with a revision: locking it, moving it, telling of it. The one place that changes its state."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from catalog.models import ListingIssue, ListingRevision, Product
from catalog.queries.entry.vocabulary import Vocabulary
from catalog.queries.entry.waivers import waivers_of
from catalog.queries.listing_facts import facts_for
from catalog.queries.listings import content_of, shop_codes
from catalog.rules.entry.waivers import is_waivable, key_of
from catalog.rules.findings import Finding
from catalog.rules.listing_checks import check
from catalog.rules.listing_lifecycle import LISTING_LIFECYCLE
from catalog.rules.updates import update_problems
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Issue, NotFound
from opsdesk.common.lifecycle import Transition
from opsdesk.common.locking import lock_one
from opsdesk.inbox import services as inbox
from opsdesk.inbox.services import Work
from opsdesk.shops.models import Shop
from opsdesk.webhooks.services import News, emit_many

KIND = "listing"
MATERIAL, FINAL = "catalog.material_review", "catalog.final_review"
RETURNED, PUBLISH = "catalog.listing_returned", "catalog.publish_listing"
CHECK, CHECK_FAILED, CHECK_OVERDUE = "catalog.post_publish_check", "catalog.check_failed", "catalog.check_overdue"
_WORK_ON_REVISIONS = (MATERIAL, FINAL, RETURNED, PUBLISH)


def lock_revision(revision_id: int, actor: Actor) -> ListingRevision:
    """Lock a revision and its product, the product first.

    Raises: NotFound, also when one of its shops is not the actor's.
    """
    product_id = ListingRevision.objects.filter(pk=revision_id).values_list("product_id", flat=True).first()
    product = lock_one(Product.objects.filter(pk=product_id or 0))
    revision = lock_one(ListingRevision.objects.filter(pk=revision_id))
    revision.product = product
    if actor.shop_ids is not None and not set(revision.shop_codes) <= set(shop_codes(actor)):
        raise NotFound()
    return revision


def enter(revision: ListingRevision, name: str, actor: Actor) -> Transition:
    """Leave to take the step. Raises: Forbidden, IllegalTransition."""
    return LISTING_LIFECYCLE.enter(name, revision.state, actor)


def move(revision: ListingRevision, step: Transition, *, actor: Actor, now: datetime, reason: str = "", **columns: Any) -> None:
    """Put a locked revision into the step's target state, with its audit entry; the product's feed position moves along."""
    before = revision.state
    columns["state"] = step.target or before
    for name, value in columns.items():
        setattr(revision, name, value)
    ListingRevision.objects.filter(pk=revision.pk).update(**columns)
    newest = max(revision.product.latest_revision_id or 0, revision.pk)
    Product.objects.filter(pk=revision.product_id).update(latest_revision=newest)
    revision.refresh_from_db(fields=["version"])
    after = {"state": revision.state, "content_hash": revision.content_hash}
    change = Change(
        f"listings.{step.name}", KIND, revision.public_id, before={"state": before}, after=after, reason=reason[:500]
    )
    record(change, actor=actor, now=now)


def tell(revision: ListingRevision, type_: str, *, now: datetime, **more: Any) -> None:
    """Tell each of the revision's shops what happened to the listing."""
    shops = Shop.objects.filter(code__in=revision.shop_codes).order_by("code")
    data: Mapping[str, Any] = {
        "id": revision.product.public_id,
        "code": revision.product.code,
        "revision": revision.public_id,
        "no": revision.no,
        "state": revision.state,
        "title": revision.title,
        **more,
    }
    news = [
        News(f"listing.{type_}", "product", revision.product.public_id, shop.pk, {**data, "shop": shop.code}) for shop in shops
    ]
    emit_many(news, now=now)


def raise_work(kind: str, revision: ListingRevision, *, due_at: datetime, now: datetime) -> None:
    """Give a desk something to do about the revision."""
    params = {"product": revision.product.code}
    inbox.raise_item(Work(kind, KIND, revision.public_id, due_at, shop_id=only_shop(revision), params=params), now=now)


def finish_work(revision: ListingRevision, outcome: str, *, actor: Actor, now: datetime) -> None:
    """Close whatever was still to be done about the revision before it is published."""
    for kind in _WORK_ON_REVISIONS:
        inbox.resolve(kind=kind, subject_ids=[revision.public_id], outcome=outcome, actor=actor, now=now)


def only_shop(revision: ListingRevision) -> int | None:
    """The shop's id when the revision is for one shop alone."""
    if len(revision.shop_codes) != 1:
        return None
    return Shop.objects.filter(code=revision.shop_codes[0]).values_list("pk", flat=True).first()


def examine(revision: ListingRevision, vocabulary: Vocabulary | None = None) -> list[Finding]:
    """Check what the revision says and keep the findings beside it. SOP: C4, C13"""
    waived = bool(revision.waived_hash) and revision.waived_hash == revision.content_hash
    content, waivers = content_of(revision), waivers_of(revision)
    facts = facts_for(content, product=revision.product, waived=waived, settled=waivers.keys(), vocabulary=vocabulary)
    findings = [*check(content, facts), *_unsaid(revision)]
    ListingIssue.objects.filter(revision=revision).delete()
    ListingIssue.objects.bulk_create(
        ListingIssue(
            revision=revision,
            code=finding.code,
            severity=finding.severity,
            pointer=finding.pointer[:200],
            message=finding.message,
            params=dict(finding.params),
            is_waivable=is_waivable(finding) and not finding.waived,
            waiver_id=waivers[key_of(finding)] if finding.waived else None,
        )
        for finding in findings
    )
    return findings


def _unsaid(revision: ListingRevision) -> Iterator[Finding]:
    """What the next revision of goods that were on sale before leaves unsaid. SOP: C21"""
    live = revision.product.live_revision_id
    if live is not None and revision.pk > live:
        yield from update_problems(kinds=revision.change_kinds, reason=revision.change_reason)


def as_issue(finding: Finding) -> Issue:
    """The finding as a refusal names it."""
    return Issue(finding.pointer, finding.code, finding.message, finding.params, {"severity": str(finding.severity)})


def blocking(findings: list[Finding]) -> list[Issue]:
    """The findings that stop a listing."""
    return [as_issue(finding) for finding in findings if finding.blocks]
