"""What the screens of customer care ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.shops.queries import visible_to
from support.enums.care import BroadcastChannel, BroadcastKind, CallOutcome, ContactBy
from support.models import Segment
from support.services.care.profiles import Liking


class LikingForm(CommandForm):
    """What a customer likes and allows."""

    preferences = forms.CharField(label=_("What they like"), max_length=500, required=False, widget=forms.Textarea)
    tags = forms.CharField(label=_("Tags, with commas between"), max_length=330, required=False)
    contact_by = forms.ChoiceField(label=_("Best reached by"), choices=ContactBy.choices)
    best_time = forms.CharField(label=_("Best time"), max_length=60, required=False)
    allows_email = forms.BooleanField(label=_("Allows e-mails about products and promotions"), required=False)
    allows_sms = forms.BooleanField(label=_("Allows text messages about products and promotions"), required=False)
    how = forms.CharField(label=_("How they consented (when it is new)"), max_length=200, required=False)

    def liking(self) -> Liking:
        """What the service takes."""
        data = dict(self.cleaned_data)
        data["tags"] = data["tags"].replace("，", ",").split(",")
        return Liking(**data)


class RevealForm(CommandForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class SamePersonForm(CommandForm):
    """The other customer who is the same person."""

    other = forms.CharField(label=_("The other customer (cus_…)"), max_length=40)
    reason = forms.CharField(label=_("How you know"), max_length=200)


class SegmentForm(CommandForm):
    """Who belongs to a segment."""

    title = forms.CharField(label=_("Title"), max_length=80)
    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int)
    bought_within_days = forms.IntegerField(label=_("Bought within (days)"), min_value=1, max_value=3000, initial=90)
    min_orders = forms.IntegerField(label=_("Orders at least"), min_value=1, max_value=1000, initial=1)
    min_spend = forms.DecimalField(label=_("Spent at least"), min_value=0, max_digits=12, decimal_places=2, initial=0)
    product = forms.CharField(label=_("Buyers of this product only (code)"), max_length=60, required=False)
    tag = forms.CharField(label=_("With this tag only"), max_length=30, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop_id"].choices = [(shop.pk, shop.name) for shop in visible_to(actor)]  # type: ignore[attr-defined]


class _WithSegment(CommandForm):
    segment_id = forms.TypedChoiceField(label=_("Segment"), coerce=int)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Segment.objects.filter(shop__in=visible_to(actor)).order_by("title")
        self.fields["segment_id"].choices = [(row.pk, row.title) for row in rows]  # type: ignore[attr-defined]


class PlanForm(_WithSegment):
    """Whom we call, what we ask, and how often."""

    title = forms.CharField(label=_("Title"), max_length=80)
    questions = forms.CharField(label=_("What is asked"), max_length=1000, widget=forms.Textarea)
    every_days = forms.IntegerField(label=_("Each once in (days)"), min_value=1, max_value=1000, initial=90)
    a_day = forms.IntegerField(label=_("Calls a day"), min_value=1, max_value=500, initial=10)
    active = forms.BooleanField(label=pgettext_lazy("plan", "active"), required=False, initial=True)


class CallForm(CommandForm):
    """What came of a call."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=CallOutcome.choices)
    words = forms.CharField(label=_("What was said"), max_length=1000, widget=forms.Textarea)


class BroadcastForm(_WithSegment):
    """What is written to many."""

    channel = forms.ChoiceField(label=_("Channel"), choices=BroadcastChannel.choices)
    kind = forms.ChoiceField(label=_("About"), choices=BroadcastKind.choices)
    title = forms.CharField(label=_("Title"), max_length=80)
    body = forms.CharField(label=_("Text"), max_length=350, widget=forms.Textarea)
    send_at = forms.DateTimeField(label=_("Goes out"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class PostedForm(CommandForm):
    link = forms.URLField(label=_("Where it was posted"), assume_scheme="https")
