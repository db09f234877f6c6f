"""The forms of a selection list's lines: writing one, and deciding on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.listing_fields import LinesField
from catalog.admin.selection.frame import EMPTY, category_choices, choose, picked
from catalog.enums.selection import ComplaintRecord, DocumentKind
from catalog.models import SelectionLine, Supplier
from catalog.queries.selection.suppliers import active_suppliers
from catalog.rules.selection.scoring import BEST, LOWEST
from catalog.services.selection.lines import LineDetails
from opsdesk.common import clock
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.shops.enums import Platform

VERDICTS = {"accept": _("Accept"), "reject": _("Reject"), "postpone": _("Later")}
MOST = 2_000_000_000  # what a column of whole numbers holds


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


def _count(label: Any, *, most: int = MOST) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False)


def _score(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=LOWEST, max_value=BEST, required=False, help_text=_("1 is poor, 5 is very good.")
    )


def _named(supplier: Supplier, lacks: Sequence[DocumentKind]) -> str:
    """The supplier, with the documents for lack of which it cannot be chosen."""
    if not lacks:
        return supplier.name
    return gettext("%(supplier)s (lacks: %(documents)s)") % {
        "supplier": supplier.name,
        "documents": ", ".join(str(kind.label) for kind in lacks),
    }


class LineForm(CommandForm):
    """An idea of a product. Only the idea is needed to write it down; all the rest to have it accepted. SOP: C1, C2"""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    idea = forms.CharField(label=_("Product idea"), max_length=120)
    category_id = picked(_("Category"))
    supplier_id = picked(_("Supplier"), help_text=_("Only suppliers with every required document can be chosen."))
    platforms = forms.MultipleChoiceField(label=_("Fits platforms"), choices=Platform.choices, required=False)
    expected_monthly_sales = _count(_("Expected sales a month (pieces)"))
    turnover_days = _count(_("Expected stock turnover (days)"), most=3650)
    cost = _amount(_("Cost"))
    price = _amount(_("Price"))
    competitor_price = _amount(_("Competitor price"))
    trend_note = forms.CharField(label=_("Trend"), max_length=2000, required=False, widget=forms.Textarea)
    sources = LinesField(label=_("Sources"), length=300, required=False, help_text=_("Reports, pages, figures; one a line."))
    demand_score = _score(_("Score of market demand"))
    quality_score = _score(_("Score of quality"))
    supplier_score = _score(_("Score of the supplier"))
    margin_score = _score(_("Score of the margin"))
    quality_standard = forms.CharField(
        label=_("Quality standard"), max_length=120, required=False, help_text=_("The national standard, such as GB/T 29606.")
    )
    complaint_record = forms.ChoiceField(label=_("Quality complaints"), choices=ComplaintRecord.choices)
    search_term = forms.CharField(label=_("Search term"), max_length=120, required=False)

    def __init__(self, *args: Any, list_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.list_id = list_id
        today = clock.now().astimezone(SHOP_TIME).date()
        choose(self, "category_id", category_choices(leaves=True))
        named = [(supplier.pk, _named(supplier, lacks)) for supplier, lacks in active_suppliers(today=today)]
        choose(self, "supplier_id", [EMPTY, *named])

    def details(self) -> LineDetails:
        """The form as what the service takes."""
        return LineDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class DecisionForm(CommandForm):
    """The decision on exactly the line that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=list(VERDICTS.items()), widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea)


def values_of(line: SelectionLine) -> dict[str, Any]:
    """The form's first values of a line."""
    return {name: getattr(line, name) for name in LineForm.base_fields}
