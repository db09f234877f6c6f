"""Product reviews in the browser. SOP: S14"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.enums.reviews import ReviewState
from support.models import ProductReview
from support.queries.reviews import finding
from support.rules.reviews.reading import REVIEW_LIFECYCLE
from support.services.reviews import taking

COLOURS = {ReviewState.NEW: "amber", ReviewState.REPLIED: "green"}
LOOKED_BACK = timedelta(days=30)  # of the figures above the list


class ReplyForm(CommandForm):
    text = forms.CharField(label=_("Reply, for everybody to read"), max_length=taking.LONGEST, widget=forms.Textarea)


@admin.register(ProductReview)
class ProductReviewAdmin(LifecycleAdmin):
    """SOP: S14"""

    subject_kind = taking.KIND
    shop_field = "shop"
    subject_argument = "review_id"
    state_field = "state"
    lifecycle = REVIEW_LIFECYCLE
    commands = {"reply": Command(label=_("Answer the review"), run=taking.reply, form=ReplyForm)}
    list_before_template: Any = "support/reviews/figures.html"
    keyset = ("-id",)
    list_display = ("product", "sku", "given", "body", "coloured_state", "ticket", "written_at")
    list_select_related = ("product", "sku", "ticket")
    list_filter = ("state", "stars")
    fields = (
        ("product", "sku", "given"),
        "body",
        ("coloured_state", "written_at"),
        ("order", "ticket"),
        ("reply", "replied_by", "replied_at"),
    )
    readonly_fields = ("coloured_state", "given")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        now = clock.now()
        context = {"figures": finding.figures(actor_of(request), now - LOOKED_BACK, now), "days": LOOKED_BACK.days}
        return super().changelist_view(request, context | (extra_context or {}))

    @column(_("stars"), ordering="stars")
    def given(self, row: ProductReview) -> str:
        return "★" * row.stars

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: ProductReview) -> tuple[str, str]:
        return row.state, row.get_state_display()
