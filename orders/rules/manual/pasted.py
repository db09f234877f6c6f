"""Reading an address that was pasted as one text: name, phone, province and so on, in any order. Pure. SOP: O1, O4"""

import re
import unicodedata
from dataclasses import dataclass, replace

from orders.rules.intake import addresses
from orders.rules.intake.draft import DraftAddress

LONGEST_NAME = 20
WITHOUT_DISTRICTS = frozenset({"东莞市", "中山市", "儋州市", "嘉峪关市"})
_LABELS = {
    "recipient": ("收货人姓名", "收货人", "收件人", "联系人", "姓名", "recipient", "name"),
    "phone": ("联系电话", "手机号码", "手机号", "手机", "电话号码", "电话", "mobile", "phone", "tel"),
    "region": ("所在地区", "所在区域", "地区", "省市区", "region"),
    "street": ("详细地址", "收货地址", "收件地址", "街道地址", "街道", "地址", "address"),
    "postal_code": ("邮政编码", "邮编", "postcode", "zip"),
}
_PART_OF = {label: part for part, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(rf"(?:{'|'.join(sorted(_PART_OF, key=len, reverse=True))})\s*[:：]\s*", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_SPLIT = re.compile(r"[\n,;，；、|\t]+| {1,}")
_PLACE = re.compile(
    r"省|自治区|特别行政区|市|自治州|地区|盟|区|县|旗|镇|乡|街道|路|街|巷|弄|号|村|栋|幢|室|单元|小区|大厦|广场"
)
_CITY = re.compile(r"^(.{2,12}?(?:自治州|地区|盟|市))")
_DISTRICT = re.compile(r"^(.{1,12}?(?:自治县|自治旗|新区|区|县|旗|市))(?=.)")


@dataclass(frozen=True)
class Pasted:
    """What the text says. `unclear` are the parts that a person has to fill in: they are missing, or said twice."""

    address: DraftAddress
    unclear: tuple[str, ...] = ()


def read(text: str) -> Pasted:
    """The address in parts; what cannot be told is left empty and named, nothing is guessed. SOP: O1, O4"""
    plain = unicodedata.normalize("NFKC", text).strip()
    said = _labelled(plain)
    rest = said.pop("", "")
    phone, rest, several = _phone(said.get("phone", ""), rest)
    postcode = said.get("postal_code", "").strip()
    if not postcode and (found := _POSTCODE.search(rest)):
        postcode, rest = found.group(), rest[: found.start()] + " " + rest[found.end() :]
    pieces = [piece for piece in _SPLIT.split(rest) if piece]
    names = [piece for piece in pieces if _is_name(piece)]
    recipient = said.get("recipient", "").strip() or (names[0] if len(names) == 1 else "")
    place = "".join(piece for piece in pieces if piece != recipient)
    if recipient not in names and len(names) > 1:
        place = "".join(piece for piece in pieces if piece not in names)
    whole = said.get("region", "") + " " + said.get("street", "") if {"region", "street"} & said.keys() else place
    address = replace(_place("".join(whole.split())), recipient=recipient, phone_written=phone, postal_code=postcode)
    if not address.city:
        address = replace(address, district="", street="")  # without its city, what is left may be anything
    wanted = ("province", "city", "street") if address.city in WITHOUT_DISTRICTS else ("province", "city", "district", "street")
    unclear = [part for part in wanted if not getattr(address, part)]
    if not recipient:
        unclear.insert(0, "recipient")
    if not phone or several:
        unclear.insert(0, "phone")
    return Pasted(address, tuple(unclear))


def _labelled(text: str) -> dict[str, str]:
    """The parts that the text names itself; what stands before the first label under the empty name."""
    marks = list(_LABEL.finditer(text))
    if not marks:
        return {"": text}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = {"": text[: marks[0].start()]}
    for mark, end in zip(marks, ends, strict=True):
        part = _PART_OF[mark.group().rstrip(" :：\n\t").lower()]
        found[part] = (found.get(part, "") + " " + text[mark.end() : end].strip(" \n\t,;，；、|")).strip()
    return found


def _phone(labelled: str, rest: str) -> tuple[str, str, bool]:
    """The phone, the text without it, and whether there are several."""
    found = [match.group() for match in _PHONE.finditer(labelled or rest)]
    rest = rest if labelled else _PHONE.sub(" ", rest)
    different = {re.sub(r"\D", "", one)[-11:] for one in found}
    return (found[0].strip() if found else ""), rest, len(different) > 1


def _is_name(piece: str) -> bool:
    """Short, without digits, and nothing that belongs to a place."""
    if len(piece) > LONGEST_NAME or any(sign.isdigit() for sign in piece) or _starts_with_province(piece):
        return False
    return not _PLACE.search(piece)


def _starts_with_province(text: str) -> str:
    """The province as the text writes it at its beginning, in the longest form."""
    forms = (form for short, full in addresses.PROVINCES.items() for form in (full, f"{short}省", f"{short}市", short))
    return max((form for form in forms if text.startswith(form)), key=len, default="")


def _place(text: str) -> DraftAddress:
    province = _starts_with_province(text)
    full = addresses.full_province(province) if province else ""
    rest = text.removeprefix(province)
    if full in addresses.MUNICIPALITIES:
        city, rest = full, rest.removeprefix("市").removeprefix(full).removeprefix("市辖区")
    else:
        found = _CITY.match(rest) if full else None
        city, rest = (found.group(1), rest[found.end() :]) if found else ("", rest)
    found = _DISTRICT.match(rest) if city else None
    district, rest = (found.group(1), rest[found.end() :]) if found else ("", rest)
    return addresses.normalise(DraftAddress(province=full, city=city, district=district, street=rest))
