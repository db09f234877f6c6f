"""Canned replies with variables. Pure."""

import re
from collections.abc import Mapping

VARIABLES = ("customer_name", "order_number", "tracking_number", "carrier")
_BRACED = re.compile(r"\{([^{}\n]*)\}")


def variables_of(body: str) -> list[str]:
    """Every name in braces, in the order in which it stands there."""
    return [name.strip() for name in _BRACED.findall(body)]


def unknown(body: str) -> list[str]:
    """The names in braces that nothing is known of."""
    return [name for name in variables_of(body) if name not in VARIABLES]


def filled(body: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with its variables, and those that this ticket has nothing for; they stay as they are."""
    missing = [name for name in variables_of(body) if not values.get(name)]
    return _BRACED.sub(lambda found: values.get(found[1].strip()) or found[0], body), missing
