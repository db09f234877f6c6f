"""What the screens of surveys, problems and reports ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries.categories import all_categories
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.shops.queries import visible_to
from support.services.voice.reports import desks

LOCAL = {"type": "datetime-local", "class": "od-input"}
OWNERS = (Role.PRODUCT_SPECIALIST, Role.WAREHOUSE, Role.LOGISTICS, Role.PURCHASING, Role.DESIGNER, Role.CUSTOMER_SERVICE)


def a_date(label: Any) -> forms.DateField:
    """A day that is chosen in a calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "od-input"}))


def _text(label: Any, most: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea)


class FindingForm(CommandForm):
    """Why the customer gave few stars."""

    finding = _text(_("What the customer said, and what you did for them"), 2000)


class RoundForm(CommandForm):
    """Whom a periodic survey asks, what, and when."""

    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int)
    title = forms.CharField(label=_("Title"), max_length=100)
    question = forms.CharField(label=_("Question"), max_length=200)
    category_id = forms.TypedChoiceField(label=_("Buyers of this group of goods"), coerce=int, empty_value=None, required=False)
    bought_from = a_date(_("Bought from"))
    bought_until = a_date(_("Bought until"))
    send_on = a_date(_("Sent on"))
    repeat_days = forms.IntegerField(label=_("Again after so many days (0: once)"), min_value=0, max_value=366, initial=0)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = [(shop.pk, shop.name) for shop in visible_to(actor)]
        goods = [(row.pk, f"{'　' * (row.level - 1)}{row.name}") for row in all_categories()]
        self.fields["shop_id"].choices = shops  # type: ignore[attr-defined]
        self.fields["category_id"].choices = [("", _("any")), *goods]  # type: ignore[attr-defined]


class ConclusionForm(CommandForm):
    """What a periodic survey teaches."""

    conclusion = _text(_("What the survey teaches, and what is changed"), 2000)


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
