"""The look at a published listing."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin.listing_forms import CheckForm
from catalog.admin.quality.showing import must_show
from catalog.admin.quality.storefronts import OUTCOME_COLOURS, differences_of
from catalog.enums.quality import ProbeOutcome
from catalog.models import PostPublishCheck
from catalog.queries.listings import revisions_for
from catalog.rules.listing_lifecycle import CHECK_LIFECYCLE
from catalog.services import post_publish
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.records import Command, LifecycleAdmin

PROBES_SHOWN = 20


@admin.register(PostPublishCheck)
class PostPublishCheckAdmin(LifecycleAdmin):
    """What has to be looked at within the time allowed, and what was seen. SOP: C15"""

    subject_kind = post_publish.CHECK_KIND
    subject_argument = "check_id"
    state_field = "state"
    lifecycle = CHECK_LIFECYCLE
    commands = {
        "record": Command(_("Record the check"), post_publish.record_check, CheckForm),
        "probe": Command(_("Read the shop again"), post_publish.ask_for_probe),
    }
    list_display = ("revision", "state", "opened_at", "check_by", "category_ok", "price_ok", "checked_by")
    list_select_related = ("revision__product", "checked_by")
    list_filter = ("state",)
    search_fields = ("revision__product__code__startswith",)
    fields = (*list_display, "by_probe", "evidence", "checked_at", "probe_at", "escalated_at")
    change_form_outer_before_template: Any = "catalog/check_page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(revision__in=revisions_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: PostPublishCheck) -> dict[str, Any]:
        return super().page_context(request, obj) | {
            **must_show(obj.revision),
            "probes": [
                {
                    "run": run,
                    "colour": OUTCOME_COLOURS[ProbeOutcome(run.outcome)],
                    "differences": differences_of(run.differences),
                }
                for run in obj.probes.select_related("storefront__shop").order_by("-id")[:PROBES_SHOWN]
            ],
        }
