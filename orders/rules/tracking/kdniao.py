"""The language of kdniao: its push, its signature, its codes. Pure. SOP: O14"""

import base64
import hashlib
import hmac

from orders.enums.fulfilment import CarrierCode
from orders.enums.tracking import TrackingCode as C
from orders.rules.tracking.readings import MAX_CODE, MAX_PLACE, MAX_TEXT, ParcelReadings, Reading, moment, parse, rows, text

COMPANIES: dict[str, str] = {
    "SF": CarrierCode.SF,
    "ZTO": CarrierCode.ZTO,
    "YTO": CarrierCode.YTO,
    "STO": CarrierCode.STO,
    "YD": CarrierCode.YUNDA,
    "EMS": CarrierCode.EMS,
    "JD": CarrierCode.JD,
    "JTSD": CarrierCode.JTEXPRESS,
    "DBL": CarrierCode.DEPPON,
    "YZPY": CarrierCode.CHINA_POST,
}
CODES: dict[str, C] = {
    "1": C.IN_TRANSIT,  # 已揽收
    "2": C.IN_TRANSIT,  # 在途中
    "3": C.DELIVERED,  # 已签收
    "4": C.EXCEPTION,  # 问题件
    "5": C.IN_TRANSIT,  # 转寄
    "201": C.IN_TRANSIT,  # 到达派件城市
    "202": C.OUT_FOR_DELIVERY,  # 派件中
    "211": C.OUT_FOR_DELIVERY,  # 已放入快递柜或驿站
    "301": C.DELIVERED,  # 正常签收
    "302": C.DELIVERED,  # 派件异常后最终签收
    "304": C.DELIVERED,  # 代收签收
    "311": C.DELIVERED,  # 快递柜或驿站签收
    "401": C.EXCEPTION,  # 发货无信息
    "402": C.EXCEPTION,  # 超时未签收
    "403": C.EXCEPTION,  # 超时未更新
    "404": C.EXCEPTION,  # 拒收
    "405": C.ATTEMPT_FAILED,  # 派件异常
    "406": C.RETURNED,  # 退货签收
    "407": C.EXCEPTION,  # 退货未签收
    "412": C.ATTEMPT_FAILED,  # 快递柜或驿站超时未取
}
_ON_THE_WAY = "2"


def signature(data: str, *, key: str) -> str:
    """The protocol's own: the MD5 of data and key as hexadecimal text, in base 64."""
    digest = hashlib.md5(f"{data}{key}".encode(), usedforsecurity=False).hexdigest()
    return base64.b64encode(digest.encode()).decode()


def is_signed(data: str, sign: str, *, key: str) -> bool:
    """True when the sender knows the key."""
    return hmac.compare_digest(signature(data, key=key).encode(), sign.encode())


def read(body: bytes) -> list[ParcelReadings]:
    """What the push says, parcel by parcel. Raises: Unreadable."""
    return [_parcel(one) for one in rows(parse(body), "Data")]


def _parcel(one: dict[str, object]) -> ParcelReadings:
    listed = rows(one, "Traces")
    times = [moment(row.get("AcceptTime")) for row in listed]
    newest = max(filter(None, times), default=None)
    overall = text(one.get("State"), MAX_CODE)
    readings = []
    for row, at in zip(listed, times, strict=True):
        if at is None:
            continue
        raw = text(row.get("Action"), MAX_CODE) or (overall if at == newest else _ON_THE_WAY)
        said, place = text(row.get("AcceptStation"), MAX_TEXT), text(row.get("Location"), MAX_PLACE)
        readings.append(Reading(CODES.get(raw, ""), raw, at, said, place))
    company = text(one.get("ShipperCode"), MAX_CODE)
    number = text(one.get("LogisticCode"), MAX_CODE)
    return ParcelReadings(COMPANIES.get(company, ""), number, tuple(readings), times.count(None))
