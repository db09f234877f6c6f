"""Sidebar entries of the knowledge base, presence and tone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

KNOWLEDGE: list[dict[str, Any]] = [
    item(_("Look an answer up"), "quick_reference", "admin:support_article_search", "support.view_article"),
    item(_("Knowledge base"), "library_books", "admin:support_article_changelist", "support.view_article"),
    item(_("Who is there"), "support_agent", "admin:support_agentpresence_board", "support.view_agentpresence"),
    item(_("Phrases not for customers"), "voice_over_off", "admin:support_phrase_changelist", "support.view_phrase"),
    item(_("Tone of conversations"), "sentiment_satisfied", "admin:support_tonescore_changelist", "support.view_tonescore"),
]
