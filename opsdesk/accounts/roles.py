"""The roles of the company and what each may do: one table, read by people and synchronised to the database.

Codes are stable; labels are translated. "view" permissions are listed like all others: what is not here is denied.
SOP: G1, G2
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OPERATIONS_MANAGER = "operations_manager", _("Operations manager")
    OPERATIONS_SUPERVISOR = "operations_supervisor", _("Operations supervisor")
    PRODUCT_SUPERVISOR = "product_supervisor", _("Product supervisor")
    PRODUCT_SPECIALIST = "product_specialist", _("Product specialist")
    CUSTOMER_SERVICE = "customer_service", _("Customer service agent")
    DESIGNER = "designer", _("Designer")
    MARKETING = "marketing", _("Marketing specialist")
    WAREHOUSE = "warehouse", _("Warehouse staff")
    FINANCE = "finance", _("Finance")
    PURCHASING = "purchasing", _("Purchasing")
    LOGISTICS = "logistics", _("Logistics")
    TECHNICAL = "technical", _("Technical support")
    ON_SITE = "on_site", _("On-site staff")
    AUDITOR = "auditor", _("Auditor")
    SYSADMIN = "sysadmin", _("System administrator")


_READ_LISTINGS = ("catalog.view_category", "catalog.view_product", "catalog.view_listingrevision", "catalog.view_sku")
_READ_COSTS = ("catalog.view_cost", "catalog.view_postpublishcheck")
_READ_STOCK = (
    "catalog.view_sku",
    "catalog.view_warehouse",
    "catalog.view_stockitem",
    "catalog.view_stockmovement",
    "catalog.view_stockalert",
)
_READ_ORDERS = (
    "orders.view_order",
    "orders.view_shipment",
    "orders.view_checkround",
    "orders.view_carriercase",
    "orders.view_contacttask",
)
_CHECK_ORDERS = ("orders.decide_order", "orders.hold_order", "orders.release_order", "orders.sign_checkround")
_SERVE_ORDERS = (
    "orders.add_order",
    "orders.cancel_order",
    "orders.change_address",
    "orders.mark_paid_order",
    "orders.complete_order",
    "orders.work_carriercase",
    "orders.work_contacttask",
    "orders.intercept_order",
    "orders.reveal_customer",
)
_OVERSEE_FULFILMENT = ("orders.view_picklist", "orders.view_settlement", "orders.view_carrier")
_REVIEW = ("reviews.view_reviewrequest",)
_OVERSEE = (
    "audit.view_auditentry",
    "duties.view_dutyrun",
    "parameters.view_parameteroverride",
    "shops.view_shop",
    "workcalendar.view_calendarday",
)

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.OPERATIONS_MANAGER: (
        *_READ_LISTINGS,
        *_READ_COSTS,
        *_READ_STOCK,
        *_READ_ORDERS,
        *_REVIEW,
        *_OVERSEE,
        *_OVERSEE_FULFILMENT,
        "catalog.release_listing",
        "catalog.delist_listing",
        "catalog.waive_margin",
        "parameters.change_parameteroverride",
    ),
    Role.OPERATIONS_SUPERVISOR: (
        *_READ_LISTINGS,
        *_READ_COSTS,
        *_READ_STOCK,
        *_READ_ORDERS,
        *_CHECK_ORDERS,
        *_SERVE_ORDERS,
        *_REVIEW,
        *_OVERSEE,
        *_OVERSEE_FULFILMENT,
        "orders.change_carrier",
        "catalog.release_listing",
        "catalog.delist_listing",
        "catalog.waive_margin",
        "catalog.approve_stock_adjustment",
        "catalog.change_threshold",
        "parameters.change_parameteroverride",
        "shops.change_shop",
        "workcalendar.add_calendarday",
        "workcalendar.change_calendarday",
    ),
    Role.PRODUCT_SUPERVISOR: (
        *_READ_LISTINGS,
        *_READ_COSTS,
        *_READ_STOCK,
        *_REVIEW,
        "catalog.review_material",
        "catalog.release_listing",
        "catalog.delist_listing",
        "catalog.change_threshold",
        "catalog.work_postpublishcheck",
        "catalog.add_category",
        "catalog.change_category",
        "catalog.add_bannedword",
        "catalog.change_bannedword",
        "catalog.view_bannedword",
    ),
    Role.PRODUCT_SPECIALIST: (
        *_READ_LISTINGS,
        *_READ_COSTS,
        *_READ_STOCK,
        *_READ_ORDERS,
        *_CHECK_ORDERS,
        "catalog.add_listingrevision",
        "catalog.change_listingrevision",
        "catalog.submit_listing",
        "catalog.publish_listing",
        "catalog.delist_listing",
        "catalog.change_threshold",
        "catalog.work_postpublishcheck",
        "catalog.work_stockalert",
        "catalog.view_bannedword",
        "reviews.view_reviewrequest",
    ),
    Role.CUSTOMER_SERVICE: (*_READ_LISTINGS, *_READ_STOCK, *_READ_ORDERS, *_CHECK_ORDERS, *_SERVE_ORDERS),
    Role.DESIGNER: (*_READ_LISTINGS, "catalog.change_media"),
    Role.MARKETING: (*_READ_LISTINGS, *_READ_STOCK),
    Role.WAREHOUSE: (
        *_READ_STOCK,
        *_READ_ORDERS,
        "catalog.view_product",
        "orders.view_picklist",
        "orders.view_carrier",
        "orders.pick_order",
        "orders.pack_order",
        "orders.ship_order",
        "orders.record_tracking",
        "catalog.count_stock",
    ),
    Role.FINANCE: (*_READ_LISTINGS, *_READ_COSTS, *_READ_STOCK, *_READ_ORDERS, "orders.view_settlement", "orders.settle_order"),
    Role.PURCHASING: (*_READ_LISTINGS, *_READ_COSTS, *_READ_STOCK, "catalog.work_stockalert"),
    Role.LOGISTICS: (
        *_READ_ORDERS,
        "orders.work_carriercase",
        "orders.record_tracking",
        "orders.view_carrier",
        "orders.change_carrier",
    ),
    Role.TECHNICAL: (*_READ_LISTINGS, "duties.view_dutyrun", "webhooks.view_event"),
    Role.ON_SITE: (*_READ_LISTINGS, *_READ_STOCK, *_READ_ORDERS),
    Role.AUDITOR: (
        *_READ_LISTINGS,
        *_READ_COSTS,
        *_READ_STOCK,
        *_READ_ORDERS,
        *_REVIEW,
        *_OVERSEE,
        "orders.view_settlement",
        "accounts.view_user",
        "accounts.view_apiclient",
    ),
    Role.SYSADMIN: (
        *_OVERSEE,
        "webhooks.view_event",
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_apiclient",
        "accounts.add_apiclient",
        "accounts.change_apiclient",
        "shops.add_shop",
        "shops.change_shop",
    ),
}
