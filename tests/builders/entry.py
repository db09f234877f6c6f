"""What listings are written by."""

from typing import Any

from catalog.models import CategoryAttribute
from catalog.services.entry.forms import AttributeRules, add_attribute
from opsdesk.common.actors import SYSTEM
from tests.builders.catalog import a_category
from tests.builders.times import NOW


def an_attribute(name: str = "容量", **rules: Any) -> CategoryAttribute:
    """A field of the form of the dull category."""
    return add_attribute(category_id=a_category().pk, name=name, rules=AttributeRules(**rules), actor=SYSTEM, now=NOW)
