"""Many listings on or off sale at once: choose, look at what would happen, then do it. SOP: C14"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from catalog.admin.selection.frame import EMPTY, category_choices, choose, picked
from catalog.enums.listings import DelistReason
from catalog.queries.entry.vocabulary import read_labels
from catalog.rules.delisting.bulk import DELIST, RELIST
from catalog.services.delisting import bulk
from catalog.services.delisting.bulk import BulkOrder, Outcome
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.api.problems import status_of
from opsdesk.doors.words import say
from opsdesk.shops.queries import visible_to

_BETWEEN_CODES = str.maketrans(",，、;；", "     ")


class BulkForm(CommandForm):
    """Which listings, and what becomes of them; every filter that is filled narrows the choice."""

    action = forms.ChoiceField(label=_("What to do"), choices=[(DELIST, _("Take off sale")), (RELIST, _("Put on sale again"))])
    reason = forms.ChoiceField(label=_("Reason"), choices=DelistReason.choices, initial=DelistReason.CAMPAIGN)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    category = picked(_("Category"), help_text=_("With all categories below it."))
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    shop = forms.ChoiceField(label=_("Shop"), required=False)
    supplier = forms.CharField(label=_("Supplier"), max_length=120, required=False)
    codes = forms.CharField(
        label=_("Product codes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Separated by spaces or lines, such as copied from a sheet."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "category", category_choices(leaves=False))
        choose(self, "tag", [EMPTY, *((label, label) for label in read_labels().tags.values())])
        choose(self, "shop", [EMPTY, *((shop.code, f"{shop.name} ({shop.code})") for shop in visible_to(actor))])

    def order(self) -> BulkOrder:
        """The form as what the service takes."""
        data = dict(self.cleaned_data)
        codes = tuple(dict.fromkeys(data.pop("codes").translate(_BETWEEN_CODES).split()))
        return BulkOrder(codes=codes, **data)


def bulk_view(request: HttpRequest) -> HttpResponse:
    """Without a token what would happen is shown; with the token of what was shown, exactly that is done."""
    actor = actor_of(request)
    if not (actor.can("catalog.delist_listing") or actor.can("catalog.publish_listing")):
        raise PermissionDenied
    form, outcome, status = BulkForm(posted(request), actor=actor), None, 200
    if request.method == "POST" and form.is_valid():
        try:
            outcome = bulk.carry_out(order=form.order(), seen=request.POST.get("token", ""), actor=actor, now=clock.now())
        except DomainError as refusal:
            form.refuse(refusal)
            status = status_of(refusal)
    elif request.method == "POST":
        status = 422
    if outcome and outcome.done:
        counts = {"ok": outcome.ok, "refused": len(outcome.rows) - outcome.ok}
        messages.success(request, _t("%(ok)s done, %(refused)s refused.") % counts)
    context = admin.site.each_context(request) | {"title": _("Many on or off sale"), "form": form} | _shown(outcome)
    return TemplateResponse(request, "catalog/delisting/bulk.html", context, status=status)


def _shown(outcome: Outcome | None) -> dict[str, Any]:
    """The outcome as the page shows it."""
    if outcome is None:
        return {}
    rows = [(row, "; ".join(say(one.message, one.params) for one in row.refused)) for row in outcome.rows]
    return {"outcome": outcome, "rows": rows, "refused": len(rows) - outcome.ok}
