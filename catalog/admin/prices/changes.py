"""Price changes in the browser: the list, the page, writing, judging, and the calendar."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.prices.forms import ChangeForm, LineRows, PriceVerdictForm
from catalog.admin.prices.tables import calendar_weeks, line_rows, remarks, rows_of
from catalog.enums.prices import PriceChangeState
from catalog.models import PriceChange
from catalog.queries.prices.facts import changes_for, lines_of, problems_of
from catalog.queries.prices.moments import lasting_prices
from catalog.rules.prices.lifecycle import PRICE_LIFECYCLE
from catalog.services.prices import applying, judging, writing
from catalog.services.prices.steps import KIND
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import ReasonForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.api.problems import status_of


@admin.register(PriceChange)
class PriceChangeAdmin(LifecycleAdmin):
    """Changes are written and judged on screens of their own and move by commands only. SOP: C10"""

    subject_kind = KIND
    subject_argument = "change_id"
    state_field = "state"
    lifecycle = PRICE_LIFECYCLE
    commands = {
        "submit": Command(_("Submit for review"), writing.submit),
        "waive": Command(_("Waive the margin"), judging.waive_margin, ReasonForm, danger=True),
        "end": Command(_("End the limited price now"), applying.end_change, danger=True),
        "withdraw": Command(_("Withdraw"), writing.withdraw, danger=True),
    }
    list_display = ("public_id", "state", "reason", "effective_from", "effective_until", "author_label")
    list_filter = ("state",)
    search_fields = ("public_id", "reason__icontains")
    fields = (
        "public_id",
        "state",
        "reason",
        "effective_from",
        "effective_until",
        "author_label",
        "submitted_at",
        "decided_at",
        "started_at",
        "ended_at",
        "waived_by",
        "waiver_reason",
    )
    change_form_outer_before_template: Any = "catalog/prices/change_page.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("calendar/", wrap(self.calendar_view), name="catalog_pricechange_calendar"),
            path("<path:object_id>/write/", wrap(self.write_view), name="catalog_pricechange_write"),
            path("<path:object_id>/judge/", wrap(self.judge_view), name="catalog_pricechange_judge"),
        ]
        return [*own, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can("catalog.add_pricechange")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=changes_for(actor_of(request)).values("pk"))

    def page_context(self, request: HttpRequest, obj: PriceChange) -> dict[str, Any]:
        return super().page_context(request, obj) | self._shown(obj, actor_of(request))

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The commands, and before them the screens on which the change is judged and written."""
        available = self.lifecycle.available(obj.state, actor)
        screens = [(step, label) for step, label in (("approve", _("Review")), ("edit", _("Edit"))) if step in available]
        names = {"approve": "judge", "edit": "write"}
        return [
            *(
                {
                    "name": names[step],
                    "label": label,
                    "danger": False,
                    "url": reverse(f"admin:catalog_pricechange_{names[step]}", args=[obj.pk]),
                }
                for step, label in screens
            ),
            *super().buttons(obj, actor),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Write a new change; `skus` in the address names the first rows."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._write(request, None)

    def write_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write a draft anew."""
        change = self.get_object(request, object_id)
        if change is None:
            raise Http404
        if not self.has_view_permission(request, change) or not actor_of(request).can("catalog.change_pricechange"):
            raise PermissionDenied
        return self._write(request, change)

    def judge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Judge exactly the prices that are shown."""
        actor, change = actor_of(request), self.get_object(request, object_id)
        if change is None:
            raise Http404
        if not self.has_view_permission(request, change) or not actor.can("catalog.approve_pricechange"):
            raise PermissionDenied
        form, status = PriceVerdictForm(posted(request), initial={"seen_hash": change.content_hash}), 200
        if request.method == "POST" and form.is_valid():
            try:
                judging.decide(change_id=change.pk, verdict=form.given(), actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                messages.success(request, _t("Decided: %(listing)s") % {"listing": change})
                return HttpResponseRedirect(reverse("admin:catalog_pricechange_change", args=[change.pk]))
        elif request.method == "POST":
            status = 422
        context = self._shown(change, actor) | {
            "form": form,
            "buttons": [one for one in self.buttons(change, actor) if one["name"] == "waive"],
            "may_decide": change.state == PriceChangeState.SUBMITTED and actor.staff_id not in change.editor_ids,
            "is_writer": actor.staff_id in change.editor_ids,
        }
        return self._page(request, "judge", _("Judge the price change"), change, context, status)

    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """What is approved or waits, in the order of time. SOP: C24"""
        if not self.has_view_permission(request):
            raise PermissionDenied
        weeks = calendar_weeks(changes_for(actor_of(request)), clock.now())
        return self._page(request, "calendar", _("Calendar of prices"), None, {"weeks": weeks})

    def _write(self, request: HttpRequest, change: PriceChange | None) -> HttpResponse:
        actor, data = actor_of(request), posted(request)
        costs = {"costs": actor.can("catalog.view_cost")}
        begin = {"start": change.effective_from, "end": change.effective_until, "reason": change.reason} if change else {}
        form = ChangeForm(data, initial=begin | {"version": change.version if change else None})
        asked = request.GET.get("skus", "").split()
        first = rows_of(lines_of(change)) if change else [vars(p) | {"sku": c} for c, p in lasting_prices(asked).items()]
        rows = LineRows(data, initial=first, prefix="lines", form_kwargs=costs)
        valid = request.method == "POST" and form.is_valid() and rows.is_valid()
        if valid and (saved := self._save(request, change, form, rows, actor)):
            return saved
        context = {"form": form, "rows": rows, "labels": [field.label for field in rows.empty_form], "change": change}
        status = 422 if request.method == "POST" else 200
        return self._page(request, "write", _("New prices"), change, context, status)

    def _save(
        self, request: HttpRequest, change: PriceChange | None, form: ChangeForm, rows: Any, actor: Actor
    ) -> HttpResponse | None:
        lines = [line for row in rows if (line := row.to_line())]
        known = {line.sku for line in lines}
        pasted = [code for code in form.pasted() if code not in known]
        prices = lasting_prices(pasted)
        unknown = [code for code in pasted if code not in prices]
        if unknown:
            form.add_error("codes", _t("There is no SKU %(sku)s.") % {"sku": ", ".join(unknown[:10])})
            return None
        sees = actor.can("catalog.view_cost")
        lines += [
            writing.NewPrices(code, p.price, p.discount_price, p.member_price, p.cost if sees else None)
            for code, p in prices.items()
        ]
        try:
            plan, now = form.plan(lines), clock.now()
            if change is None:
                kept = writing.write_change(plan=plan, actor=actor, now=now)
            else:
                version = form.cleaned_data["version"] or 0
                kept = writing.edit_change(change_id=change.pk, version=version, plan=plan, actor=actor, now=now)
        except DomainError as refusal:
            form.refuse(refusal)
            return None
        messages.success(request, _t("Saved. It can be submitted."))
        page = "write" if pasted else "change"
        return HttpResponseRedirect(reverse(f"admin:catalog_pricechange_{page}", args=[kept.pk]))

    def _shown(self, change: PriceChange, actor: Actor) -> dict[str, Any]:
        costs = actor.can("catalog.view_cost")
        found = remarks(problems_of(change), costs=costs) if change.state in ("draft", "submitted") else []
        return {"lines": line_rows(change, costs=costs), "sees_costs": costs, "found": found, "change": change}

    def _page(
        self, request: HttpRequest, name: str, title: Any, obj: Any, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        frame |= {"title": title, "subtitle": str(obj) if obj else "", "opts": self.opts, "original": obj}
        return TemplateResponse(request, f"catalog/prices/{name}.html", frame | context, status=status)
