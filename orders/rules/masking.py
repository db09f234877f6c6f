"""Personal data as screens show it to those who need not know all of it."""

_HIDDEN = "***"
_COUNTRY = "+86"
_SHOWN_START, _SHOWN_END = 3, 4  # digits of a phone number


def mask_name(name: str) -> str:
    """The first character and a star: 王小明 becomes 王*."""
    return f"{name[0]}*" if name else ""


def mask_phone(phone: str) -> str:
    """The first three and the last four digits of a Chinese number; of any other or shorter one the last two.

    +8613800000000 becomes 138****0000.
    """
    digits = phone.removeprefix(_COUNTRY)
    if len(digits) >= _SHOWN_START + _SHOWN_END + _SHOWN_END:
        return f"{digits[:_SHOWN_START]}****{digits[-_SHOWN_END:]}"
    return f"****{digits[-2:]}" if digits else ""


def mask_address(*, province: str, city: str, district: str, street: str) -> str:
    """Down to the district; the street is only said to be there."""
    return "".join([province, city, district, _HIDDEN if street else ""])
