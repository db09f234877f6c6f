"""Tables of the selection of goods."""

from catalog.models.selection.lists import SelectionLine, SelectionList
from catalog.models.selection.market import (
    CompetitorPrice,
    CompetitorProduct,
    MarketNote,
    MarketResearch,
    PriceProposal,
    SearchTermCount,
)
from catalog.models.selection.suppliers import Supplier, SupplierAssessment, SupplierDocument

__all__ = [
    "CompetitorPrice",
    "CompetitorProduct",
    "MarketNote",
    "MarketResearch",
    "PriceProposal",
    "SearchTermCount",
    "SelectionLine",
    "SelectionList",
    "Supplier",
    "SupplierAssessment",
    "SupplierDocument",
]
