"""Probes of the storefront: which pages are to be read now, and what follows from what they say."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.enums.listings import CheckState
from catalog.enums.quality import ProbeOutcome, ProbePurpose
from catalog.models import ListingRevision, PostPublishCheck, ProbeRun, Storefront, StorefrontItem
from catalog.parameters.quality import PROBE_RETRY, PROBE_TIMEOUT
from catalog.queries.quality.expected import expected_of
from catalog.rules.quality.addresses import page_address
from catalog.rules.quality.page import PageFacts, ProbeFailure, Target, differences
from catalog.services import listing_steps as steps
from catalog.services import post_publish
from catalog.services.quality import accuracy
from catalog.services.quality.storefronts import note_reading
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.common.errors import Invalid, NotFound
from opsdesk.common.locking import lock_many
from opsdesk.common.text import mark
from opsdesk.parameters.queries import value

__all__ = [
    "Answer",
    "PageFacts",
    "Probe",
    "ProbeFailure",
    "claim_accuracy",
    "claim_checks",
    "claim_trial",
    "record_probes",
]

CHECKS_AT_ONCE = 10  # pages read one after the other, well within the time that a task may take
Answer = PageFacts | ProbeFailure


@dataclass(frozen=True)
class Probe:
    """One page that somebody has to read now."""

    run_id: int
    revision_id: int
    target: Target


@transaction.atomic
def claim_checks(*, now: datetime) -> list[Probe]:
    """Take the publications whose probe is due; one that comes to nothing is due again after the retry time.

    SOP: C15
    """
    due = PostPublishCheck.objects.filter(state__in=[CheckState.PENDING, CheckState.FAILED], probe_at__lte=now)
    ids = list(due.order_by("probe_at", "id").values_list("pk", flat=True)[:CHECKS_AT_ONCE])
    checks = lock_many(due.filter(pk__in=ids).select_related("revision__product"))
    probes = _open_runs(
        [check.revision for check in checks], ProbePurpose.PUBLICATION, {c.revision_id: c.pk for c in checks}, now
    )
    served = set(ProbeRun.objects.filter(pk__in=[probe.run_id for probe in probes]).values_list("check_after", flat=True))
    PostPublishCheck.objects.filter(pk__in=served).update(probe_at=now + value(PROBE_RETRY))
    PostPublishCheck.objects.filter(pk__in={check.pk for check in checks} - served).update(probe_at=None)
    return probes


@transaction.atomic
def claim_accuracy(*, now: datetime) -> list[Probe]:
    """Take the live listings whose periodic probe is due, the oldest first. SOP: C18"""
    return _open_runs(accuracy.claim(now=now), ProbePurpose.ACCURACY, {}, now)


@transaction.atomic
def claim_trial(*, storefront_id: int, product_code: str, actor: Actor, now: datetime) -> Probe:
    """Read one product's page to see whether the settings of the storefront are right.

    Raises: Forbidden, NotFound, Invalid (no live listing of that code in this shop, no number on the platform).
    SOP: C15
    """
    actor.require("catalog.change_storefront")
    storefront = Storefront.objects.select_related("shop").filter(pk=storefront_id).first()
    if storefront is None or not actor.sees_shop(storefront.shop_id):
        raise NotFound()
    live = ListingRevision.objects.select_related("product").filter(product__code=product_code, state="listed")
    revision = live.filter(shop_codes__contains=[storefront.shop.code]).first()
    if revision is None:
        raise Invalid(mark("This shop has no live listing of %(product)s."), code="unknown_product", product=product_code)
    return _open([(storefront, revision)], ProbePurpose.TRIAL, {}, now)[0]


def _open_runs(
    revisions: Sequence[ListingRevision], purpose: ProbePurpose, checks: dict[int, int], now: datetime
) -> list[Probe]:
    """One probe of each revision in each of its shops whose storefront is in use."""
    storefronts = {row.shop.code: row for row in Storefront.objects.filter(is_enabled=True).select_related("shop")}
    pairs = [(storefronts[code], revision) for revision in revisions for code in revision.shop_codes if code in storefronts]
    return _open(pairs, purpose, checks, now)


def _open(
    pairs: Sequence[tuple[Storefront, ListingRevision]], purpose: ProbePurpose, checks: dict[int, int], now: datetime
) -> list[Probe]:
    products, shops = {revision.product_id for _, revision in pairs}, {storefront.shop_id for storefront, _ in pairs}
    rows = StorefrontItem.objects.filter(product__in=products, shop__in=shops)
    numbers = {(product, shop): number for product, shop, number in rows.values_list("product", "shop", "external_id")}
    runs = []
    for storefront, revision in pairs:
        number = numbers.get((revision.product_id, storefront.shop_id), "")
        address = page_address(storefront.address, code=revision.product.code, external_id=number)
        runs.append(
            ProbeRun(
                storefront=storefront,
                revision=revision,
                check_after_id=checks.get(revision.pk),
                purpose=purpose,
                address=address[:700],
                started_at=now,
            )
        )
    ProbeRun.objects.bulk_create(runs)
    seconds = value(PROBE_TIMEOUT).total_seconds()
    return [Probe(r.pk, r.revision_id, Target(r.address, r.storefront.page_format, r.storefront.parts, seconds)) for r in runs]


def record_probes(*, answers: Sequence[tuple[int, Answer]], now: datetime) -> int:
    """Keep what the pages said and do what follows, one listing after the other; returns how many listings differ.

    SOP: C15, C18
    """
    said = dict(answers)
    by_revision: dict[int, list[int]] = defaultdict(list)
    rows = ProbeRun.objects.filter(pk__in=said, outcome=ProbeOutcome.RUNNING).order_by("pk")
    for run_id, revision_id in rows.values_list("pk", "revision_id"):
        by_revision[revision_id].append(run_id)
    return sum(_record(revision_id, {run: said[run] for run in runs}, now) for revision_id, runs in by_revision.items())


@transaction.atomic
def _record(revision_id: int, said: dict[int, Answer], now: datetime) -> int:
    revision = steps.lock_revision(revision_id, SYSTEM)
    expected = expected_of([revision_id])[revision_id]
    runs = list(ProbeRun.objects.filter(pk__in=said).select_related("storefront__shop").order_by("pk"))
    for run in runs:
        answer = said[run.pk]
        run.finished_at, run.size, run.milliseconds = now, answer.size, int(answer.seconds * 1000)
        if isinstance(answer, ProbeFailure):
            run.outcome, run.excerpt = answer.reason, answer.detail
        else:
            found = differences(expected, answer, with_stock=run.purpose != ProbePurpose.PUBLICATION)
            run.outcome = ProbeOutcome.DIFFERENT if found else ProbeOutcome.EQUAL
            run.excerpt, run.differences = answer.excerpt, [one.as_json() for one in found]
        failure = "" if isinstance(answer, PageFacts) else str(run.outcome)
        note_reading(storefront=run.storefront, failure=failure, now=now)
    ProbeRun.objects.bulk_update(runs, ["finished_at", "size", "milliseconds", "outcome", "excerpt", "differences"])
    if runs[0].purpose == ProbePurpose.PUBLICATION:
        post_publish.settle_by_probe(revision=revision, runs=runs, now=now)
    elif runs[0].purpose == ProbePurpose.ACCURACY:
        accuracy.settle_by_probe(revision=revision, runs=runs, now=now)
    return any(run.outcome == ProbeOutcome.DIFFERENT for run in runs)
