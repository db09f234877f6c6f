"""What the steps of a ticket ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.doors.admin.forms import CommandForm
from support.enums.tickets import Priority, SolutionType, Stage, TicketType
from support.models import Team, Ticket
from support.queries.tickets.departments import DEPARTMENTS
from support.queries.tickets.triage import agents

LONGEST = 5000


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the service checks each."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, also of one file or of none."""
        found = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in found if one]


class SayForm(CommandForm):
    """A text with files."""

    body = forms.CharField(label=pgettext_lazy("message", "Text"), max_length=LONGEST, widget=forms.Textarea)
    files = FilesField(label=_("Attachments (at most 5 files of 50 MB)"), required=False)  # type: ignore[assignment]


class ClassifyForm(CommandForm):
    """What it is about."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    type = forms.ChoiceField(label=_("Type"), choices=TicketType.choices)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)


class AssignForm(CommandForm):
    """Who gets it."""

    assignee_id = forms.TypedChoiceField(label=_("Agent"), choices=[], coerce=int, empty_value=None, required=False)
    team_id = forms.TypedChoiceField(label=_("Team"), choices=[], coerce=int, empty_value=None, required=False)


class ResolveForm(CommandForm):
    """How it was solved."""

    solution_type = forms.ChoiceField(label=_("Kind of solution"), choices=SolutionType.choices)
    solution = forms.CharField(label=_("Solution"), max_length=2000, widget=forms.Textarea)


class ConfirmForm(CommandForm):
    """What the customer says."""

    said = forms.CharField(label=_("What the customer said, and how you reached them"), max_length=2000, widget=forms.Textarea)


class AskForm(CommandForm):
    """Whom to ask, and what."""

    role = forms.ChoiceField(label=_("Department"), choices=[(role.value, role.label) for role in DEPARTMENTS])
    question = forms.CharField(label=_("Question"), max_length=2000, widget=forms.Textarea)


class AnswerForm(CommandForm):
    """The department's answer."""

    answer = forms.CharField(label=_("Answer"), max_length=2000, widget=forms.Textarea)


class MergeForm(CommandForm):
    """Where it goes on."""

    number = forms.CharField(label=_("Number of the ticket where it goes on"), max_length=20)


def classify_form(ticket: Ticket) -> type[ClassifyForm]:
    """The form, as the ticket stands."""
    fields: dict[str, Any] = {
        name: forms.ChoiceField(label=field.label, choices=field.choices, initial=getattr(ticket, name))  # type: ignore[attr-defined]
        for name, field in ClassifyForm.base_fields.items()
    }
    return type("ThisClassifyForm", (ClassifyForm,), fields)


def assign_form(ticket: Ticket) -> type[AssignForm]:
    """The form with the agents of the ticket's shop and the teams."""
    people = [(user.pk, user.get_full_name() or user.username) for user in agents(ticket.shop_id)]
    teams = list(Team.objects.filter(active=True).order_by("name").values_list("pk", "name"))

    def choice(label: Any, found: list[Any], initial: int | None) -> forms.TypedChoiceField:
        choices = [("", "–"), *found]
        return forms.TypedChoiceField(
            label=label, choices=choices, coerce=int, empty_value=None, required=False, initial=initial
        )

    fields: dict[str, Any] = {
        "assignee_id": choice(_("Agent"), people, ticket.assignee_id),
        "team_id": choice(_("Team"), teams, ticket.team_id),
    }
    return type("ThisAssignForm", (AssignForm,), fields)


def department(role: str) -> str:
    """The name of a department."""
    return str(Role(role).label)
