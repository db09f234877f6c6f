"""The prescribed form of a category: which specifications it asks for, and what may stand there. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.enums.entry import AttributeKind
from catalog.enums.listings import Severity
from catalog.rules.findings import Finding
from opsdesk.common.text import mark

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Attribute:
    """One field of the form. `choices` are all that may be chosen, for a choice; `unit` stands behind a number."""

    name: str
    kind: AttributeKind = AttributeKind.TEXT
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    help_text: str = ""


def prescribed(levels: Iterable[Sequence[Attribute]]) -> tuple[Attribute, ...]:
    """The form of a category from the fields of all levels, top first: what stands below replaces what it inherits.

    SOP: C5, C7
    """
    form: dict[str, Attribute] = {}
    for fields in levels:
        form |= {field.name: field for field in fields}
    return tuple(form.values())


def pointer_of(name: str) -> str:
    """The JSON pointer of a specification."""
    return "/spec/" + name.replace("~", "~0").replace("/", "~1")


def attribute_problems(spec: Mapping[str, str], form: Sequence[Attribute]) -> Iterator[Finding]:
    """What is missing in the specification, and what does not fit its field.

    A category without a form of its own takes any specification; where there is one, what it does not ask for is only
    remarked upon: suppliers send more than the form has.
    SOP: C5, C7
    """
    for field in form:
        text = spec.get(field.name, "")
        if not text and field.required:
            params = {"name": field.name}
            yield Finding("missing_attribute", pointer_of(field.name), mark("This category requires: %(name)s"), params)
        elif text:
            yield from _misfits(field, text)
    known = {field.name for field in form}
    for name in spec if form else ():
        if name not in known:
            text = mark("The form of this category does not ask for %(name)s.")
            yield Finding("unknown_attribute", pointer_of(name), text, {"name": name}, Severity.WARNING)


def _misfits(field: Attribute, text: str) -> Iterator[Finding]:
    if field.kind == AttributeKind.NUMBER and not is_number(text, unit=field.unit):
        if field.unit:
            params = {"name": field.name, "unit": field.unit}
            yield Finding("not_a_number", pointer_of(field.name), mark("%(name)s must be a number in %(unit)s."), params)
        else:
            yield Finding("not_a_number", pointer_of(field.name), mark("%(name)s must be a number."), {"name": field.name})
    if field.kind == AttributeKind.CHOICE and text not in field.choices:
        params = {"name": field.name, "choices": ", ".join(field.choices)[:200]}
        yield Finding("not_a_choice", pointer_of(field.name), mark("%(name)s must be one of: %(choices)s"), params)


def is_number(text: str, *, unit: str) -> bool:
    """True for a plain number, with or without its unit behind it: 500, 500ml and 500 ML where the unit is ml."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    number = folded.removesuffix(unicodedata.normalize("NFKC", unit).casefold()).rstrip()
    return _NUMBER.fullmatch(number) is not None
