"""The audit trail in words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db.models.options import Options
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext

from opsdesk.audit.labels import fact, label
from opsdesk.common.words import say

register = template.Library()
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:\d{2}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{32,}", re.ASCII)
_SHOWN = 10  # characters of a hash by which two of them are told apart
_SAME = {"status": "state", "state": "status"}  # what the trail calls a state, and the page


@register.filter
def action_label(action: str) -> str:
    """What the action is called in the reader's language."""
    return say(label(action), {})


@register.filter
def facts(after: Mapping[str, Any], page: "Options[Any] | str") -> list[tuple[str, str]]:
    """What an entry of the trail says of its subject, named and told as the subject's own page does it."""
    return [_fact(name, value, page) for name, value in after.items()]


def _fact(name: str, value: Any, page: "Options[Any] | str") -> tuple[str, str]:
    field = _field(name, page) or _field(_SAME.get(name, ""), page)
    title = gettext(fact(name)) if field is None else field.verbose_name
    choices = dict(field.flatchoices) if field is not None and field.choices else {}
    return str(capfirst(title)), str(choices.get(value) if isinstance(value, str) and value in choices else _told(value))


def _field(name: str, page: "Options[Any] | str") -> Any:
    try:
        field = page.get_field(name) if isinstance(page, Options) and name else None
    except FieldDoesNotExist:
        return None
    return field if hasattr(field, "verbose_name") else None


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value)
    if isinstance(value, dict):
        return (
            say(value["message"], value["params"])
            if value.keys() == {"message", "params"}
            else " ".join(map(_told, value.values()))
        )
    return _text(str(value))


def _text(value: str) -> str:
    if _TIME.fullmatch(value):
        return date_format(localtime(datetime.fromisoformat(value)), "Y-m-d H:i")
    return f"{value[:_SHOWN]}…" if _HASH.fullmatch(value) else value
