"""The questions whether goods should go off sale, and many listings on or off sale at once. SOP: C14, C20"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.enums.listings import DelistReason
from catalog.models import DelistProposal
from catalog.queries.listings import revisions_for
from catalog.rules.delisting.lifecycle import DELIST_LIFECYCLE
from catalog.services.delisting import bulk, proposals
from catalog.services.delisting.closing import KIND
from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, ReasonForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say


class BulkForm(CommandForm):
    """Which listings, and what becomes of them; every filter that is filled narrows the choice."""

    action = forms.ChoiceField(
        label=_("What to do"), choices=[("delist", _("Take off sale")), ("relist", _("Put on sale again"))]
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=DelistReason.choices, initial=DelistReason.CAMPAIGN)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    category = forms.CharField(label=_("Category (code)"), max_length=60, required=False)
    tag = forms.CharField(label=_("Tag"), max_length=40, required=False)
    shop = forms.CharField(label=_("Shop (code)"), max_length=40, required=False)
    supplier = forms.CharField(label=_("Supplier"), max_length=120, required=False)
    codes = forms.CharField(
        label=_("Product codes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Separated by spaces or lines, such as copied from a sheet."),
    )

    def order(self) -> bulk.BulkOrder:
        """The form as what the service takes."""
        data = dict(self.cleaned_data)
        codes = tuple(dict.fromkeys(data.pop("codes").replace(",", " ").split()))
        return bulk.BulkOrder(codes=codes, **data)


@admin.register(DelistProposal)
class DelistProposalAdmin(LifecycleAdmin):
    """The system asks, a person answers."""

    subject_kind = KIND
    subject_argument = "proposal_id"
    state_field = "state"
    lifecycle = DELIST_LIFECYCLE
    commands = {
        "accept": Command(_("Take off sale now"), proposals.accept, danger=True),
        "decline": Command(_("Leave it on sale"), proposals.decline, ReasonForm),
    }
    list_display = ("revision", "reason", "detail", "state", "due_at", "decided_by")
    list_select_related = ("revision__product", "decided_by")
    list_filter = ("state", "reason")
    fields = (*list_display, "opened_at", "decided_at", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(revision__in=revisions_for(actor_of(request)).values("pk"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/", view, name="catalog_delistproposal_bulk"), *super().get_urls()]

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Choose listings, look at what would happen, then do it. SOP: C14"""
        actor = actor_of(request)
        if not (actor.can("catalog.delist_listing") or actor.can("catalog.publish_listing")):
            raise PermissionDenied
        form, results, done = BulkForm(posted(request)), None, False
        if request.method == "POST" and form.is_valid():
            try:
                done = "apply" in request.POST
                results = bulk.carry_out(order=form.order(), dry_run=not done, actor=actor, now=clock.now())
            except DomainError as refusal:
                form.refuse(refusal)
                done = False
            else:
                if done:
                    ok = sum(one.error is None for one in results)
                    counts = {"ok": ok, "refused": len(results) - ok}
                    messages.success(request, _t("%(ok)s done, %(refused)s refused.") % counts)
        context = self.admin_site.each_context(request) | {
            "title": _("Many on or off sale"),
            "opts": self.opts,
            "form": form,
            "results": [(one.code, _why(one.error)) for one in results] if results is not None else None,
            "ok": sum(one.error is None for one in results or ()),
            "refused": sum(one.error is not None for one in results or ()),
            "done": done,
        }
        return TemplateResponse(request, "catalog/delisting/bulk.html", context, status=422 if form.errors else 200)


def _why(error: DomainError | None) -> str:
    """Why a listing is refused, in words; empty when it is not."""
    if error is None:
        return ""
    parts = [say(issue.message, issue.params) for issue in error.issues[:3]]
    return "; ".join([say(error.message_id, error.params), *parts])
