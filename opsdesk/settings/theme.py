"""The browser back-office's frame (django-unfold)."""

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

UNFOLD = {
    "SITE_TITLE": "opsdesk",
    "SITE_HEADER": "opsdesk",
    "SITE_SUBHEADER": _("Shop operations"),
    "SITE_SYMBOL": "storefront",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("opsdesk/favicon.svg")},
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "STYLES": [lambda request: static("opsdesk/opsdesk.css")],
    "SCRIPTS": [lambda request: static("opsdesk/opsdesk.js"), lambda request: static("opsdesk/help.js")],
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": "opsdesk.web.navigation.sidebar"},
    "COMMAND": {"search_models": False, "search_callback": "opsdesk.web.search.command_search"},
}
