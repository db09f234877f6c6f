"""Sidebar entries of product reviews."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

REVIEWS: list[dict[str, Any]] = [
    item(_("Product reviews"), "reviews", "admin:support_productreview_changelist", "support.view_productreview"),
]
