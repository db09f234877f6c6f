"""Merging orders into one parcel, and splitting them: proposals and what was decided. SOP: O7"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, Forbidden
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, ReadOnlyAdmin
from opsdesk.doors.words import say
from orders.admin.finance.base import FinancePages
from orders.enums.grouping import GroupState, SplitState
from orders.models import OrderSplit, ParcelGroup
from orders.queries.grouping import groups, splits
from orders.rules import masking
from orders.rules.grouping.groups import GROUP_LIFECYCLE
from orders.services.grouping import merging, sharing, splitting

COLOURS = {
    GroupState.ACCEPTED: "blue",
    GroupState.REFUSED: "red",
    GroupState.DISSOLVED: "amber",
    GroupState.SHIPPED: "green",
}
_BIG = 2**63 - 1


class DecisionForm(CommandForm):
    """Which orders, and what becomes of them."""

    decision = forms.ChoiceField(choices=[(name, name) for name in ("share", "apart", "split", "whole")])
    orders = forms.CharField(max_length=2000)
    reason = forms.CharField(max_length=500, required=False)

    def clean_orders(self) -> list[int]:
        texts = str(self.cleaned_data["orders"]).split(",")
        if not all(text.isascii() and text.isdigit() and int(text) <= _BIG for text in texts):
            raise forms.ValidationError(gettext("Choose orders of the list."))
        return [int(text) for text in texts]


@admin.register(ParcelGroup)
class ParcelGroupAdmin(FinancePages):
    """SOP: O7"""

    subject_kind = sharing.KIND
    shop_field = "shop"
    subject_argument = "group_id"
    state_field = "state"
    lifecycle = GROUP_LIFECYCLE
    commands = {"dissolve": Command(label=_("Dissolve the shared parcel"), run=merging.dissolve, form=ReasonForm, danger=True)}
    list_display = ("public_id", "shop", "coloured_state", "reason", "decided_at", "decided_by", "ended_at", "shipment")
    list_select_related = ("shop", "shipment")
    list_filter = ("state", "shop")
    fields = (
        ("shop", "coloured_state", "orders"),
        ("reason", "decided_at", "decided_by"),
        ("ended_at", "ended_by", "shipment"),
    )
    readonly_fields = ("coloured_state", "orders")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proposals_view)
        return [path("proposals/", view, name="orders_parcelgroup_proposals"), *super().get_urls()]

    def list_buttons(self, actor: Actor) -> list[dict[str, Any]]:
        return [self.link("proposals", _("Merge and split"))]

    def proposals_view(self, request: HttpRequest) -> HttpResponse:
        """What could share a parcel, and what does not fit in one; each is decided on here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _proposals(request, self)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, group: ParcelGroup) -> tuple[str, str]:
        return group.state, group.get_state_display()

    @column(_("orders"))
    def orders(self, group: ParcelGroup) -> str:
        return order_links(groups.orders_of(group))


@admin.register(OrderSplit)
class OrderSplitAdmin(ReadOnlyAdmin):
    """SOP: O7"""

    shop_field = "order__shop"
    list_display = (
        "public_id",
        "order",
        "coloured_kind",
        "coloured_state",
        "served_from",
        "reason",
        "decided_at",
        "decided_by",
    )
    list_select_related = ("order",)
    list_filter = ("state", "kind")
    fields = (("order", "coloured_kind", "coloured_state"), "served_from", ("reason", "decided_at", "decided_by"))
    readonly_fields = ("coloured_kind", "coloured_state", "served_from")

    @column(_("state"), colours={SplitState.ACCEPTED: "green", SplitState.REFUSED: "red"})
    def coloured_state(self, row: OrderSplit) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @column(_("why"), colours={})
    def coloured_kind(self, row: OrderSplit) -> tuple[str, str]:
        return row.kind, row.get_kind_display()

    @column(_("served from"))
    def served_from(self, row: OrderSplit) -> str:
        waits = gettext("waits for stock")
        return "; ".join(f"{part['warehouse'] or waits}: {part['quantity']} × {part['sku']}" for part in row.parts)


def order_links(found: Any) -> str:
    """Orders by number, each leading to its page."""
    rows = ((reverse("admin:orders_order_change", args=[order.pk]), order.number) for order in found)
    return format_html_join(", ", '<a href="{}">{}</a>', rows)


def _proposals(request: HttpRequest, page: ParcelGroupAdmin) -> HttpResponse:
    actor, refusals, status = actor_of(request), [], 200
    if request.method == "POST":
        form = DecisionForm(request.POST)
        if not form.is_valid():
            refusals, status = [str(text) for texts in form.errors.values() for text in texts], 422
        else:
            try:
                with transaction.atomic():
                    _decide(form.cleaned_data, actor)
            except DomainError as refusal:
                refusals, status = [_words(refusal)], 403 if isinstance(refusal, Forbidden) else 422
            else:
                messages.success(request, gettext("Done."))
                return HttpResponseRedirect(reverse("admin:orders_parcelgroup_proposals"))
    context = page.admin_site.each_context(request) | {
        "title": gettext("Merge and split"),
        "opts": page.opts,
        "refusals": refusals,
        "merges": [(found, _place(found.orders[0])) for found in groups.proposals(actor)],
        "splits": splits.proposals(actor),
        "may_merge": actor.can(merging.PERMISSION),
        "may_split": actor.can(splitting.PERMISSION),
        "most": groups.SHOWN,
    }
    return TemplateResponse(request, "orders/grouping/proposals.html", context, status=status)


def _decide(chosen: dict[str, Any], actor: Actor) -> None:
    keys, reason, now = chosen["orders"], chosen["reason"], clock.now()
    if chosen["decision"] == "share":
        merging.share_parcel(order_ids=keys, actor=actor, now=now)
    elif chosen["decision"] == "apart":
        merging.keep_apart(order_ids=keys, reason=reason, actor=actor, now=now)
    elif chosen["decision"] == "split":
        splitting.split_order(order_id=keys[0], reason=reason, actor=actor, now=now)
    else:
        splitting.keep_whole(order_id=keys[0], reason=reason, actor=actor, now=now)


def _place(order: Any) -> str:
    place = order.address
    return f"{masking.mask_name(place.recipient)} " + masking.mask_address(
        province=place.province, city=place.city, district=place.district, street=place.street
    )


def _words(refusal: DomainError) -> str:
    return " ".join(say(issue.message, issue.params) for issue in refusal.issues) or say(refusal.message_id, refusal.params)
