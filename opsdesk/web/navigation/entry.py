"""Sidebar entries of what listings are written by."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

ENTRY: list[dict[str, Any]] = [
    item(
        _("Forms of categories"),
        "dynamic_form",
        "admin:catalog_categoryattribute_changelist",
        "catalog.view_categoryattribute",
    ),
    item(_("Tags"), "sell", "admin:catalog_tag_changelist", "catalog.view_tag"),
    item(_("Service commitments"), "handshake", "admin:catalog_commitment_changelist", "catalog.view_commitment"),
    item(_("Patterns of claims"), "gavel", "admin:catalog_claimpattern_changelist", "catalog.view_claimpattern"),
]
