"""The check rounds: their list, and the queue in which a desk decides and signs. SOP: O3, O4"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opsdesk.audit.queries import history
from opsdesk.common import clock
from opsdesk.common.errors import DomainError, Forbidden
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.doors.words import say
from orders.admin.forms import DecisionForm
from orders.admin.rounds.proof import proof_page
from orders.admin.rounds.rows import rows
from orders.enums.orders import HoldCode
from orders.enums.rounds import RoundState
from orders.models import CheckRound
from orders.queries import rounds as queries
from orders.rules.rounds import CHECK_ROUND_LIFECYCLE
from orders.services.rounds.decisions import decide, leave_held
from orders.services.rounds.rounds import KIND, sign_round

PAGE = 100
STATE_COLOURS = {
    RoundState.SCHEDULED: "blue",
    RoundState.OPEN: "amber",
    RoundState.LATE: "red",
    RoundState.SIGNED_OFF: "green",
    RoundState.MISSED: "red",
}


@admin.register(CheckRound)
class CheckRoundAdmin(ReadOnlyAdmin):
    shop_field = "shop"
    list_display = ("name", "coloured_state", "lateness", "coverage", "desk", "opened_at", "sign_by", "signed_at", "signed_by")
    list_display_links = ("name",)
    list_select_related = ("shop", "signed_by")
    list_filter = ("state", "late", "shop", "day")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckRound]:
        return queries.with_coverage(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        def view(run: Callable[..., HttpResponse]) -> Any:
            return self.admin_site.admin_view(require_POST(run))

        return [
            path("coverage/", self.admin_site.admin_view(self.coverage_view), name="orders_checkround_coverage"),
            path("<path:object_id>/decide/", view(self.decide_view), name="orders_checkround_decide"),
            path("<path:object_id>/leave-held/", view(self.leave_held_view), name="orders_checkround_leave_held"),
            path("<path:object_id>/sign/", view(self.sign_view), name="orders_checkround_sign"),
            *super().get_urls(),
        ]

    def coverage_view(self, request: HttpRequest) -> HttpResponseBase:
        """The proof of a month."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return proof_page(request, self.admin_site)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The queue of one round."""
        return self._page(request, self._round(request, object_id))

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Decide on one order."""
        form = DecisionForm(request.POST)
        if not form.is_valid():
            texts = [str(text) for texts in form.errors.values() for text in texts]
            return self._page(request, self._round(request, object_id), refusals=texts, status=422)
        return self._do(request, object_id, decide, **form.cleaned_data)

    def leave_held_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Leave what is on hold for the next round."""
        return self._do(request, object_id, leave_held)

    def sign_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sign the round."""
        return self._do(request, object_id, sign_round)

    def _do(self, request: HttpRequest, object_id: str, run: Callable[..., object], **arguments: Any) -> HttpResponse:
        round_ = self._round(request, object_id)
        try:
            with transaction.atomic():
                run(round_id=round_.pk, **arguments, actor=actor_of(request), now=clock.now())
        except DomainError as refusal:
            status = 403 if isinstance(refusal, Forbidden) else 422
            return self._page(request, round_, refusals=_words(refusal), status=status)
        messages.success(request, gettext("Done."))
        return HttpResponseRedirect(reverse("admin:orders_checkround_change", args=[round_.public_id]))

    def _round(self, request: HttpRequest, object_id: str) -> CheckRound:
        if not self.has_view_permission(request):
            raise PermissionDenied
        round_: CheckRound | None = self.get_object(request, object_id)
        if round_ is None:
            raise Http404
        return round_

    def _page(
        self, request: HttpRequest, round_: CheckRound, *, refusals: Sequence[str] = (), status: int = 200
    ) -> HttpResponse:
        actor = actor_of(request)
        page = Paginator(queries.with_orders(queries.queue(round_)), PAGE).get_page(request.GET.get("p"))
        steps = CHECK_ROUND_LIFECYCLE.available(round_.state, actor)
        context = self.admin_site.each_context(request) | {
            "title": str(round_),
            "opts": self.opts,
            "original": round_,
            "round": round_,
            "page": page,
            "rows": rows(list(page), actor),
            "counts": queries.undecided(round_),
            "may_decide": "decide" in steps,
            "may_sign": "sign" in steps and round_.desk in actor.roles,
            "hold_codes": HoldCode.choices,
            "refusals": refusals,
            "timeline": history(KIND, round_.public_id),
        }
        return TemplateResponse(request, "orders/round.html", context, status=status)

    @column(_("round"), ordering="-expected_at")
    def name(self, round_: CheckRound) -> str:
        return str(round_)

    @column(_("state"), colours=STATE_COLOURS, ordering="state")
    def coloured_state(self, round_: CheckRound) -> tuple[str, str]:
        return round_.state, round_.get_state_display()

    @column(_("lateness"), colours={"late": "red", "in_time": "green"})
    def lateness(self, round_: CheckRound) -> tuple[str, str]:
        return ("late", gettext("Late")) if round_.late else ("in_time", gettext("In time"))

    @column(_("coverage"))
    def coverage(self, round_: Any) -> str:
        """How many of the orders were decided, and how many rolled over to the next round."""
        covered = f"{round_.decided}/{round_.total}"
        return gettext("%(covered)s, %(rolled)s rolled over") % {"covered": covered, "rolled": round_.rolled}


def _words(refusal: DomainError) -> list[str]:
    if refusal.issues:
        return [say(issue.message, issue.params) for issue in refusal.issues]
    return [say(refusal.message_id, refusal.params)]
