"""The page of a customer. SOP: S15"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import NotFound
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import posted
from opsdesk.doors.admin.records import ReadOnlyAdmin
from orders.queries.links import masked_buyers
from orders.services.customers import reveal_buyer
from support.admin.care.forms import LikingForm, RevealForm, SamePersonForm
from support.admin.sla.pages import answer
from support.models import CustomerProfile, Ticket
from support.queries.care import profiles as queries
from support.services.care import profiles

VIEW, REVEAL = "support.view_customerprofile", "orders.reveal_customer"


def panel(ticket: Ticket, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """What the customer likes, and what to offer them."""
    if ticket.customer_id is None or ticket.customer is None:
        return None
    return {
        "profile": queries.profile_of(ticket.customer_id),
        "recommended": queries.recommended(ticket.customer_id, now),
        "customer": ticket.customer.public_id,
    }


@admin.register(CustomerProfile)
class CustomerProfileAdmin(ReadOnlyAdmin):
    """SOP: S15"""

    list_before_template: Any = "support/care/find.html"
    keyset = ("-id",)
    list_display = ("who", "preferences", "labels", "contact_by", "allows_email", "allows_sms", "opted_out_at")
    list_filter = ("allows_email", "allows_sms")
    fields = ("preferences",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return queries.visible_to(actor_of(request)).prefetch_related("members__customer__shop")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {"": self.page_view, "write/": self.write_view, "reveal/": self.reveal_view, "same/": self.same_view}
        own = [
            path(f"of/<slug:customer>/{end}", wrap(view), name=f"support_customer_{end.strip('/') or 'page'}")
            for end, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        text = request.GET.get("who", "").strip()
        asked = request.GET.copy()
        asked.pop("who", None)
        request.GET = asked  # type: ignore[assignment]
        found = masked_buyers(text, actor=actor_of(request)) if text else []
        context: dict[str, Any] = {"who": text, "found": found}
        return super().changelist_view(request, context | (extra_context or {}))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        row = self.get_object(request, object_id or "")
        member = row.members.select_related("customer").order_by("pk").first() if row else None
        if member is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:support_customer_page", args=[member.customer.public_id]))

    def page_view(self, request: HttpRequest, customer: str) -> HttpResponse:
        """All that is known of a customer, masked."""
        actor, key = self._asked(request, customer)
        return TemplateResponse(request, "support/care/customer.html", self._context(request, actor, key, customer))

    def write_view(self, request: HttpRequest, customer: str) -> HttpResponse:
        """Write down what they like and allow."""
        actor, key = self._asked(request, customer, profiles.CHANGE)
        profile = queries.profile_of(key)
        names = ("preferences", "contact_by", "best_time", "allows_email", "allows_sms")
        initial = {name: getattr(profile, name) for name in names} | {"tags": ", ".join(profile.tags)} if profile else None
        form = LikingForm(posted(request), initial=initial)
        run = partial(self._write, form, customer, actor)
        return self._answer(request, customer, form, run, _("What the customer likes and allows"), _("Save"))

    def same_view(self, request: HttpRequest, customer: str) -> HttpResponse:
        """Say that another customer is the same person."""
        actor, _key = self._asked(request, customer, profiles.MERGE)
        form = SamePersonForm(posted(request))
        merge = partial(profiles.merge_profiles, customer=customer, actor=actor, now=clock.now())
        return self._answer(request, customer, form, lambda data: merge(**data), _("The same person"), _("They are one person"))

    def reveal_view(self, request: HttpRequest, customer: str) -> HttpResponse:
        """Name, number and address in full, with the reason."""
        actor, key = self._asked(request, customer, REVEAL)
        form, shown = RevealForm(posted(request)), {}

        def run(data: dict[str, Any]) -> None:
            shown["in_full"] = reveal_buyer(public_id=customer, reason=data["reason"], actor=actor, now=clock.now())

        response = self._answer(request, customer, form, run, _("Show the customer's data"), _("Show it"))
        if not shown:
            return response
        context = self._context(request, actor, key, customer) | shown
        return TemplateResponse(request, "support/care/customer.html", context)

    @column(gettext_lazy("customer"))
    def who(self, row: CustomerProfile) -> str:
        return ", ".join(f"{one.customer.shop.code} {one.customer.public_id[-6:]}" for one in row.members.all())

    @column(gettext_lazy("tags"))
    def labels(self, row: CustomerProfile) -> str:
        return ", ".join(row.tags)

    def _asked(self, request: HttpRequest, customer: str, permission: str = VIEW) -> tuple[Actor, int]:
        actor = actor_of(request)
        if not (actor.can(VIEW) and actor.can(permission)):
            raise PermissionDenied
        try:
            return actor, queries.customer_of(customer, actor)
        except NotFound:
            raise Http404 from None

    def _write(self, form: LikingForm, customer: str, actor: Actor, data: dict[str, Any]) -> None:
        profiles.write_profile(customer=customer, liking=form.liking(), actor=actor, now=clock.now())

    def _answer(self, request: HttpRequest, customer: str, form: Any, run: Any, label: str, button: str) -> HttpResponse:
        back = reverse("admin:support_customer_page", args=[customer])
        return answer(request, self, form=form, run=run, label=label, button=button, back=back, original="")

    def _context(self, request: HttpRequest, actor: Actor, key: int, customer: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "title": _("Customer"),
            "opts": self.opts,
            "customer": customer,
            "person": queries.person(key, actor, clock.now()),
            "may_write": actor.can(profiles.CHANGE),
            "may_merge": actor.can(profiles.MERGE),
            "may_reveal": actor.can(REVEAL),
            "original": "",
        }
