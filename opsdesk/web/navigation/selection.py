"""Sidebar entries of the selection of goods."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

SELECTION: list[dict[str, Any]] = [
    item(_("Selection lists"), "playlist_add_check", "admin:catalog_selectionlist_changelist", "catalog.view_selectionlist"),
    item(_("Selection lines"), "lightbulb", "admin:catalog_selectionline_changelist", "catalog.view_selectionline"),
    item(_("Suppliers"), "factory", "admin:catalog_supplier_changelist", "catalog.view_supplier"),
    item(
        _("Supplier documents"),
        "verified",
        "admin:catalog_supplierdocument_changelist",
        "catalog.view_supplierdocument",
    ),
    item(_("Top search terms"), "travel_explore", "admin:catalog_searchterm_top", "catalog.view_searchtermcount"),
    item(_("Market research"), "query_stats", "admin:catalog_marketresearch_changelist", "catalog.view_marketresearch"),
    item(_("Market notes"), "sticky_note_2", "admin:catalog_marketnote_changelist", "catalog.view_marketnote"),
    item(
        _("Competitor products"),
        "storefront",
        "admin:catalog_competitorproduct_changelist",
        "catalog.view_competitorproduct",
    ),
    item(_("Price proposals"), "price_change", "admin:catalog_priceproposal_changelist", "catalog.view_priceproposal"),
]
