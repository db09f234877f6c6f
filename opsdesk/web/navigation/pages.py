"""Sidebar entries of store pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

PAGES: list[dict[str, Any]] = [
    item(_("Store pages"), "web", "admin:catalog_contentpage_changelist", "catalog.view_contentpage"),
    item(_("Pages to judge"), "rule", "admin:catalog_pageversion_changelist", "catalog.release_page"),
    item(_("Page reviews"), "palette", "admin:catalog_pagereview_changelist", "catalog.view_contentpage"),
    item(_("Page findings"), "build", "admin:catalog_pagefinding_changelist", "catalog.view_contentpage"),
]
