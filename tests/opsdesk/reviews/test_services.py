"""Four eyes: in the service for everybody, and in the database for whoever goes around it."""

import pytest
from django.db import IntegrityError, transaction

from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Conflict, Forbidden, Invalid, Stale
from opsdesk.reviews.enums import ReviewState as S
from opsdesk.reviews.models import ReviewRequest
from opsdesk.reviews.rules import is_independent
from opsdesk.reviews.services import Content, Verdict, decide, request, withdraw
from tests.builders import NOW, a_user

pytestmark = pytest.mark.django_db
PERMISSION = "orders.release_order"
YES = Verdict(S.APPROVED, "hash-1")


@pytest.mark.parametrize(("reviewer", "expected"), [(1, False), (2, False), (3, False), (4, True), (None, False)])
def test_only_a_fourth_person_is_independent(reviewer: int | None, expected: bool) -> None:
    assert is_independent(reviewer=reviewer, author=1, last_editor=2, previous=3) is expected


def people() -> tuple[User, User, User, User]:
    return (
        a_user(Role.OPERATIONS_SUPERVISOR),
        a_user(Role.OPERATIONS_SUPERVISOR),
        a_user(Role.OPERATIONS_SUPERVISOR),
        a_user(Role.OPERATIONS_SUPERVISOR, superuser=True),
    )


def a_review(author: User, editor: User, previous: User | None = None) -> ReviewRequest:
    content = Content("listing", "listing_revision", "lrv_1", "hash-1", author.pk, editor.pk, previous.pk if previous else None)
    return request(content=content, stage="release", due_at=NOW, actor=SYSTEM, now=NOW)


def test_a_second_person_decides_once() -> None:
    author, editor, previous, superuser = people()
    review = a_review(author, editor, previous)
    decided = decide(review_id=review.pk, verdict=YES, permission=PERMISSION, actor=staff_actor(superuser), now=NOW)
    assert (decided.state, decided.decided_by_id) == (S.APPROVED, superuser.pk)
    with pytest.raises(Conflict) as refusal:
        decide(review_id=review.pk, verdict=YES, permission=PERMISSION, actor=staff_actor(superuser), now=NOW)
    assert refusal.value.error_code == "already_decided"


@pytest.mark.parametrize("who", [0, 1, 2])
def test_author_editor_and_earlier_reviewer_never_decide_not_even_as_superuser(who: int) -> None:
    involved = people()[:3]
    User.objects.update(is_superuser=True)
    review = a_review(*involved)
    person = User.objects.get(pk=involved[who].pk)
    with pytest.raises(Forbidden) as refusal:
        decide(review_id=review.pk, verdict=YES, permission=PERMISSION, actor=staff_actor(person), now=NOW)
    assert refusal.value.error_code == "four_eyes"
    review.refresh_from_db()
    assert review.state == S.PENDING


@pytest.mark.parametrize("who", [0, 1, 2])
def test_the_database_refuses_it_as_well(who: int) -> None:
    involved = people()[:3]
    review = a_review(*involved)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewRequest.objects.filter(pk=review.pk).update(state=S.APPROVED, decided_by=involved[who])


def test_a_decision_needs_a_person_the_content_that_was_seen_and_a_reason_for_no() -> None:
    author, editor, _, superuser = people()
    review = a_review(author, editor)
    judge = staff_actor(superuser)
    with pytest.raises(Forbidden):
        decide(review_id=review.pk, verdict=YES, permission=PERMISSION, actor=SYSTEM, now=NOW)
    with pytest.raises(Forbidden):
        decide(review_id=review.pk, verdict=YES, permission=PERMISSION, actor=staff_actor(a_user(Role.WAREHOUSE)), now=NOW)
    with pytest.raises(Stale):
        decide(review_id=review.pk, verdict=Verdict(S.APPROVED, "other"), permission=PERMISSION, actor=judge, now=NOW)
    with pytest.raises(Invalid) as refusal:
        decide(review_id=review.pk, verdict=Verdict(S.REJECTED, "hash-1"), permission=PERMISSION, actor=judge, now=NOW)
    assert refusal.value.error_code == "reason_required"
    with pytest.raises(Invalid):
        decide(review_id=review.pk, verdict=Verdict(S.PENDING, "hash-1"), permission=PERMISSION, actor=judge, now=NOW)
    review.refresh_from_db()
    assert review.state == S.PENDING


def test_a_withdrawn_review_makes_room_for_the_next() -> None:
    author, editor, *_ = people()
    a_review(author, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_review(author, editor)
    assert withdraw(kind="listing", subject_id="lrv_1") == 1
    assert a_review(author, editor).state == S.PENDING
