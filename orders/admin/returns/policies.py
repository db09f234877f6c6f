"""The return policy in the browser: what holds now, what held, and the next version."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.queries.categories import all_categories
from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from orders.enums.returns import FreightPayer
from orders.models import ReturnPolicy
from orders.queries.returns.policies import in_force
from orders.services.returns.policies import KIND, PolicyText, write_policy

WRITE = "orders.change_returnpolicy"
COLOURS = {"now": "green", "later": "blue", "past": "grey"}


def _categories() -> list[tuple[str, Any]]:
    return [("", _("All goods")), *((str(row.pk), f"{'– ' * (row.level - 1)}{row.name}") for row in all_categories())]


class PolicyForm(CommandForm):
    """What goods of a category are promised, and from when."""

    category_id = forms.TypedChoiceField(label=_("Category"), choices=_categories, coerce=int, empty_value=None, required=False)
    from_at = forms.DateTimeField(
        label=_("In force from (empty: now)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "od-input"}),
    )
    no_reason = forms.BooleanField(label=_("Comes back without a reason"), required=False, initial=True)
    freight = forms.ChoiceField(label=_("Way back paid by"), choices=FreightPayer.choices, initial=FreightPayer.FAULT)
    clause = forms.CharField(label=_("Conditions"), max_length=1000, widget=forms.Textarea)
    process = forms.CharField(label=_("Process"), max_length=1000, required=False, widget=forms.Textarea)
    notices = forms.CharField(label=_("To be noted"), max_length=1000, required=False, widget=forms.Textarea)


@admin.register(ReturnPolicy)
class ReturnPolicyAdmin(ReadOnlyAdmin):
    """SOP: O20"""

    subject_kind = KIND
    list_before_template: Any = "orders/returns/policy_list_top.html"
    list_display = ("scope", "from_at", "standing", "no_reason", "freight", "author")
    list_select_related = ("category",)
    list_filter = ("no_reason", "freight")
    fields = (("scope", "from_at", "author"), ("no_reason", "freight"), "clause", "process", "notices")
    readonly_fields = ("scope",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write_view)
        return [path("write/", view, name="orders_returnpolicy_write"), *super().get_urls()]

    def write_view(self, request: HttpRequest) -> HttpResponse:
        """The next version for a category; it begins as the version that `like` names stands."""
        actor = actor_of(request)
        if not actor.can(WRITE):
            raise PermissionDenied
        like = ReturnPolicy.objects.filter(public_id=request.GET.get("like", "")).first()
        names = ("category_id", "no_reason", "freight", "clause", "process", "notices")
        form = PolicyForm(posted(request), initial={name: getattr(like, name) for name in names} if like else None)
        if request.method == "POST" and form.is_valid():
            data = dict(form.cleaned_data)
            category, start = data.pop("category_id"), data.pop("from_at")
            try:
                with transaction.atomic():
                    row = write_policy(
                        category_id=category, text=PolicyText(**data), from_at=start, actor=actor, now=clock.now()
                    )
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, gettext("The policy is written."))
                return HttpResponseRedirect(reverse("admin:orders_returnpolicy_change", args=[row.pk]))
        label = gettext("New version of the policy")
        context = self.admin_site.each_context(request) | {
            "title": label,
            "form": form,
            "command": {"label": _("Put in force")},
            "opts": self.opts,
            "original": like or "",
            "back": reverse("admin:orders_returnpolicy_changelist"),
        }
        return TemplateResponse(request, "opsdesk/command.html", context, status=422 if form.errors else 200)

    change_form_outer_before_template: Any = "orders/returns/policy_top.html"

    @admin.display(description=pgettext_lazy("policy", "goods"))
    def scope(self, row: ReturnPolicy) -> str:
        return row.category.name if row.category else gettext("All goods")

    @column(_("standing"), colours=COLOURS)
    def standing(self, row: ReturnPolicy) -> tuple[str, str]:
        now = clock.now()
        if row.from_at > now:
            return "later", gettext("from later on")
        newest = in_force(now).get(row.category_id)
        return ("now", gettext("in force")) if newest and newest.pk == row.pk else ("past", gettext("replaced"))
