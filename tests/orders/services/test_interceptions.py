"""What the services of interceptions refuse beside what their forms do."""

from typing import Any

import pytest
from django.db import transaction

from opsdesk.common.actors import SYSTEM, Actor, ActorKind
from opsdesk.common.errors import Invalid, NotFound
from orders.models import Interception
from orders.services.tracking import interceptions
from tests.builders import NOW, a_shipped_order, a_shop, a_sku
from tests.kit.rows import row_counts


@pytest.fixture
def row(db: None) -> Any:
    a_sku(a_shop(), on_hand=10)
    interceptions.intercept_order(order_id=a_shipped_order().pk, actor=SYSTEM, now=NOW)
    return Interception.objects.get()


def test_a_failure_without_the_carriers_answer_is_refused(row: Interception) -> None:
    before = row_counts()

    with pytest.raises(Invalid) as refusal, transaction.atomic():
        interceptions.fail_interception(interception_id=row.pk, answer=" ", actor=SYSTEM, now=NOW)

    assert [(issue.pointer, issue.code) for issue in refusal.value.issues] == [("/answer", "required")]
    assert row_counts() == before


def test_what_is_not_there_or_another_shops_is_not_found(row: Interception) -> None:
    stranger = Actor(ActorKind.STAFF, "stranger", permissions=None, shop_ids=frozenset())

    for key, actor in ((row.pk + 1, SYSTEM), (row.pk, stranger)):
        with pytest.raises(NotFound), transaction.atomic():
            interceptions.accept_interception(interception_id=key, actor=actor, now=NOW)
