"""Service level policies in the browser: versions, the next one, what it would change, its end."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.queries import day_types
from support.admin.sla.pages import allow, answer, shown_span, ticket_link
from support.admin.sla.policy_form import EndForm, PolicyForm
from support.enums.sla import ClockKind
from support.enums.tickets import Channel, Priority, Stage, TicketType
from support.models import SlaPolicy
from support.queries.sla.basis import as_rule, newest_versions
from support.rules.sla.calculator import of_day
from support.rules.sla.hours import DAY, day_of
from support.rules.sla.texts import written
from support.services.sla import policies

COLOURS = {"now": "green", "later": "blue", "past": "grey", "off": "grey"}
SHOWN_DAYS = 14
VOCABULARY = {"channel": Channel, "stage": Stage, "type": TicketType, "priority": Priority}


@admin.register(SlaPolicy)
class SlaPolicyAdmin(ReadOnlyAdmin):
    """SOP: S3, S4a, S4b, S8"""

    subject_kind = policies.KIND
    list_before_template: Any = "support/sla/policy_list_top.html"
    change_form_outer_before_template: Any = "support/sla/policy_top.html"
    list_display = ("name", "number", "standing", "rank", "applies_to", "from_at", "author")
    list_filter = ("active",)
    fields = (
        ("name", "code", "number"),
        ("standing", "rank", "from_at"),
        "applies_to",
        "shown_targets",
        "shown_frames",
        ("author", "reason"),
    )
    readonly_fields = ("standing", "applies_to", "shown_targets", "shown_frames")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("write/", wrap(self.write_view), name="support_slapolicy_write"),
            path("end/<slug:code>/", wrap(self.end_view), name="support_slapolicy_end"),
            *super().get_urls(),
        ]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """Beside the version, what it makes of the coming days."""
        return super().page_context(request, obj) | {
            "coming": _coming(obj),
            "clocks": [kind.label for kind in _clocks(obj)],
        }

    def write_view(self, request: HttpRequest) -> HttpResponse:
        """The next version of a policy, which begins as the version that `like` names; or only what it would change."""
        allow(request, policies.WRITE)
        actor, now = actor_of(request), clock.now()
        like = SlaPolicy.objects.filter(public_id=request.GET.get("like", "")).first()
        form, extra = PolicyForm(posted(request), like=like), {}
        if request.method == "POST" and "try" in request.POST and form.is_valid():
            data = form.cleaned_data
            try:
                extra = {"dry_run": _shown(policies.dry_run(code=data["code"], text=data["text"], actor=actor, now=now))}
            except DomainError as refusal:
                form.refuse(refusal)
            context = self.admin_site.each_context(request) | {
                "title": gettext("Next version of a policy"), "form": form, "opts": self.opts, **extra,
            }  # fmt: skip
            return TemplateResponse(request, "support/sla/policy_write.html", context, status=422 if form.errors else 200)
        return answer(
            request,
            self,
            form=form,
            run=lambda data: policies.write_policy(**data, actor=actor, now=now),
            label=_("Next version of a policy"),
            button=_("Put in force"),
            back=reverse("admin:support_slapolicy_changelist"),
            template="support/sla/policy_write.html",
        )

    def end_view(self, request: HttpRequest, code: str) -> HttpResponse:
        """End a policy."""
        allow(request, policies.WRITE)
        last, actor = SlaPolicy.objects.filter(code=code).order_by("-number").first(), actor_of(request)
        if last is None:
            raise Http404
        return answer(
            request,
            self,
            form=EndForm(posted(request)),
            run=lambda data: policies.withdraw_policy(code=code, **data, actor=actor, now=clock.now()),
            label=_("End this policy"),
            button=_("End this policy"),
            back=reverse("admin:support_slapolicy_change", args=[quote(str(last.pk))]),
            original=last,
        )

    @column(_("standing"), colours=COLOURS)
    def standing(self, row: SlaPolicy) -> tuple[str, str]:
        now = clock.now()
        if row.from_at > now:
            return "later", gettext("from later on")
        if newest_versions(now).get(row.code) != row.pk:
            return "past", gettext("replaced")
        return ("now", gettext("in force")) if row.active else ("off", gettext("ended"))

    @admin.display(description=_("applies to"))
    def applies_to(self, row: SlaPolicy) -> str:
        parts = [_labels(name, values) for name, values in row.match.items() if values]
        return "; ".join(parts) or gettext("all tickets")

    @admin.display(description=_("targets"))
    def shown_targets(self, row: SlaPolicy) -> str:
        told = [
            f"{kind.label}: " + ", ".join(f"{DayType(day).label} {shown_span(ms)}" for day, ms in row.targets[kind].items())
            for kind in _clocks(row)
        ]
        return "; ".join(told)

    @admin.display(description=_("working time"))
    def shown_frames(self, row: SlaPolicy) -> str:
        told = [f"{day.label} {' / '.join(written(row.frames.get(day, {})).splitlines()) or '–'}" for day in DayType]
        round_the_clock = ", ".join(str(ClockKind(kind).label) for kind in row.always)
        return "; ".join(told) + (f"; {gettext('around the clock')}: {round_the_clock}" if round_the_clock else "")


def _clocks(row: SlaPolicy) -> list[ClockKind]:
    """The clocks that a version names, in their order."""
    return [kind for kind in ClockKind if kind in row.targets]


def _coming(row: SlaPolicy) -> list[dict[str, Any]]:
    """The calendar's effect: for each of the coming days its kind, its open time and its targets."""
    policy, today = as_rule(row), day_of(clock.now())
    kinds = day_types(today, today + (SHOWN_DAYS - 1) * DAY)
    days = []
    for number in range(SHOWN_DAYS):
        day = today + number * DAY
        kind = kinds(day)
        targets = [shown_span(of_day(policy.targets[clock], kind)) for clock in _clocks(row)]
        days.append({"day": day, "kind": kind, "open": written({"*": policy.hours.of(day, kind)}), "targets": targets})
    return days


def _labels(name: str, values: list[str]) -> str:
    words = VOCABULARY.get(name)
    return ", ".join(str(words(value).label) if words and value in words.values else value for value in values)


def _shown(found: policies.DryRun) -> dict[str, Any]:
    rows = [
        {"link": ticket_link(one.row.ticket), "clock": one.row, "before": one.before, "after": one.row.due_at}
        for one in found.moved
    ]
    return {"rows": rows, "looked_at": found.looked_at, "more": found.more}
