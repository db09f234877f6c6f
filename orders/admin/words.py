"""Findings of the automatic checks in words."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common.words import say
from opsdesk.outbound.client import in_words
from orders.models import OrderCheck


def finding(check: OrderCheck) -> str:
    """What the check found; empty when there is nothing to say."""
    detail = check.detail
    if "missing" in detail:
        return gettext("missing: %(parts)s") % {"parts": ", ".join(detail["missing"])}
    if "skus" in detail:
        return gettext("not the catalog's price: %(skus)s") % {"skus": ", ".join(detail["skus"])}
    if "paid" in detail:
        return gettext("paid %(paid)s of %(payable)s") % {"paid": detail["paid"], "payable": detail["payable"]}
    if "unknown" in detail:
        return gettext("not known: %(parts)s") % {"parts": ", ".join(detail["unknown"])}
    return "; ".join(_doubt(one) for one in detail.get("reasons", ()))


def _doubt(one: Mapping[str, Any]) -> str:
    """One unusual sign."""
    texts = {
        "odd_price": gettext("far from the listing's price: %(skus)s"),
        "unusual_amount": gettext("%(payable)s, the buyer's orders cost %(usual)s on average"),
        "many_of_phone": gettext("order %(count)s of this phone within a short time"),
        "many_of_address": gettext("order %(count)s to this address within a short time"),
        "duplicate": gettext("the same as order %(of)s"),
    }
    return texts[one["code"]] % {**one, "skus": ", ".join(one.get("skus", ()))}


def reason(check: OrderCheck) -> str:
    """Why the check makes an order doubtful."""
    return f"{check.get_code_display()}: {finding(check) or check.get_result_display()}"


@admin.display(description=_("what went wrong"))
def trouble(page: Any, row: Any) -> str:
    """What went wrong when another system was asked; a column for pages of rows with `last_error`."""
    return say(in_words(row.last_error), {}) if row.last_error else "-"
