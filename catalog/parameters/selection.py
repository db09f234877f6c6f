"""The SOP's numbers for the selection of goods."""

from typing import Any

from opsdesk.common.text import mark
from opsdesk.parameters.definitions import Parameter, Unit, count, span, switch

WEIGHT_DEMAND = count("catalog.weight_demand", mark("Weight of market demand"), 30, Unit.PERCENT, 0, 100, "C2")
WEIGHT_QUALITY = count("catalog.weight_quality", mark("Weight of quality"), 30, Unit.PERCENT, 0, 100, "C2")
WEIGHT_SUPPLIER = count("catalog.weight_supplier", mark("Weight of the supplier"), 20, Unit.PERCENT, 0, 100, "C2")
WEIGHT_MARGIN = count("catalog.weight_margin", mark("Weight of the margin"), 20, Unit.PERCENT, 0, 100, "C2")
MINIMUM_SCORE = count(
    "catalog.minimum_score", mark("Least score of accepted goods, of the best possible"), 60, Unit.PERCENT, 20, 100, "C2"
)
TURNOVER_TARGET = span("catalog.turnover_target", mark("Stock should turn over within"), 45, Unit.DAYS, 1, 730, "C1")
DECIDE_SELECTION = span("catalog.decide_selection", mark("Time to decide on a selection list"), 2, Unit.DAYS, 1, 60, "C1")
CORRECT_SELECTION = span("catalog.correct_selection", mark("Time to correct a selection list"), 2, Unit.DAYS, 1, 60, "C1")
DRAFT_SELECTION = span(
    "catalog.draft_selection", mark("Time to draft the products that were accepted"), 3, Unit.DAYS, 1, 60, "C1"
)
DOCUMENT_WARNING = span(
    "catalog.document_warning", mark("A supplier's document is asked for before it expires"), 30, Unit.DAYS, 0, 365, "C2"
)
REQUIRES_BUSINESS_LICENCE = switch(
    "catalog.requires_business_licence", mark("Suppliers need a business licence"), default=True, sop="C2"
)
REQUIRES_PRODUCTION_LICENCE = switch(
    "catalog.requires_production_licence", mark("Suppliers need a production licence"), default=False, sop="C2"
)
REQUIRES_QUALITY_REPORT = switch(
    "catalog.requires_quality_report", mark("Suppliers need a quality inspection report"), default=True, sop="C2"
)
REQUIRES_BRAND_AUTHORISATION = switch(
    "catalog.requires_brand_authorisation", mark("Suppliers need a brand authorisation"), default=False, sop="C2"
)
PRICE_TOLERANCE = count(
    "catalog.competitor_price_tolerance", mark("A competitor's price may move by"), 5, Unit.PERCENT, 0, 100, "C26"
)
PRICE_REVIEW_WITHIN = span(
    "catalog.price_review_within", mark("Time to answer a competitor's price"), 24, Unit.HOURS, 1, 720, "C26"
)
RESEARCH_WITHIN = span("catalog.research_within", mark("Time for the market research of a week"), 3, Unit.DAYS, 1, 7, "C1")
TERM_PERIOD = span("catalog.search_term_period", mark("Search terms are compared over"), 7, Unit.DAYS, 1, 90, "C1")

SELECTION: list[Parameter[Any]] = [
    WEIGHT_DEMAND,
    WEIGHT_QUALITY,
    WEIGHT_SUPPLIER,
    WEIGHT_MARGIN,
    MINIMUM_SCORE,
    TURNOVER_TARGET,
    DECIDE_SELECTION,
    CORRECT_SELECTION,
    DRAFT_SELECTION,
    DOCUMENT_WARNING,
    REQUIRES_BUSINESS_LICENCE,
    REQUIRES_PRODUCTION_LICENCE,
    REQUIRES_QUALITY_REPORT,
    REQUIRES_BRAND_AUTHORISATION,
    PRICE_TOLERANCE,
    PRICE_REVIEW_WITHIN,
    RESEARCH_WITHIN,
    TERM_PERIOD,
]
