"""The carriers that a person chooses from."""

from orders.models import Carrier


def carriers_in_use() -> list[tuple[str, str]]:
    """Code and name of those that take parcels, in the order in which they were entered. SOP: O11"""
    return list(Carrier.objects.filter(is_active=True).order_by("id").values_list("code", "name"))
