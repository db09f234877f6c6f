"""What was found, in words."""

from django.utils.translation import gettext, ngettext

from catalog.enums.delisting import BETWEEN
from catalog.enums.listings import DelistReason


def in_words(reason: str, detail: str) -> str:
    """What speaks for taking goods off sale, such as "4 complaints in 30 days". SOP: C20"""
    figure, _, more = detail.partition(BETWEEN)
    if reason == DelistReason.OUT_OF_STOCK:
        return gettext("0 pieces left since %(since)s") % {"since": more} if more else gettext("0 pieces left")
    if reason == DelistReason.DISCONTINUED:
        return gettext("Discontinued on %(day)s") % {"day": figure}
    if reason == DelistReason.SLOW_MOVING:
        days = int(figure)
        return ngettext("In stock for %(days)s day, hardly sold", "In stock for %(days)s days, hardly sold", days) % {
            "days": days
        }
    if reason == DelistReason.EXPIRED:
        return gettext("All that is left expires by %(day)s") % {"day": figure}
    return _fault(figure, more)


def _fault(figure: str, days: str) -> str:
    if not figure.isdigit():
        return gettext("Shown wrongly in the shop since %(day)s") % {"day": figure}
    number = {"n": int(figure), "days": days}
    if not days:
        return ngettext("%(n)s complaint", "%(n)s complaints", int(figure)) % number
    return ngettext("%(n)s complaint in %(days)s days", "%(n)s complaints in %(days)s days", int(figure)) % number
