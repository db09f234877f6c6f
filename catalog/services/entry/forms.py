"""The forms of categories: which specifications a listing of the category is asked for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.enums.entry import AttributeKind
from catalog.models import Category, CategoryAttribute
from opsdesk.audit.services import Change, record
from opsdesk.common.actors import Actor
from opsdesk.common.errors import Conflict, Invalid, Issue
from opsdesk.common.locking import lock_one
from opsdesk.common.text import mark

KIND = "category"


@dataclass(frozen=True)
class AttributeRules:
    """How a field of a form is filled in; `rank` is its place, the lowest first."""

    kind: AttributeKind = AttributeKind.TEXT
    unit: str = ""
    choices: Sequence[str] = ()
    is_required: bool = False
    help_text: str = ""
    rank: int = 0
    is_active: bool = True


@transaction.atomic
def add_attribute(*, category_id: int, name: str, rules: AttributeRules, actor: Actor, now: datetime) -> CategoryAttribute:
    """Ask all products of a category, and of those below it, for one more specification.

    Raises: Forbidden, NotFound (no such category), Conflict (the category has a field of this name), Invalid.
    SOP: C5, C7
    """
    actor.require("catalog.add_categoryattribute")
    category = lock_one(Category.objects.filter(pk=category_id))
    if CategoryAttribute.objects.filter(category=category, name=name).exists():
        raise Conflict(issues=[Issue("/name", "taken", mark("This category has a field of this name."))])
    columns = _columns(rules)
    row = CategoryAttribute.objects.create(category=category, name=name, **columns)
    record(Change("catalog.attribute_added", KIND, category.code, after={"name": name, **columns}), actor=actor, now=now)
    return row


@transaction.atomic
def change_attribute(*, attribute_id: int, rules: AttributeRules, actor: Actor, now: datetime) -> CategoryAttribute:
    """Ask otherwise, or no longer. What was approved stays approved; the next check goes by the new form.

    Raises: Forbidden, NotFound, Invalid.
    SOP: C5, C7
    """
    actor.require("catalog.change_categoryattribute")
    row = lock_one(CategoryAttribute.objects.filter(pk=attribute_id).select_related("category"))
    columns = _columns(rules)
    before = {"name": row.name, **{name: getattr(row, name) for name in columns}}
    CategoryAttribute.objects.filter(pk=attribute_id).update(**columns)
    after = {"name": row.name, **columns}
    change = Change("catalog.attribute_changed", KIND, row.category.code, before=before, after=after)
    record(change, actor=actor, now=now)
    row.refresh_from_db()
    return row


def _columns(rules: AttributeRules) -> dict[str, Any]:
    """Raises: Invalid, for choices without anything to choose."""
    choices = list(dict.fromkeys(rules.choices)) if rules.kind == AttributeKind.CHOICE else []
    if rules.kind == AttributeKind.CHOICE and not choices:
        raise Invalid(issues=[Issue("/choices", "required", mark("Name what may be chosen, one a line."))])
    unit = rules.unit if rules.kind == AttributeKind.NUMBER else ""
    return asdict(rules) | {"kind": str(rules.kind), "choices": choices, "unit": unit}
