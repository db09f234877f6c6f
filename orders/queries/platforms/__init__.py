"""Reads of what selling platforms said."""

from collections.abc import Collection, Sequence

from catalog.queries.offers import offers
from orders.enums.platforms import ProblemKind, ProblemState
from orders.models import DeliveryAddress, Order, PlatformProblem, SeenAddress, SkuMapping


def skus_of(shop_id: int, codes: Collection[str]) -> dict[str, str]:
    """The SKU of each merchant code of the shop. A code that nobody has mapped is a SKU only if it is called exactly so.

    SOP: O2
    """
    found = {code: code for code in offers(codes, [shop_id])}
    mapped = SkuMapping.objects.filter(shop=shop_id, code__in=codes).values_list("code", "sku__code")
    return found | dict(mapped)


def orders_of(shop_id: int, numbers: Collection[str]) -> dict[str, Order]:
    """The shop's orders of these platform numbers."""
    rows = Order.objects.filter(shop=shop_id, external_id__in=numbers).select_related("shop")
    return {order.external_id: order for order in rows}


def open_problems(shop_id: int, numbers: Collection[str]) -> dict[str, PlatformProblem]:
    """Orders of these numbers that wait to be taken in."""
    rows = PlatformProblem.objects.filter(shop=shop_id, external_id__in=numbers, state=ProblemState.OPEN)
    return {row.external_id: row for row in rows.exclude(kind=ProblemKind.LATE)}


def known_prints(shop_id: int, numbers: Collection[str]) -> set[tuple[str, str]]:
    """Platform number and fingerprint of what has been put on the list before and is dropped, or is no longer possible."""
    rows = PlatformProblem.objects.filter(shop=shop_id, external_id__in=numbers)
    rows = rows.exclude(state=ProblemState.SOLVED, kind__in=set(ProblemKind) - {ProblemKind.LATE})
    return set(rows.values_list("external_id", "fingerprint"))


def waiting_for(shop_id: int, codes: Collection[str]) -> Sequence[PlatformProblem]:
    """Orders of the shop that wait for one of these merchant codes, oldest first. SOP: O2"""
    rows = PlatformProblem.objects.filter(shop=shop_id, state=ProblemState.OPEN, codes__overlap=list(codes))
    return list(rows.filter(kind=ProblemKind.UNMAPPED).order_by("id"))


def places_of(order_ids: Collection[int]) -> dict[int, DeliveryAddress]:
    """Where these orders go."""
    return {row.order_id: row for row in DeliveryAddress.objects.filter(order__in=order_ids)}


def seen_addresses(order_ids: Collection[int]) -> dict[int, list[str]]:
    """The fingerprints of the addresses that the platform has named so far."""
    return dict(SeenAddress.objects.filter(order__in=order_ids).values_list("order", "prints"))


def number_of(order_id: int) -> tuple[str, int]:
    """The platform's number of an order, and its shop."""
    return Order.objects.values_list("external_id", "shop").get(pk=order_id)


def problem_of(number: str) -> int:
    """The open problem of a platform number."""
    return PlatformProblem.objects.values_list("pk", flat=True).get(external_id=number, state=ProblemState.OPEN)
