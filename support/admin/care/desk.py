"""Segments, return visits and broadcasts in the browser. SOP: S16, S17"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin.care.forms import BroadcastForm, CallForm, PlanForm, PostedForm, SegmentForm
from support.admin.tickets.desk import OwnChoicesAdmin
from support.enums.care import BroadcastState, CallState
from support.models import Broadcast, CallBack, CallPlan, Segment
from support.queries.care.profiles import buyers
from support.rules.care.lifecycle import BROADCAST_LIFECYCLE, CALL_LIFECYCLE
from support.services.care import broadcasts, calls, segments

CALL_COLOURS = {CallState.PLANNED: "amber", CallState.DONE: "green", CallState.GIVEN_UP: "grey", CallState.CANCELLED: "grey"}
STATE_COLOURS = {
    BroadcastState.DRAFT: "amber",
    BroadcastState.APPROVED: "blue",
    BroadcastState.SENT: "green",
    BroadcastState.CANCELLED: "grey",
}


@admin.register(Segment)
class SegmentAdmin(OwnChoicesAdmin):
    """SOP: S16, S17"""

    write_form, write_title = SegmentForm, _("Write a segment")
    shop_field = "shop"
    keyset = ("title",)
    list_display = ("title", "shop", "bought_within_days", "min_orders", "min_spend", "product", "tag")
    list_select_related = ("shop", "product")
    fields = (("title", "shop"), ("bought_within_days", "min_orders", "min_spend"), ("product", "tag", "how_many"))
    readonly_fields = ("how_many",)

    def initial_of(self, row: Any) -> dict[str, Any]:
        names = ("title", "shop_id", "bought_within_days", "min_orders", "min_spend", "tag")
        return {name: getattr(row, name) for name in names} | {"product": row.product.code if row.product else ""}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        segments.write_segment(segment_id=row.pk if row else None, text=segments.SegmentText(**data), **who)

    @column(_("customers now"))
    def how_many(self, row: Segment) -> int:
        return buyers(row, clock.now()).count()


@admin.register(CallPlan)
class CallPlanAdmin(OwnChoicesAdmin):
    """SOP: S16"""

    write_form, write_title = PlanForm, _("Plan return visits")
    shop_field = "segment__shop"
    keyset = ("title",)
    list_display = ("title", "segment", "every_days", "a_day", "active")
    list_select_related = ("segment",)
    list_filter = ("active",)
    fields = (("title", "segment"), "questions", ("every_days", "a_day", "active"))

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("title", "segment_id", "questions", "every_days", "a_day", "active")}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        calls.write_plan(plan_id=row.pk if row else None, **data, **who)


@admin.register(CallBack)
class CallBackAdmin(LifecycleAdmin):
    """SOP: S16"""

    subject_kind = calls.KIND
    shop_field = "shop"
    subject_argument = "call_id"
    state_field = "state"
    lifecycle = CALL_LIFECYCLE
    commands = {
        "call": Command(label=_("The customer was called"), run=calls.call, form=CallForm),
        "cancel": Command(label=_("Do not call"), run=calls.cancel, form=ReasonForm, danger=True),
    }
    keyset = ("-id",)
    list_display = ("__str__", "coloured_state", "outcome", "attempts", "due_at", "done_by")
    list_select_related = ("plan",)
    list_filter = ("state", "outcome")
    change_form_outer_after_template: Any = "support/care/call.html"
    fields = (
        ("plan", "coloured_state", "due_at"),
        "questions",
        ("outcome", "attempts"),
        "words",
        ("done_at", "done_by", "ticket"),
    )
    readonly_fields = ("coloured_state", "questions")

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | {"customer": obj.customer.public_id}

    @column(_("what is asked"))
    def questions(self, row: CallBack) -> str:
        return row.plan.questions

    @column(_("state"), colours=CALL_COLOURS)
    def coloured_state(self, row: CallBack) -> tuple[str, str]:
        return row.state, row.get_state_display()


@admin.register(Broadcast)
class BroadcastAdmin(OwnChoicesAdmin, LifecycleAdmin):  # type: ignore[misc]
    """SOP: S17"""

    write_form, write_title = BroadcastForm, _("Write a broadcast")
    subject_kind = broadcasts.KIND
    shop_field = "segment__shop"
    subject_argument = "broadcast_id"
    state_field = "state"
    lifecycle = BROADCAST_LIFECYCLE
    commands = {
        "approve": Command(label=_("Approve the broadcast"), run=broadcasts.approve),
        "posted": Command(label=_("It is posted"), run=broadcasts.posted, form=PostedForm),
        "cancel": Command(label=_("Do not send it"), run=broadcasts.cancel, form=ReasonForm, danger=True),
    }
    keyset = ("-id",)
    list_display = ("title", "coloured_state", "channel", "kind", "segment", "send_at", "sent_to")
    list_select_related = ("segment",)
    list_filter = ("state", "channel", "kind")
    fields = (
        ("title", "coloured_state"),
        "body",
        ("channel", "kind", "segment"),
        ("author", "approver", "send_at"),
        ("sent_at", "sent_to", "link"),
    )
    readonly_fields = ("coloured_state",)
    change_form_outer_before_template: Any = "support/care/broadcast_top.html"

    @property
    def write_permission(self) -> str:
        return broadcasts.WRITE

    def buttons(self, obj: Any, actor: Any) -> list[dict[str, Any]]:
        hidden = {"posted"} if obj.channel != "social" else set()
        return [button for button in super().buttons(obj, actor) if button["name"] not in hidden]

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("segment_id", "channel", "kind", "title", "body", "send_at")}

    def call(self, row: Any, data: dict[str, Any], **who: Any) -> None:
        text = broadcasts.BroadcastText(**data)
        broadcasts.write_broadcast(broadcast_id=row.pk if row else None, text=text, **who)

    @column(_("state"), colours=STATE_COLOURS)
    def coloured_state(self, row: Broadcast) -> tuple[str, str]:
        return row.state, row.get_state_display()
