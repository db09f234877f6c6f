"""What must be true of a packed order, and how much of a customer a printed sheet shows. Pure."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from opsdesk.common.errors import Issue
from opsdesk.common.text import mark

HIDDEN_DIGITS = 6
_HEAD, _TAIL = 3, 2
HIDDEN = "***"


@dataclass(frozen=True)
class Checklist:
    """The packer's answers. Gifts, manual and warranty card may be None: this order has none. SOP: O10"""

    appearance: bool
    packing_list: bool
    gifts: bool | None = None
    manual: bool | None = None
    warranty: bool | None = None


def failed_points(checklist: Checklist, *, needed: Collection[str] = ()) -> list[Issue]:
    """The points that keep the parcel open: what was seen to be wrong, and what is needed and was not looked at.

    SOP: O10
    """
    message = mark("This point of the pack check is not fulfilled.")
    return [
        Issue(f"/checklist/{name}", "not_checked", message)
        for name, ok in asdict(checklist).items()
        if ok is False or (ok is None and name in needed)
    ]


def mask_name(name: str) -> str:
    """The name with all but its first character hidden; of a single character nothing is shown. SOP: O10"""
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_phone(phone: str) -> str:
    """The national number with at least HIDDEN_DIGITS digits hidden, as the waybill standard wants. SOP: O10"""
    digits = phone.removeprefix("+86")
    if not digits:
        return ""
    if len(digits) < _HEAD + HIDDEN_DIGITS + _TAIL:
        return "*" * max(len(digits), HIDDEN_DIGITS)
    return digits[:_HEAD] + "*" * (len(digits) - _HEAD - _TAIL) + digits[-_TAIL:]


def mask_address(*parts: str) -> str:
    """Province, city and district; street, building and room are hidden. SOP: O10"""
    return " ".join([*filter(None, parts), HIDDEN])
