"""The form of a policy's next version: targets and frames are written as people say them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from opsdesk.doors.admin.forms import CommandForm
from opsdesk.shops.models import Shop
from opsdesk.workcalendar.enums import DayType
from support.enums.sla import ClockKind
from support.enums.tickets import Channel, Priority, Stage, TicketType
from support.models import SlaPolicy
from support.rules.sla.texts import Unreadable, duration, milliseconds, week, written
from support.services.sla.policies import PolicyText

KINDS = tuple(kind for kind in ClockKind if kind is not ClockKind.PROMISE)
ROUND = "00:00-24:00"
LOCAL = {"type": "datetime-local", "class": "od-input"}


def _shops() -> list[tuple[str, str]]:
    return [(shop.code, f"{shop.code} {shop.name}") for shop in Shop.objects.order_by("code")]


class PolicyForm(CommandForm):
    """Whom a policy is for, by when, and in which hours."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=100)
    rank = forms.IntegerField(label=_("Rank (the lowest that fits wins)"), min_value=1, max_value=999, initial=100)
    channel = forms.MultipleChoiceField(label=_("Channels (none: all)"), choices=Channel.choices, required=False)
    stage = forms.MultipleChoiceField(label=_("Stages (none: all)"), choices=Stage.choices, required=False)
    type = forms.MultipleChoiceField(label=_("Kinds of tickets (none: all)"), choices=TicketType.choices, required=False)
    priority = forms.MultipleChoiceField(label=_("Priorities (none: all)"), choices=Priority.choices, required=False)
    shop = forms.MultipleChoiceField(label=_("Shops (none: all)"), choices=_shops, required=False)
    always = forms.MultipleChoiceField(
        label=_("Run around the clock, whatever the working time"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        required=False,
    )
    from_at = forms.DateTimeField(
        label=_("In force from (empty: now)"), required=False, widget=forms.DateTimeInput(attrs=LOCAL)
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, like: SlaPolicy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial=_said(like) if like else None)
        for kind in KINDS:
            for day in DayType:
                self._add(f"{kind}_{day}", forms.CharField(label=f"{kind.label}: {day.label}", max_length=20, required=False))
        for day in DayType:
            field = forms.CharField(
                label=day.label, max_length=500, required=False, initial=ROUND, widget=forms.Textarea(attrs={"rows": 3})
            )
            self._add(f"frames_{day}", field)
        if like:
            self.fields["code"].widget = forms.HiddenInput()

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.prepare(field)
        if isinstance(field.widget, UnfoldAdminTextInputWidget):
            field.widget.attrs |= {"class": "od-input", "size": "7"}

    def clean(self) -> dict[str, Any]:
        """The version's text, once every field can be read."""
        data = super().clean()
        targets = {kind.value: self._targets(kind, data) for kind in KINDS}
        frames = {day.value: self._read(f"frames_{day}", week, data) or {} for day in DayType}
        if self.errors:
            return data
        text = PolicyText(
            name=data["name"],
            rank=data["rank"],
            match={name: data[name] for name in ("channel", "stage", "type", "priority", "shop") if data[name]},
            targets=targets,
            frames=frames,
            always=data["always"],
        )
        return {"code": data["code"], "text": text, "from_at": data["from_at"], "reason": data["reason"]}

    def _targets(self, kind: ClockKind, data: dict[str, Any]) -> dict[str, int]:
        names = {day: f"{kind}_{day}" for day in DayType}
        found = {day: self._read(name, milliseconds, data) for day, name in names.items() if data.get(name)}
        return {day.value: target for day, target in found.items() if target}

    def _read(self, name: str, read: Any, data: dict[str, Any]) -> Any:
        try:
            return read(data.get(name) or "")
        except Unreadable:
            hint = gettext(
                "Write frames such as 09:00-12:00 13:00-18:00, in order; one more line for a weekday: sat 10:00-16:00."
            )
            if read is milliseconds:
                hint = gettext("Write a time such as 10s, 30m, 1h30m or 48h, below 90 days.")
            self.add_error(name, hint)
        return None

    @property
    def general(self) -> Iterator[forms.BoundField]:
        """The fields before the tables."""
        return (self[name] for name in self.base_fields if not self[name].is_hidden)

    @property
    def target_rows(self) -> list[dict[str, Any]]:
        """The table of targets: a row a clock, a column a kind of day."""
        return [{"label": kind.label, "cells": [self[f"{kind}_{day}"] for day in DayType]} for kind in KINDS]

    @property
    def frame_fields(self) -> list[forms.BoundField]:
        """The working time of each kind of day."""
        return [self[f"frames_{day}"] for day in DayType]


class EndForm(CommandForm):
    """Why a policy ends."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


def _said(row: SlaPolicy) -> dict[str, Any]:
    """A version as the form writes it."""
    said: dict[str, Any] = {"code": row.code, "name": row.name, "rank": row.rank, "always": row.always, **row.match}
    for kind, days in row.targets.items():
        said |= {f"{kind}_{day}": duration(target) for day, target in days.items()}
    for day in DayType:
        said[f"frames_{day}"] = written(row.frames.get(day, {}))
    return said
