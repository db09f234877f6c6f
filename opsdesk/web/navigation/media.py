"""Sidebar entries of images."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

MEDIA: list[dict[str, Any]] = [
    item(_("Image library"), "photo_library", "admin:catalog_mediaasset_changelist", "catalog.view_mediaasset"),
    item(_("Designers' desk"), "brush", "admin:catalog_designbrief_queue", "catalog.view_designbrief"),
    item(_("Image standards"), "aspect_ratio", "admin:catalog_imagestandard_changelist", "catalog.view_imagestandard"),
]
