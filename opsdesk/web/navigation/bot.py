"""Sidebar entries of the bot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

BOT: list[dict[str, Any]] = [
    item(_("Conversations of the bot"), "smart_toy", "admin:support_bottalk_changelist", "support.view_bottalk"),
    item(_("Where the bot talks"), "tune", "admin:support_botsetting_changelist", "support.view_botsetting"),
]
