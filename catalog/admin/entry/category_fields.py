"""The fields that the form of a category adds to the form of a listing. SOP: C5, C7"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.enums.entry import AttributeKind
from catalog.rules.entry.attributes import Attribute

PREFIX = "spec-"
LENGTH = 500


def field_of(attribute: Attribute, value: str = "") -> forms.Field:
    """The form field of an attribute; a choice also offers what stands there now, so that nothing is lost unseen."""
    label = f"{attribute.name} ({attribute.unit})" if attribute.unit else attribute.name
    label = f"{label} *" if attribute.required else label
    if attribute.kind == AttributeKind.CHOICE:
        names = dict.fromkeys([*attribute.choices, *([value] if value else [])])
        choices = [("", "---------"), *((name, name) for name in names)]
        return forms.ChoiceField(label=label, choices=choices, required=False, help_text=attribute.help_text)
    field = forms.CharField(label=label, max_length=LENGTH, required=False, help_text=attribute.help_text)
    if attribute.kind == AttributeKind.NUMBER and not attribute.help_text:
        field.help_text = _("A number.")
    return field


def fields_of(form: Sequence[Attribute], spec: Mapping[str, str]) -> dict[str, forms.Field]:
    """The form's fields by their name on the page."""
    return {PREFIX + attribute.name: field_of(attribute, spec.get(attribute.name, "")) for attribute in form}


def initial_of(form: Sequence[Attribute], spec: Mapping[str, str]) -> dict[str, Any]:
    """What stands in them, and under ``spec`` what the form does not ask for."""
    names = {attribute.name for attribute in form}
    rest = {name: text for name, text in spec.items() if name not in names}
    return {"spec": rest} | {PREFIX + name: text for name, text in spec.items() if name in names}


def spec_from(cleaned: Mapping[str, Any], form: Sequence[Attribute], strays: Mapping[str, str]) -> dict[str, str]:
    """The specification: the form's fields, what was written freely, and what a change of the category left over."""
    asked = {attribute.name: str(cleaned.get(PREFIX + attribute.name) or "").strip() for attribute in form}
    found = {name: text for name, text in asked.items() if text}
    return found | {name: text for name, text in {**strays, **cleaned["spec"]}.items() if name not in found}


def strays_in(data: Mapping[str, Any], form: Sequence[Attribute]) -> dict[str, str]:
    """Fields that were sent, but that the chosen category does not have: it was changed without them being shown anew."""
    names = {PREFIX + attribute.name for attribute in form}
    sent = {key: str(data[key]).strip() for key in data if key.startswith(PREFIX) and key not in names}
    return {key.removeprefix(PREFIX)[:60]: text[:LENGTH] for key, text in sent.items() if text}
