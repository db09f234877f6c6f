"""What the services of satisfaction refuse beside what their forms do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import Invalid, NotFound
from opsdesk.parameters.queries import forget_cached
from opsdesk.parameters.services import override
from orders.models import SatisfactionContact
from orders.services.completion.satisfaction import open_due, record_answer, remedy
from tests.builders import NOW, a_shop, a_sku, an_actor
from tests.builders.finance import a_completed_order


@pytest.fixture
def contact(db: None) -> SatisfactionContact:
    a_sku(a_shop(), on_hand=20)
    override(code="orders.satisfaction_share", value=100, reason="test", actor=SYSTEM, now=NOW)
    forget_cached()
    a_completed_order()
    open_due(now=NOW + timedelta(days=2))
    return SatisfactionContact.objects.get()


def test_another_shops_customers_are_not_there(contact: SatisfactionContact) -> None:
    stranger = an_actor(Role.CUSTOMER_SERVICE, shops=[a_shop("other-01")])
    with pytest.raises(NotFound), transaction.atomic():
        record_answer(contact_id=contact.pk, outcome="satisfied", stars=5, actor=stranger, now=NOW)


def test_a_remedy_says_what_was_done(contact: SatisfactionContact) -> None:
    given: Any = {"contact_id": contact.pk, "actor": SYSTEM, "now": NOW}
    record_answer(outcome="complaint", stars=1, note="broken", **given)
    with pytest.raises(Invalid), transaction.atomic():
        remedy(remedy=" ", **given)
    contact.refresh_from_db()
    assert contact.state == "follow_up"
