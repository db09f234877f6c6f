"""Bringing a written address into one form; what the buyer wrote is kept beside it. SOP: O2, O4"""

import re
import unicodedata
from dataclasses import fields, replace

from orders.rules.intake.draft import DraftAddress

MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
REGIONS = {
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
    "香港": "香港特别行政区",
    "澳门": "澳门特别行政区",
}
_SHORT = "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾"
PROVINCES = {
    **REGIONS,
    **{name.removesuffix("市"): name for name in MUNICIPALITIES},
    **{name: f"{name}省" for name in _SHORT.split()},
}
_NO_CITY = frozenset({"", "市辖区", "县"})  # a municipality has no city of its own: forms leave it empty or write these
_PLACES = ("province", "city", "district", "street")
HOME_CODE = "+86"
_HAN = r"[\u3400-\u9fff]"
_GAP = re.compile(rf"(?<={_HAN}) (?={_HAN})")


def normalise(address: DraftAddress) -> DraftAddress:
    """The same address as every screen and carrier expects it: plain characters, full names, no repetitions.

    The phone is in E.164 already. Nothing is invented: a province that no table knows stays as it is.
    SOP: O2, O4
    """
    tidied = replace(
        address, **{part.name: _tidy(getattr(address, part.name)) for part in fields(address) if part.name != "phone_written"}
    )
    tidied = replace(tidied, **{part: _GAP.sub("", getattr(tidied, part)) for part in _PLACES})
    province = full_province(tidied.province)
    city = tidied.city
    if province in MUNICIPALITIES and (city in _NO_CITY or full_province(city) == province):
        city = province
    found = replace(tidied, province=province, city=city)
    return replace(found, street=_without_places(found))


def full_province(name: str) -> str:
    """The official name of a province, whichever way it is written; a name that is none stays."""
    for short, full in PROVINCES.items():
        if name in (short, full, f"{short}省", f"{short}市", f"{short}自治区"):
            return full
    return name


def is_province(name: str) -> bool:
    """True for the official name of a province."""
    return name in PROVINCES.values()


def as_written(before: DraftAddress, after: DraftAddress) -> dict[str, str]:
    """The parts that were written otherwise than they are kept, as they were written. SOP: O4"""
    written = {part.name: getattr(before, part.name) for part in fields(before) if part.name != "phone_written"}
    if before.phone_written and before.phone_written != after.phone.removeprefix(HOME_CODE):
        written["phone"] = before.phone_written  # the bare number of the home country is how everybody writes it
    return {name: text for name, text in written.items() if text != getattr(after, name)}


def _tidy(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return plain if len(plain) <= len(text) else text  # some signs fall apart into many: the column would not hold them


def _without_places(address: DraftAddress) -> str:
    """The street without the province, city and district that some forms write in front of it once more."""
    street = address.street
    for place in (address.province, address.city, address.district):
        if place and len(street) > len(place):
            street = street.removeprefix(place).strip()
    return street
