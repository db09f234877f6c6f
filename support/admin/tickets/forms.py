"""What the screens of tickets ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.shops.queries import visible_to
from orders.queries.links import order_states
from support.enums.desk import LinkKind
from support.enums.tickets import Channel, Priority, SolutionType, Stage, TicketType
from support.models import Team
from support.services.tickets.departments import DEPARTMENTS

BY_HAND = [(one.value, one.label) for one in (Channel.PHONE, Channel.CHAT, Channel.WECHAT, Channel.WEB, Channel.EMAIL)]
_DRAWN = [("", _("by the triage rules"))]


def _agents() -> list[tuple[str, str]]:
    rows = User.objects.filter(is_active=True, groups__name=Role.CUSTOMER_SERVICE).order_by("username")
    return [(str(row.pk), row.username) for row in rows]


def _teams() -> list[tuple[str, str]]:
    return [("", "–"), *((str(row.pk), row.name) for row in Team.objects.filter(active=True).order_by("name"))]


class EnterForm(CommandForm):
    """A call or chat that somebody takes. The quick fields come first."""

    shop = forms.ChoiceField(label=_("Shop"))
    channel = forms.ChoiceField(label=_("Channel"), choices=BY_HAND)
    contact = forms.CharField(label=_("Telephone, chat id or e-mail"), max_length=200, required=False)
    contact_name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100, required=False)
    order = forms.CharField(label=_("Order number"), max_length=150, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("What the customer says"), max_length=20_000, widget=forms.Textarea)
    type = forms.ChoiceField(label=_("Type"), choices=[*_DRAWN, *TicketType.choices], required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=[*_DRAWN, *Stage.choices], required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=[*_DRAWN, *Priority.choices], required=False)
    customer = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop"].choices = [(shop.code, shop.name) for shop in visible_to(actor)]  # type: ignore[attr-defined]


class AssignForm(CommandForm):
    agent_id = forms.TypedChoiceField(label=_("Agent"), choices=_agents, coerce=int)
    team_id = forms.TypedChoiceField(label=_("Team"), choices=_teams, coerce=int, empty_value=None, required=False)


class ClassifyForm(CommandForm):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    type_ = forms.ChoiceField(label=_("Type"), choices=TicketType.choices)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)


class AskForm(CommandForm):
    role = forms.ChoiceField(label=_("Department"), choices=[(one.value, one.label) for one in DEPARTMENTS])
    question = forms.CharField(label=_("Question"), max_length=2000, widget=forms.Textarea)


class ResolveForm(CommandForm):
    solution_type = forms.ChoiceField(label=_("Kind of solution"), choices=SolutionType.choices)
    solution = forms.CharField(label=_("Solution"), max_length=2000, widget=forms.Textarea)


class MergeForm(CommandForm):
    into = forms.CharField(label=_("Number of the ticket that goes on"), max_length=20)


class LinkForm(CommandForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=LinkKind.choices)
    number = forms.CharField(label=_("Number"), max_length=60)


class AnswerForm(CommandForm):
    answer = forms.CharField(label=_("Answer"), max_length=2000, widget=forms.Textarea)


class SayForm(forms.Form):
    """What is typed on the workbench."""

    body = forms.CharField(max_length=20_000, required=False, strip=False)
    seen = forms.IntegerField(required=False, min_value=0)
    kind = forms.ChoiceField(choices=[("reply", ""), ("note", "")])


class RuleForm(CommandForm):
    """A triage rule."""

    name = forms.CharField(label=_("Name"), max_length=60)
    position = forms.IntegerField(label=_("Order of rules"), min_value=0, max_value=30_000, initial=100)
    channel = forms.ChoiceField(label=_("Channel"), choices=[("", _("any")), *Channel.choices], required=False)
    words = forms.CharField(label=_("Words in the text (one suffices)"), max_length=1000, required=False, widget=forms.Textarea)
    order_state = forms.ChoiceField(label=_("State of the order"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", "–"), *Stage.choices], required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[("", "–"), *TicketType.choices], required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=[("", "–"), *Priority.choices], required=False)
    team_id = forms.TypedChoiceField(label=_("Team"), choices=_teams, coerce=int, empty_value=None, required=False)
    active = forms.BooleanField(label=_("In force"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order_state"].choices = [("", _("any")), *order_states()]  # type: ignore[attr-defined]


class MacroForm(CommandForm):
    """A canned reply."""

    title = forms.CharField(label=_("Title"), max_length=80)
    body = forms.CharField(
        label=_("Text; possible are {customer_name}, {order_number}, {tracking_number} and {carrier}"),
        max_length=5000,
        widget=forms.Textarea,
    )
    active = forms.BooleanField(label=_("In force"), required=False, initial=True)


class TeamForm(CommandForm):
    """A team of agents."""

    name = forms.CharField(label=_("Name"), max_length=60)
    members = forms.MultipleChoiceField(label=_("Members"), choices=_agents, required=False)
    active = forms.BooleanField(label=_("Active"), required=False, initial=True)
