"""An address that a platform writes in one line, taken apart as far as it can be read. SOP: O1, O4"""

import re

from orders.rules.intake.addresses import MUNICIPALITIES, PROVINCES, full_province
from orders.rules.platforms.cells import shown

_POSTCODE = re.compile(r"[(（](\d{6})[)）]$", re.ASCII)
_CITY = re.compile(r"\s*([\u3400-\u9fff]{1,12}?(?:自治州|地区|盟|市))")
_DISTRICT = re.compile(r"\s*([\u3400-\u9fff]{1,12}?(?:自治县|自治旗|林区|区|县|旗|市))")
_WRITTEN = sorted(
    {name for short, full in PROVINCES.items() for name in (short, full, f"{short}省", f"{short}市", f"{short}自治区")},
    key=len,
    reverse=True,
)


def split(address: str) -> dict[str, str]:
    """Province, city, district, street and postal code. What cannot be told stays in the street, and then the order is
    held for its address; a part that is hidden is left out.
    """
    rest, found = address.strip(), dict.fromkeys(("province", "city", "district", "street", "postal_code"), "")
    if code := _POSTCODE.search(rest):
        rest = rest[: code.start()].strip()
        found["postal_code"] = code[1] if code[1] != "000000" else ""
    for name in _WRITTEN:
        if rest.startswith(name):
            found["province"], rest = full_province(name), rest.removeprefix(name)
            break
    if found["province"]:
        found["city"], rest = _taken(_CITY, rest)
        if found["province"] in MUNICIPALITIES:
            found["city"], rest = _of_municipality(found["province"], found["city"], rest)
        if found["city"]:
            found["district"], rest = _taken(_DISTRICT, rest)
    found["street"] = rest.strip()
    return {name: shown(text) for name, text in found.items()}


def _of_municipality(province: str, city: str, rest: str) -> tuple[str, str]:
    """A municipality has no city of its own; 市辖区 and 县 stand where others have one."""
    for filler in ("市辖区", "县"):
        rest = rest.lstrip()
        if rest.startswith(filler):
            return province, rest.removeprefix(filler)
    return (province, rest) if city in ("", province) else (province, city + rest)


def _taken(pattern: "re.Pattern[str]", text: str) -> tuple[str, str]:
    found = pattern.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)
