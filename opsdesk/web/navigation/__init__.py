"""The sidebar: by desk, only what the signed-in person may open."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item
from opsdesk.web.navigation.bot import BOT
from opsdesk.web.navigation.carriers import CARRIERS
from opsdesk.web.navigation.counting import COUNTING
from opsdesk.web.navigation.entry import ENTRY
from opsdesk.web.navigation.finance import FINANCE
from opsdesk.web.navigation.fulfilment import FULFILMENT
from opsdesk.web.navigation.inbound import PURCHASING, WAREHOUSE
from opsdesk.web.navigation.knowledge import KNOWLEDGE
from opsdesk.web.navigation.listings import LISTINGS
from opsdesk.web.navigation.manual import INVOICES, MANUAL
from opsdesk.web.navigation.media import MEDIA
from opsdesk.web.navigation.orders import ORDERS
from opsdesk.web.navigation.organisation import ORGANISATION
from opsdesk.web.navigation.pages import PAGES
from opsdesk.web.navigation.platforms import BATCH_SHIP, PLATFORMS
from opsdesk.web.navigation.prices import DELISTING, PRICES
from opsdesk.web.navigation.quality import QUALITY
from opsdesk.web.navigation.returns import RETURNS
from opsdesk.web.navigation.reviews import REVIEWS
from opsdesk.web.navigation.selection import SELECTION
from opsdesk.web.navigation.sla import SLA
from opsdesk.web.navigation.stock import STOCK
from opsdesk.web.navigation.surveys import SURVEYS
from opsdesk.web.navigation.tickets import TICKETS
from opsdesk.web.navigation.tracking import TRACKING
from opsdesk.web.navigation.voice import VOICE


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups and entries of the sidebar; the one whose address is nearest to the present page is marked."""
    groups = _groups()
    _mark([entry for group in groups for entry in group["items"]], request.path)
    return groups


def _groups() -> list[dict[str, Any]]:
    return [
        {
            "items": [
                item(_("My work"), "task_alt", "admin:index"),
                item(_("Notices"), "notifications", "admin:notices"),
                item(_("Handbook"), "menu_book", "admin:handbook"),
                item(_("Imports"), "upload_file", "admin:imports"),
            ]
        },
        {"title": _("Customer service"), "items": _fresh([*TICKETS, *SLA, *KNOWLEDGE, *BOT, *SURVEYS, *REVIEWS])},
        {"title": _("Voice of customers"), "items": _fresh(VOICE)},
        {"title": _("Orders"), "items": _fresh([*ORDERS, *MANUAL, *PLATFORMS])},
        {"title": _("Warehouse"), "items": _fresh(FULFILMENT)},
        {"title": _("Logistics"), "items": _fresh([*TRACKING, *CARRIERS, *BATCH_SHIP])},
        {"title": _("Returns"), "items": _fresh(RETURNS)},
        {"title": _("Finance"), "items": _fresh([*FINANCE, *INVOICES])},
        {"title": _("Selection"), "items": _fresh(SELECTION)},
        {"title": _("Products"), "items": _fresh([*LISTINGS, *ENTRY, *DELISTING])},
        {"title": _("Prices"), "items": _fresh(PRICES)},
        {"title": _("Images"), "items": _fresh(MEDIA)},
        {"title": _("Stock"), "items": _fresh([*STOCK, *WAREHOUSE, *COUNTING])},
        {"title": _("Purchasing"), "items": _fresh(PURCHASING)},
        {"title": _("Quality"), "items": _fresh(QUALITY)},
        {"title": _("Store pages"), "items": _fresh(PAGES)},
        {"title": _("Organisation"), "items": _fresh(ORGANISATION)},
    ]


def _mark(entries: list[dict[str, Any]], path: str) -> None:
    """Light up one entry: of several addresses that a path begins with, the longest. The start page is only itself."""
    start = str(reverse_lazy("admin:index"))
    nearest = max((link for link in (str(entry["link"]) for entry in entries) if path.startswith(link)), key=len, default="")
    for entry in entries:
        entry["active"] = str(entry["link"]) == nearest and (nearest != start or path == start)


def _fresh(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Copies: the entry of the present page is marked in them."""
    return [dict(entry) for entry in entries]
