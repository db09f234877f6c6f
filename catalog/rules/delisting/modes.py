"""What happens to goods for a reason. Pure."""

from collections.abc import Mapping, Sequence

from catalog.enums.delisting import DelistMode


def mode_for(path: Sequence[int], reason: str, policies: Mapping[tuple[int, str], str]) -> DelistMode:
    """The mode of the nearest category with a rule for the reason; `path` leads from the category upwards. SOP: C20"""
    for category in path:
        if (category, reason) in policies:
            return DelistMode(policies[category, reason])
    return DelistMode.ASK
