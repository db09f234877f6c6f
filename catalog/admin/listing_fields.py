"""Form fields for lists and pairs that people write as lines of text."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_LINES = 100
_SEPARATORS = ("：", ":", "＝", "=")


class LinesField(forms.CharField):
    """One entry a line; `length` is the most characters of an entry."""

    widget = forms.Textarea

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        self.length = length
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        _require_fit(lines, self.length)
        return tuple(dict.fromkeys(lines))


class PairsField(forms.CharField):
    """One ``name: value`` a line; also with full-width colon, or with an equals sign."""

    widget = forms.Textarea

    def __init__(self, *, length: int, separator: str = "\n", **kwargs: Any) -> None:
        self.length, self.separator = length, separator
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.separator.join(f"{name}: {text}" for name, text in value.items()) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        entries = [line.strip() for line in text.replace("；", ";").split(";" if self.separator != "\n" else "\n")]
        pairs = dict(_pair(entry) for entry in entries if entry)
        _require_fit([*pairs, *pairs.values()], self.length)
        return pairs


def _pair(entry: str) -> tuple[str, str]:
    """The name before the first separator and the value behind it."""
    places = [entry.index(mark) for mark in _SEPARATORS if mark in entry]
    if not places:
        raise ValidationError(_("Write “name: value”, not “%(entry)s”."), params={"entry": entry})
    place = min(places)
    name, text = entry[:place].strip(), entry[place + 1 :].strip()
    if not name:
        raise ValidationError(_("Write “name: value”, not “%(entry)s”."), params={"entry": entry})
    return name, text


def _require_fit(entries: Iterable[str], length: int) -> None:
    entries = list(entries)
    if len(entries) > MAX_LINES:
        raise ValidationError(_("At most %(limit)s entries."), params={"limit": MAX_LINES})
    if any(len(entry) > length for entry in entries):
        raise ValidationError(_("At most %(limit)s characters an entry."), params={"limit": length})
