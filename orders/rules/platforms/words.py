"""The words by which each platform says how far an order is and what goes back. An unknown word is never guessed.

SOP: O1
"""

import re
import unicodedata
from collections.abc import Mapping

from opsdesk.common.errors import Invalid
from opsdesk.common.text import mark
from orders.enums.platforms import GoingBack, Layout
from orders.enums.platforms import Stage as S

UNKNOWN_STATUS = mark("This status of the platform is not known: %(word)s")
UNKNOWN_RETURN = mark("This after-sales status of the platform is not known: %(word)s")
_ASIDE = re.compile(r"[\s,，、;；]+")
_CANCELLED = {"交易关闭": S.CLOSED, "已关闭": S.CLOSED, "已取消": S.CLOSED, "交易取消": S.CLOSED, "取消": S.CLOSED}
_STAGES: Mapping[str, dict[str, S]] = {
    Layout.TAOBAO: {
        "等待买家付款": S.UNPAID,
        "买家已付款等待卖家发货": S.PAID,
        "卖家已发货等待买家确认": S.SHIPPED,
        "交易成功": S.DONE,
    },
    Layout.DOUYIN: {
        "待支付": S.UNPAID,
        "待发货": S.PAID,
        "备货中": S.PAID,
        "已发货": S.SHIPPED,
        "已完成": S.DONE,
    },
    Layout.PINDUODUO: {
        "待支付": S.UNPAID,
        "待付款": S.UNPAID,
        "待发货": S.PAID,
        "已发货待签收": S.SHIPPED,
        "已发货待收货": S.SHIPPED,
        "已发货": S.SHIPPED,
        "已签收": S.SHIPPED,
        "已收货": S.DONE,
        "交易成功": S.DONE,
    },
    Layout.JD: {
        "等待付款": S.UNPAID,
        "等待出库": S.PAID,
        "等待发货": S.PAID,
        "等待确认收货": S.SHIPPED,
        "已出库": S.SHIPPED,
        "完成": S.DONE,
        "已完成": S.DONE,
    },
    Layout.WHOLESALE: {
        "等待买家付款": S.UNPAID,
        "等待卖家发货": S.PAID,
        "等待买家收货": S.SHIPPED,
        "等待买家确认收货": S.SHIPPED,
        "交易成功": S.DONE,
    },
}
_RETURNS = {
    "": GoingBack.NONE,
    "没有申请退款": GoingBack.NONE,
    "未申请退款": GoingBack.NONE,
    "无售后": GoingBack.NONE,
    "无售后或售后取消": GoingBack.NONE,
    "退款关闭": GoingBack.NONE,
    "售后关闭": GoingBack.NONE,
    "退款中": GoingBack.UNDER_WAY,
    "售后处理中": GoingBack.UNDER_WAY,
    "待商家处理": GoingBack.UNDER_WAY,
    "部分退款": GoingBack.PARTLY,
    "退款成功": GoingBack.ALL,
    "已退款": GoingBack.ALL,
}


def _plain(word: str) -> str:
    return _ASIDE.sub("", unicodedata.normalize("NFKC", word))


def stage_of(layout: str, word: str) -> tuple[S | None, GoingBack]:
    """How far the order is, and what its status says of money that goes back; None when it says only that.

    Raises: Invalid, for a word that is not in the platform's vocabulary.
    """
    plain = _plain(word)
    if plain.startswith("(删除)"):
        return S.CLOSED, GoingBack.NONE
    locked = plain.startswith("(锁定)")
    plain = plain.removeprefix("(锁定)")
    if found := (_STAGES[layout] | _CANCELLED).get(plain):
        return found, GoingBack.UNDER_WAY if locked else GoingBack.NONE
    if plain and (back := _RETURNS.get(plain)):
        return None, back
    raise Invalid(UNKNOWN_STATUS, code="unknown_status", word=word[:40])


def going_back(word: str) -> GoingBack:
    """What an after-sales status says. Raises: Invalid."""
    if (found := _RETURNS.get(_plain(word))) is None:
        raise Invalid(UNKNOWN_RETURN, code="unknown_status", word=word[:40])
    return found
