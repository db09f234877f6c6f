"""Findings of the automatic checks in words."""

from django.utils.translation import gettext

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
    return ""


def reason(check: OrderCheck) -> str:
    """Why the check makes an order doubtful."""
    return f"{check.get_code_display()}: {finding(check) or check.get_result_display()}"
