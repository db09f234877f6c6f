"""Keeping the warehouse's rules: every change is recorded with what stood there before."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms import model_to_dict

from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.locking import lock_one
from orders.models import AllocationRule, GiftRule, PackingRule

ALLOCATION, GIFT, PACKING = "allocation_rule", "gift_rule", "packing_rule"
_MODELS: dict[str, Any] = {ALLOCATION: AllocationRule, GIFT: GiftRule, PACKING: PackingRule}
_KINDS = {AllocationRule: ALLOCATION, GiftRule: GIFT, PackingRule: PACKING}


@transaction.atomic(savepoint=False)
def save_rule(*, rule: AllocationRule | GiftRule | PackingRule, actor: Actor, now: datetime) -> None:
    """Save a rule that was checked by its form, new or changed; orders that are released from now on follow it.

    Raises: Forbidden, NotFound.
    SOP: O8, O10
    """
    model, kind = type(rule), _KINDS[type(rule)]
    verb = "change" if rule.pk else "add"
    actor.require(f"orders.{verb}_{model._meta.model_name}")
    before = _facts(lock_one(model._default_manager.filter(pk=rule.pk))) if rule.pk else {}
    rule.save()
    after = _facts(rule)
    changed = {name for name in after if before.get(name) != after[name]}
    if changed:
        change = Change(
            f"orders.{kind}_saved",
            kind,
            rule.public_id,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed},
        )
        record(change, actor=actor, now=now)


@transaction.atomic(savepoint=False)
def add_rule(*, kind: str, actor: Actor, now: datetime, **fields: Any) -> None:
    """Make a rule of one of the three kinds of these fields.

    Raises: Forbidden.
    SOP: O8, O10
    """
    save_rule(rule=_MODELS[kind](**fields), actor=actor, now=now)


def _facts(rule: Any) -> dict[str, Any]:
    found = model_to_dict(rule, exclude=["id"])
    return {name: said if isinstance(said, bool | int | list | None) else str(said) for name, said in found.items()}
