"""Sidebar entries of what happens after publication."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

QUALITY: list[dict[str, Any]] = [
    item(
        _("Quality complaints"),
        "report",
        "admin:catalog_qualitycomplaint_changelist",
        "catalog.view_qualitycomplaint",
    ),
    item(_("Customer feedback"), "reviews", "admin:catalog_productfeedback_changelist", "catalog.view_productfeedback"),
    item(_("Suggestions"), "tips_and_updates", "admin:catalog_suggestion_changelist", "catalog.view_suggestion"),
    item(_("Accuracy checks"), "rule", "admin:catalog_accuracycheck_changelist", "catalog.view_accuracycheck"),
    item(_("Sample audits"), "science", "admin:catalog_qualityaudit_changelist", "catalog.view_qualityaudit"),
    item(_("Error rate"), "percent", "admin:catalog_error_rate", "catalog.view_auditedfield"),
    item(_("Error ledger"), "menu_book", "admin:catalog_listingerror_changelist", "catalog.view_listingerror"),
    item(_("Storefronts"), "storefront", "admin:catalog_storefront_changelist", "catalog.view_storefront"),
    item(_("Platform numbers"), "tag", "admin:catalog_storefrontitem_changelist", "catalog.view_storefrontitem"),
    item(_("Probes"), "travel_explore", "admin:catalog_proberun_changelist", "catalog.view_proberun"),
]
