"""Many people judge or publish the same listing at the same moment."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from catalog.models import PostPublishCheck
from catalog.services import publishing
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import IllegalTransition
from opsdesk.reviews import rules
from opsdesk.reviews.models import ReviewRequest
from tests.builders import NOW, a_shop, a_submitted_listing, an_actor, an_approved_listing, approve

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]
PEOPLE = 6


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run the calls at the same moment; the names of what they raised, "" for success."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            start.wait()
            call()
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


@pytest.fixture
def slow_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes between looking at a review and deciding it."""
    decide = rules.is_independent

    def slowly(**people: Any) -> bool:
        time.sleep(0.3)
        return decide(**people)

    monkeypatch.setattr("opsdesk.reviews.services.is_independent", slowly)


@pytest.mark.usefixtures("slow_decision")
def test_many_approvals_are_one_approval() -> None:
    a_shop()
    revision = a_submitted_listing()
    people = [an_actor(Role.PRODUCT_SUPERVISOR) for _ in range(PEOPLE)]

    outcomes = at_once(*(lambda actor=actor: approve(revision, actor) for actor in people))  # type: ignore[misc]

    assert outcomes == ["", *[IllegalTransition.__name__] * (PEOPLE - 1)]
    assert ReviewRequest.objects.filter(state="approved").count() == 1
    assert AuditEntry.objects.filter(action="listings.pass_material").count() == 1


@pytest.mark.usefixtures("slow_decision")
def test_without_the_lock_they_would_all_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    a_shop()
    revision = a_submitted_listing()
    people = [an_actor(Role.PRODUCT_SUPERVISOR) for _ in range(PEOPLE)]
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)

    outcomes = at_once(*(lambda actor=actor: approve(revision, actor) for actor in people))  # type: ignore[misc]

    assert IntegrityError.__name__ in outcomes  # only the database's constraint still stands between them


def test_many_publications_are_one_publication() -> None:
    a_shop()
    revision = an_approved_listing()

    outcomes = at_once(
        *[lambda: publishing.publish(revision_id=revision.pk, actor=SYSTEM, now=NOW) for _ in range(PEOPLE)],
    )

    assert outcomes == ["", *[IllegalTransition.__name__] * (PEOPLE - 1)]
    assert PostPublishCheck.objects.count() == 1
    assert AuditEntry.objects.filter(action="listings.publish").count() == 1
