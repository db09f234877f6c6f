"""Sentences of the handbook as HTML: live parameters, the names of buttons, the link to the screen."""

import re
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from opsdesk.parameters.definitions import REGISTER, Unit
from opsdesk.parameters.queries import number

_PLACE = re.compile(r"\{([^{}]*)\}")
_GAP = re.compile(r"%\(\w+\)[sd]")


@dataclass(frozen=True)
class Place:
    """Something in braces: link, parameter:code or button:MSGID."""

    kind: str
    name: str


def places(sentence: str) -> list[Place]:
    """What stands in braces."""
    return [Place(*text.partition(":")[::2]) for text in _PLACE.findall(sentence)]


def written(sentence: str, link: SafeString) -> SafeString:
    """The sentence in the active language with everything in braces filled in."""
    pieces = _PLACE.split(sentence)
    html = [_filled(Place(*piece.partition(":")[::2]), link) if odd % 2 else piece for odd, piece in enumerate(pieces)]
    return mark_safe("".join(conditional_escape(piece) for piece in html))  # noqa: S308 - every piece is escaped here


def measure(code: str) -> str:
    """A parameter's number in force with its unit, in the active language."""
    parameter = REGISTER[code]
    count = number(code, parameter.default)
    if parameter.unit is Unit.SWITCH:
        return gettext("on") if count else gettext("off")
    return f"{count} {gettext(parameter.unit.value)}"


def _filled(place: Place, link: SafeString) -> SafeString:
    if place.kind == "link":
        return link
    if place.kind == "button":
        return format_html('<kbd class="od-kbd">{}</kbd>', _GAP.sub("…", gettext(place.name)))
    return format_html('<strong class="od-live">{}</strong>', measure(place.name))
