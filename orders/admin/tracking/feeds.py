"""The sources of news in the browser: which of them speaks, and what they sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin, ReadOnlyAdmin
from orders.admin import words
from orders.models import CarrierMessage, TrackingFeed
from orders.rules.tracking.feeds import FEED_LIFECYCLE, FeedState, feed_state
from orders.services.tracking import feeds

_LABELS: Mapping[str, Any] = {FeedState.ANSWERS: _("Answers"), FeedState.FAILING: _("Fails")}


class RetryForm(CommandForm):
    """What was repaired. SOP: O14"""

    note = forms.CharField(label=_("What was done"), max_length=300, widget=forms.Textarea)


@admin.register(TrackingFeed)
class TrackingFeedAdmin(LifecycleAdmin):
    """SOP: O14"""

    subject_kind = feeds.KIND
    subject_argument = "feed_id"
    lifecycle = FEED_LIFECYCLE
    commands = {"retry": Command(label=_("Repaired, try again"), run=feeds.retry_feed, form=RetryForm)}
    trouble = words.trouble
    list_display = ("source", "condition", "last_ok_at", "failing_since", "alarm_by", "trouble")
    fields = (("source", "condition"), ("last_ok_at", "failing_since"), ("alarm_by", "trouble"))
    readonly_fields = ("condition", "trouble")

    @column(_("condition"), colours={FeedState.ANSWERS: "green", FeedState.FAILING: "red"})
    def condition(self, row: TrackingFeed) -> tuple[str, str]:
        state = feed_state(row.failing_since)
        return state, str(_LABELS[state])

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        obj.status = feed_state(obj.failing_since)
        return super().buttons(obj, actor)


@admin.register(CarrierMessage)
class CarrierMessageAdmin(ReadOnlyAdmin):
    """What the sources sent, as it came; for technical support. SOP: O14"""

    keyset = ("-id",)
    list_display = ("public_id", "source", "shipment", "received_at", "state", "finding")
    list_select_related = ("shipment",)
    list_filter = ("source", "state")
    fields = (("source", "shipment", "received_at"), ("state", "read_at", "finding"), "raw")
    readonly_fields = ("raw",)

    @admin.display(description=_("As it came"))
    def raw(self, row: CarrierMessage) -> str:
        return bytes(row.body).decode("utf-8", "replace")[:20_000]
