"""Columns of lists and pages, with coloured states."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.admin import display
from django.utils.html import format_html

GREY = "grey"


def column(
    title: Any, *, colours: Mapping[Any, str] | None = None, ordering: str | None = None
) -> Callable[[Callable[[Any, Any], Any]], Any]:
    """A computed column of a list or a page.

    With `colours` it returns (value, text), or None for nothing; the text stands on the value's colour: red, amber,
    green, blue, purple or grey.
    """

    def decorate(function: Callable[[Any, Any], Any]) -> Any:
        @wraps(function)
        def shown(admin: Any, row: Any) -> Any:
            found = function(admin, row)
            if colours is None or found is None:
                return found
            value, text = found
            return format_html('<span class="od-badge od-{}">{}</span>', colours.get(value, GREY), text)

        return display(description=title, ordering=ordering)(shown)

    return decorate
