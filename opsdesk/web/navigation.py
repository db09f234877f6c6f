"""The sidebar: by desk, only what the signed-in person may open."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _may(permission: str) -> Any:
    return lambda request: request.user.has_perm(permission)


def _item(title: Any, icon: str, url_name: str, permission: str | None = None) -> dict[str, Any]:
    item: dict[str, Any] = {"title": title, "icon": icon, "link": reverse_lazy(url_name)}
    return item | ({"permission": _may(permission)} if permission else {})


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups and entries of the sidebar."""
    return [
        {
            "items": [
                _item(_("My work"), "task_alt", "admin:index"),
                _item(_("Notices"), "notifications", "admin:notices"),
                _item(_("Handbook"), "menu_book", "admin:handbook"),
            ]
        },
        {
            "title": _("Orders"),
            "items": [
                _item(_("Orders"), "receipt_long", "admin:orders_order_changelist", "orders.view_order"),
                _item(_("Check rounds"), "fact_check", "admin:orders_checkround_changelist", "orders.view_checkround"),
                _item(_("Pick lists"), "checklist", "admin:orders_picklist_changelist", "orders.view_picklist"),
                _item(_("Parcels"), "package_2", "admin:orders_shipment_changelist", "orders.view_shipment"),
                _item(_("Carrier cases"), "support", "admin:orders_carriercase_changelist", "orders.view_carriercase"),
                _item(_("Contact tasks"), "call", "admin:orders_contacttask_changelist", "orders.view_contacttask"),
                _item(_("Settlements"), "payments", "admin:orders_settlement_changelist", "orders.view_settlement"),
                _item(_("Carriers"), "local_shipping", "admin:orders_carrier_changelist", "orders.view_carrier"),
            ],
        },
        {
            "title": _("Products and stock"),
            "items": [
                _item(_("Listings"), "edit_note", "admin:catalog_listingrevision_changelist", "catalog.view_listingrevision"),
                _item(
                    _("Listings to review"),
                    "fact_check",
                    "admin:catalog_listingrevision_queue",
                    "reviews.view_reviewrequest",
                ),
                _item(
                    _("Checks after publishing"),
                    "visibility",
                    "admin:catalog_postpublishcheck_changelist",
                    "catalog.view_postpublishcheck",
                ),
                _item(_("Categories"), "account_tree", "admin:catalog_category_changelist", "catalog.view_category"),
                _item(_("Banned words"), "block", "admin:catalog_bannedword_changelist", "catalog.view_bannedword"),
                _item(_("Products"), "inventory_2", "admin:catalog_product_changelist", "catalog.view_product"),
                _item(_("Stock"), "warehouse", "admin:catalog_stockitem_changelist", "catalog.view_stockitem"),
                _item(
                    _("Stock alerts"),
                    "production_quantity_limits",
                    "admin:catalog_stockalert_changelist",
                    "catalog.view_stockalert",
                ),
                _item(_("SKUs"), "barcode", "admin:catalog_sku_changelist", "catalog.view_sku"),
            ],
        },
        {
            "title": _("Organisation"),
            "items": [
                _item(_("Shops"), "storefront", "admin:shops_shop_changelist", "shops.view_shop"),
                _item(_("Users"), "group", "admin:accounts_user_changelist", "accounts.view_user"),
                _item(_("API clients"), "key", "admin:accounts_apiclient_changelist", "accounts.view_apiclient"),
                _item(_("Parameters"), "tune", "admin:parameters", "parameters.view_parameteroverride"),
                _item(
                    _("Work calendar"),
                    "calendar_month",
                    "admin:workcalendar_calendarday_changelist",
                    "workcalendar.view_calendarday",
                ),
                _item(_("Duty runs"), "schedule", "admin:duties_dutyrun_changelist", "duties.view_dutyrun"),
                _item(_("Audit trail"), "history", "admin:audit_auditentry_changelist", "audit.view_auditentry"),
            ],
        },
    ]
