"""The language of kuaidi100: its question, its signature, its answer, its codes. Pure. SOP: O14"""

import hashlib
import json
from urllib.parse import urlencode

from orders.enums.fulfilment import CarrierCode
from orders.enums.tracking import TrackingCode as C
from orders.rules.tracking.readings import (
    MAX_CODE,
    MAX_PLACE,
    MAX_TEXT,
    ParcelReadings,
    Reading,
    Unreadable,
    moment,
    parse,
    rows,
    text,
)

COMPANIES: dict[str, str] = {
    CarrierCode.SF: "shunfeng",
    CarrierCode.ZTO: "zhongtong",
    CarrierCode.YTO: "yuantong",
    CarrierCode.STO: "shentong",
    CarrierCode.YUNDA: "yunda",
    CarrierCode.EMS: "ems",
    CarrierCode.JD: "jd",
    CarrierCode.JTEXPRESS: "jtexpress",
    CarrierCode.DEPPON: "debangkuaidi",
    CarrierCode.CHINA_POST: "youzhengguonei",
}
NEEDS_PHONE = frozenset({CarrierCode.SF, CarrierCode.ZTO})
CODES: dict[str, C] = {
    "0": C.IN_TRANSIT,  # 在途
    "1": C.IN_TRANSIT,  # 揽收
    "2": C.EXCEPTION,  # 疑难
    "3": C.DELIVERED,  # 签收
    "4": C.RETURNED,  # 退签: refused, and the sender has signed for it
    "5": C.OUT_FOR_DELIVERY,  # 派件
    "6": C.EXCEPTION,  # 退回: on its way back
    "7": C.IN_TRANSIT,  # 转投
    "8": C.IN_TRANSIT,  # 清关
    "10": C.IN_TRANSIT,  # 待清关
    "11": C.IN_TRANSIT,  # 清关中
    "12": C.IN_TRANSIT,  # 已清关
    "13": C.EXCEPTION,  # 清关异常
    "14": C.EXCEPTION,  # 收件人拒签
    "101": C.INFO_RECEIVED,  # 已下单
    "102": C.INFO_RECEIVED,  # 待揽收
    "103": C.IN_TRANSIT,  # 已揽收
    "1001": C.IN_TRANSIT,  # 到达派件城市
    "1002": C.IN_TRANSIT,  # 干线
    "1003": C.IN_TRANSIT,  # 转递
    "301": C.DELIVERED,  # 本人签收
    "302": C.DELIVERED,  # 派件异常后签收
    "303": C.DELIVERED,  # 代签
    "304": C.DELIVERED,  # 投柜或站签收
    "401": C.EXCEPTION,  # 已销单
    "501": C.OUT_FOR_DELIVERY,  # 投柜或驿站
}
_OK, _NO_NEWS = "200", "500"  # 500 with result=false: 查询无结果, the parcel is not known yet
_PARCELS_OWN = frozenset({"400", "408"})  # the question was wrong for this one parcel, such as its phone number


class Refused(Exception):
    """The source answered, but not the question. `whole` is False when only this parcel is concerned."""

    def __init__(self, reason: str, *, whole: bool) -> None:
        super().__init__(reason)
        self.reason, self.whole = reason, whole


def question(*, carrier: str, tracking_no: str, phone: str, customer: str, key: str) -> bytes:
    """The signed form that asks after one parcel. Of the phone only the last four digits leave the house."""
    asked = {"com": COMPANIES[carrier], "num": tracking_no, "resultv2": "4"}
    if carrier in NEEDS_PHONE and phone:
        asked["phone"] = phone[-4:]
    param = json.dumps(asked, separators=(",", ":"))
    return urlencode({"customer": customer, "sign": signature(param, customer=customer, key=key), "param": param}).encode()


def signature(param: str, *, customer: str, key: str) -> str:
    """The protocol's own: MD5 of question, key and customer, in capitals."""
    return hashlib.md5(f"{param}{key}{customer}".encode(), usedforsecurity=False).hexdigest().upper()


def read(body: bytes, *, carrier: str, tracking_no: str) -> ParcelReadings:
    """What the answer says of the parcel; nothing at all while the carrier does not know it.

    Raises: Unreadable, Refused.
    """
    found = parse(body)
    status = text(found.get("returnCode", found.get("status")), MAX_CODE)
    if status == _NO_NEWS:
        return ParcelReadings(carrier, tracking_no, ())
    if status != _OK:
        if not status:
            raise Unreadable("status")
        raise Refused(f"{status} {text(found.get('message'), MAX_TEXT)}"[:200], whole=status not in _PARCELS_OWN)
    listed = rows(found, "data")
    times = [moment(row.get("time") or row.get("ftime")) for row in listed]
    newest = max(filter(None, times), default=None)
    overall = text(found.get("state"), MAX_CODE)
    readings = []
    for row, at in zip(listed, times, strict=True):
        if at is None:
            continue
        # rows without a code of their own were on the way, only the newest is where the parcel stands
        raw = text(row.get("statusCode"), MAX_CODE) or (overall if at == newest else "0")
        place = text(row.get("areaName") or row.get("location"), MAX_PLACE)
        readings.append(Reading(CODES.get(raw, ""), raw, at, text(row.get("context"), MAX_TEXT), place))
    return ParcelReadings(carrier, tracking_no, tuple(readings), times.count(None))
