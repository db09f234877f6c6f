"""The problem list of platforms' files in the browser. SOP: O1, O2"""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.doors.words import say
from orders.admin.platforms.shown import table_of
from orders.enums.platforms import ProblemState
from orders.models import PlatformProblem
from orders.rules.platforms.assembling import Goods
from orders.rules.platforms.problems import PROBLEM_LIFECYCLE, steps_of
from orders.services.platforms import mapping, problems, waiting
from orders.services.platforms.importing import stated_of

COLOURS = {ProblemState.OPEN: "amber", ProblemState.SOLVED: "green", ProblemState.DROPPED: "grey"}
MOST_PIECES = 999_999


class MapForm(CommandForm):
    """Which SKU a merchant code means. SOP: O2"""

    code = forms.ChoiceField(label=_("Merchant code"))
    sku = forms.CharField(label=_("SKU"), max_length=60, help_text=_("Our own code; it counts for this shop from now on."))


class GoodsForm(CommandForm):
    """How many pieces of each merchant code, at which price. SOP: O2"""

    codes: tuple[str, ...] = ()
    hint = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at, code in enumerate(self.codes):
            label = _("Pieces of %(code)s") % {"code": code}
            pieces = forms.IntegerField(label=label, min_value=1, max_value=MOST_PIECES, help_text="" if at else self.hint)
            price = forms.DecimalField(
                label=_("Unit price of %(code)s") % {"code": code}, min_value=Decimal(0), max_digits=12, decimal_places=2
            )
            self.fields[f"pieces_{at}"], self.fields[f"price_{at}"] = pieces, price
            self.prepare(pieces)
            self.prepare(price)

    def clean(self) -> dict[str, Any]:
        """The lines as the service takes them."""
        data = super().clean()
        lines = enumerate(self.codes)
        if self.errors:
            return data
        return {
            "goods": [Goods(code, data[f"pieces_{at}"], data[f"price_{at}"].quantize(Decimal("0.01"))) for at, code in lines]
        }


class NoteForm(CommandForm):
    """What was done, or why nothing is."""

    note = forms.CharField(label=_("What was done, or why nothing is to be done"), max_length=500, widget=forms.Textarea)


@admin.register(PlatformProblem)
class PlatformProblemAdmin(LifecycleAdmin):
    """SOP: O1, O2"""

    subject_kind = problems.KIND
    shop_field = "shop"
    subject_argument = "problem_id"
    state_field = "state"
    lifecycle = PROBLEM_LIFECYCLE
    commands = {
        "map": Command(label=_("Choose the SKU"), run=mapping.map_code, form=MapForm),
        "state_goods": Command(label=_("Enter the pieces"), run=waiting.state_goods, form=GoodsForm),
        "retry": Command(label=_("Try again"), run=waiting.retry),
        "solve": Command(label=_("It has been put right"), run=problems.close_problem, form=NoteForm, fixed={"step": "solve"}),
        "drop": Command(label=_("Drop"), run=problems.close_problem, form=NoteForm, danger=True, fixed={"step": "drop"}),
    }
    change_form_outer_before_template: Any = "orders/platforms/problem_top.html"
    list_before_template: Any = "orders/platforms/problems_top.html"
    keyset = ("-id",)
    list_display = ("external_id", "shop", "layout", "kind", "coloured_state", "told", "due_at")
    list_select_related = ("shop",)
    list_filter = ("state", "kind", "layout", "shop")
    search_fields = ("external_id__startswith",)
    fields = (
        ("external_id", "shop", "layout"),
        ("kind", "coloured_state", "order"),
        "told",
        ("opened_at", "due_at"),
        ("closed_at", "closed_by", "note"),
    )
    readonly_fields = ("coloured_state", "told")

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: PlatformProblem) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @column(pgettext_lazy("problem", "Why"))
    def told(self, row: PlatformProblem) -> str:
        return say(row.reason, row.params)

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """The steps that make sense for this problem."""
        fitting = steps_of(obj.kind)
        return [button for button in super().buttons(obj, actor) if button["name"] in fitting]

    def form_for(self, command: Command, obj: Any) -> type[CommandForm]:
        """Forms name the merchant codes of the order."""
        if command.form is MapForm:
            field = forms.ChoiceField(label=_("Merchant code"), choices=[(code, code) for code in obj.codes])
            return type("CodesForm", (MapForm,), {"code": field})
        if command.form is GoodsForm and obj.data:
            stated = stated_of(obj)
            told = {"pieces": obj.params.get("pieces", ""), "amount": stated.payable}
            hint = _("The file says %(pieces)s pieces and %(amount)s in all.") % told
            return type("PiecesForm", (GoodsForm,), {"codes": tuple(stated.codes), "hint": hint})
        return command.form

    def page_context(self, request: HttpRequest, obj: PlatformProblem) -> dict[str, Any]:
        order = reverse("admin:orders_order_change", args=[obj.order_id]) if obj.order_id else ""
        return super().page_context(request, obj) | {"stated": table_of(obj), "order_page": order}
