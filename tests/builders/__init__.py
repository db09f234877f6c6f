"""Plain functions with dull defaults that make what a test needs, through the services that the shop uses."""

from tests.builders.accounts import a_client, a_user, an_actor
from tests.builders.catalog import a_category, a_product, a_shop, a_sku, a_warehouse, stock_of, stock_up
from tests.builders.entry import an_attribute
from tests.builders.fulfilment import (
    CHECKLIST,
    a_carrier_case,
    a_contact_task,
    a_packed_order,
    a_report,
    a_shipped_order,
    a_tracking_no,
    parcel_of,
)
from tests.builders.inbound import a_location, a_purchase, a_receipt, lots_of, the_supplier
from tests.builders.listings import (
    a_draft,
    a_draft_body,
    a_listing_in_final_review,
    a_live_listing,
    a_submitted_listing,
    an_approved_listing,
    approve,
)
from tests.builders.orders import a_released_order, an_order, an_order_body
from tests.builders.prices import a_price_change, a_submitted_price_change, an_approved_price_change
from tests.builders.quality import a_complaint, a_page_of, a_storefront, some_feedback
from tests.builders.selection import (
    a_competitor,
    a_document,
    a_selection_line,
    a_selection_list,
    a_submitted_line,
    a_supplier,
    line_details,
)
from tests.builders.times import NOW

__all__ = [
    "CHECKLIST",
    "NOW",
    "a_carrier_case",
    "a_category",
    "a_client",
    "a_competitor",
    "a_complaint",
    "a_contact_task",
    "a_document",
    "a_draft",
    "a_draft_body",
    "a_listing_in_final_review",
    "a_live_listing",
    "a_location",
    "a_packed_order",
    "a_page_of",
    "a_price_change",
    "a_product",
    "a_purchase",
    "a_receipt",
    "a_released_order",
    "a_report",
    "a_selection_line",
    "a_selection_list",
    "a_shipped_order",
    "a_shop",
    "a_sku",
    "a_storefront",
    "a_submitted_line",
    "a_submitted_listing",
    "a_submitted_price_change",
    "a_supplier",
    "a_tracking_no",
    "a_user",
    "a_warehouse",
    "an_actor",
    "an_approved_listing",
    "an_approved_price_change",
    "an_attribute",
    "an_order",
    "an_order_body",
    "approve",
    "line_details",
    "lots_of",
    "parcel_of",
    "some_feedback",
    "stock_of",
    "stock_up",
    "the_supplier",
]
