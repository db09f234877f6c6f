"""Competitors' products with their price history, and the reviews of our prices that they ask for."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.admin.selection.frame import WritingAdmin, category_choices, choose, picked
from catalog.enums.selection import PriceReason, ProposalState
from catalog.models import CompetitorProduct, PriceProposal
from catalog.queries.selection.market import own_price, price_history, rows_behind
from catalog.rules.selection.lifecycles import COMPETITOR_STEPS, PROPOSAL_LIFECYCLE, WATCHED
from catalog.rules.selection.market import sparkline
from catalog.services.selection import competitors
from catalog.services.selection.competitors import CompetitorDetails
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.shops.enums import Platform

SPARK = (240, 48)  # pixels of the small line
_STATES = {ProposalState.OPEN: "amber", ProposalState.ACCEPTED: "green", ProposalState.DECLINED: "grey"}


class CompetitorForm(CommandForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    platform = forms.ChoiceField(label=_("Platform"), choices=Platform.choices)
    seller = forms.CharField(label=_("Seller"), max_length=120, required=False)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https", help_text=_("http or https."))
    sku = forms.CharField(label=_("Our SKU"), max_length=60, required=False)
    category_id = picked(_("Category"), help_text=_("Where it competes with no single SKU."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "category_id", category_choices(leaves=False))

    def details(self) -> CompetitorDetails:
        """The form as what the service takes."""
        return CompetitorDetails(**self.cleaned_data)


class PriceForm(CommandForm):
    """Asks for the price that was seen just now."""

    price = forms.DecimalField(label=_("Price"), max_digits=12, decimal_places=2)


@admin.register(CompetitorProduct)
class CompetitorProductAdmin(WritingAdmin):
    """What competitors sell, and for how much. SOP: C26"""

    subject_kind = competitors.COMPETITOR
    subject_argument = "competitor_id"
    state_field = "standing"
    lifecycle = COMPETITOR_STEPS
    form_class, add_permission = CompetitorForm, "catalog.add_competitorproduct"
    add_title = _("New competitor product")
    commands = {"record_price": Command(_("Record a price"), competitors.record_price, PriceForm)}
    list_display = ("name", "platform", "seller", "sku", "category", "last_price", "last_seen_at")
    list_select_related = ("sku", "category")
    list_filter = ("platform",)
    search_fields = ("name__icontains", "seller__icontains", "sku__code__startswith")
    fields = (("name", "platform", "seller"), "url", ("sku", "category"), ("last_price", "last_seen_at"))
    change_form_outer_before_template: Any = "catalog/selection/competitor_page.html"

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        obj.standing = WATCHED
        return super().buttons(obj, actor)

    def page_context(self, request: HttpRequest, obj: CompetitorProduct) -> dict[str, Any]:
        history = price_history(obj)
        width, height = SPARK
        return super().page_context(request, obj) | {
            "competitor": obj,
            "history": history,
            "points": sparkline([seen.price for seen in reversed(history)], width=width, height=height),
            "spark": {"width": width, "height": height},
            "own_price": own_price(obj),
            "proposals": obj.proposals.order_by("-id")[:20],
        }

    def values(self, row: CompetitorProduct) -> dict[str, Any]:
        named = {name: getattr(row, name) for name in ("name", "platform", "seller", "url", "category_id")}
        return named | {"sku": row.sku.code if row.sku else ""}

    def keep(self, row: CompetitorProduct | None, form: CompetitorForm, actor: Actor) -> CompetitorProduct:
        details = form.details()
        if row:
            return competitors.change_competitor(competitor_id=row.pk, details=details, actor=actor, now=clock.now())
        return competitors.add_competitor(details=details, actor=actor, now=clock.now())


@admin.register(PriceProposal)
class PriceProposalAdmin(LifecycleAdmin):
    """Our prices that a competitor's price asks to look at. SOP: C26"""

    subject_kind = competitors.PROPOSAL
    subject_argument = "proposal_id"
    state_field = "state"
    lifecycle = PROPOSAL_LIFECYCLE
    commands = {
        "accept": Command(_("Change our price"), competitors.accept_proposal),
        "decline": Command(_("Leave our price"), competitors.decline_proposal, ReasonForm, danger=True),
    }
    list_display = ("competitor", "our_goods", "competitor_price", "own_price", "why", "coloured_state", "answer_by")
    list_select_related = ("competitor__sku", "competitor__category")
    list_filter = ("state",)
    search_fields = ("competitor__name__icontains", "competitor__sku__code__startswith")
    fields = (
        ("competitor", "our_goods", "state"),
        ("competitor_price", "previous_price", "own_price"),
        "why",
        ("opened_at", "answer_by"),
        ("answered_at", "answered_by"),
        "reason",
    )
    readonly_fields = ("our_goods", "why")
    change_form_outer_before_template: Any = "catalog/selection/proposal_page.html"

    @admin.display(description=_("Our goods"))
    def our_goods(self, obj: PriceProposal) -> str:
        return str(obj.competitor.sku or obj.competitor.category)

    @admin.display(description=_("Why"))
    def why(self, obj: PriceProposal) -> str:
        return "; ".join(str(PriceReason(reason).label) for reason in obj.reasons)

    @column(_("State"), colours=_STATES, ordering="state")
    def coloured_state(self, obj: PriceProposal) -> tuple[str, str]:
        return obj.state, obj.get_state_display()

    def page_context(self, request: HttpRequest, obj: PriceProposal) -> dict[str, Any]:
        accepted = obj.state == ProposalState.ACCEPTED
        link = price_screen(obj) if accepted and request.user.has_perm("catalog.add_pricechange") else ""  # type: ignore[union-attr]
        return super().page_context(request, obj) | {
            "proposal": obj,
            "price_screen": link,
            "behind": rows_behind(obj),
        }

    def command_view(self, request: HttpRequest, object_id: str, command: str) -> HttpResponse:
        """Whoever takes a proposal up changes the price next."""
        response = super().command_view(request, object_id, command)
        if command == "accept" and response.status_code == 302:
            return HttpResponseRedirect(price_screen(self.get_object(request, object_id)))
        return response


def price_screen(proposal: PriceProposal) -> str:
    """Where new prices are written, with our SKU on the first row where the competitor stands against a single one."""
    sku, page = proposal.competitor.sku, reverse("admin:catalog_pricechange_add")
    return f"{page}?{urlencode({'skus': sku.code})}" if sku else page
