"""Sidebar entries of products and listings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

LISTINGS: list[dict[str, Any]] = [
    item(_("Listings"), "edit_note", "admin:catalog_listingrevision_changelist", "catalog.view_listingrevision"),
    item(
        _("Listings to review"),
        "fact_check",
        "admin:catalog_listingrevision_queue",
        "reviews.view_reviewrequest",
    ),
    item(
        _("Checks after publishing"),
        "visibility",
        "admin:catalog_postpublishcheck_changelist",
        "catalog.view_postpublishcheck",
    ),
    item(_("Categories"), "account_tree", "admin:catalog_category_changelist", "catalog.view_category"),
    item(_("Banned words"), "block", "admin:catalog_bannedword_changelist", "catalog.view_bannedword"),
    item(_("Products"), "inventory_2", "admin:catalog_product_changelist", "catalog.view_product"),
    item(_("SKUs"), "barcode", "admin:catalog_sku_changelist", "catalog.view_sku"),
]
