"""What the screens of problems and reports ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.roles import Role
from opsdesk.doors.admin.forms import CommandForm
from support.services.voice.reports import desks

LOCAL = {"type": "datetime-local", "class": "od-input"}
OWNERS = (Role.PRODUCT_SPECIALIST, Role.WAREHOUSE, Role.LOGISTICS, Role.PURCHASING, Role.DESIGNER, Role.CUSTOMER_SERVICE)


def _text(label: Any, most: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea)


class ProblemForm(CommandForm):
    """A problem that is watched."""

    name = forms.CharField(label=_("Name"), max_length=60)
    words = _text(_("Words in the text, one a line (one suffices)"), 1000)
    owner_role = forms.ChoiceField(label=_("Desk that acts"), choices=[(role.value, role.label) for role in OWNERS])
    position = forms.IntegerField(label=_("Order of problems"), min_value=0, max_value=30_000, initial=100)
    active = forms.BooleanField(label=_("In force"), required=False, initial=True)


class MeasureForm(CommandForm):
    """What is done about a problem."""

    measure = _text(_("What is done about it"), 1000)


class ConclusionsForm(CommandForm):
    """What follows from a report."""

    conclusions = _text(_("Conclusions: what changes in the way we serve"), 4000)


def _desks() -> list[tuple[str, Any]]:
    return [(code, Role(code).label) for code in desks()]


class TaskForm(CommandForm):
    """What a desk is asked to do."""

    text = forms.CharField(label=_("What is to be done"), max_length=500)
    role = forms.ChoiceField(label=_("Desk that acts"), choices=_desks)
    due_at = forms.DateTimeField(label=_("Due"), widget=forms.DateTimeInput(attrs=LOCAL))


class ResultForm(CommandForm):
    """What was done."""

    result = _text(_("What was done, and what came of it"), 1000)
