"""Files of selling platforms at the demo company: what waits on the problem list, and what merchant codes mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from opsdesk.common.actors import SYSTEM
from opsdesk.demo.later import Placed
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.imports.definitions import REGISTER, ParsedRow
from opsdesk.shops.models import Shop
from orders.enums.platforms import Layout
from orders.queries.platforms import number_of, problem_of
from orders.services.platforms import exporting
from orders.services.platforms.importing import import_orders
from orders.services.platforms.mapping import map_code
from orders.services.platforms.problems import close_problem

LATE = timedelta(hours=6)  # longer than a problem may wait
PLACE = {"recipient": "陈小雨", "mobile": "13800000088", "address": "广东省 深圳市 福田区 深南大道1号(518000)"}
NEVER_IN_STOCK = "99999"


def make_platforms(placed: Mapping[str, Sequence[Placed]], *, skus: Sequence[str], now: datetime) -> None:
    """One problem of every kind, one of them overdue, one solved, one dropped; a merchant code that is mapped."""
    tmall, douyin = Shop.objects.get(code="tmall-01"), Shop.objects.get(code="douyin-01")
    _import(tmall, "taobao", [_head("TB-DEMO-1", now - LATE)], now - LATE)  # overdue: its item file never came
    _import(tmall, "taobao", [*_pair("TB-DEMO-2", "热销-保温杯", "1", now), *_pair("TB-DEMO-3", "热销-保温杯", "2", now)], now)
    _import(tmall, "taobao", _pair("TB-DEMO-4", "热销-毛巾", NEVER_IN_STOCK, now), now)
    map_code(problem_id=problem_of("TB-DEMO-4"), code="热销-毛巾", sku=skus[0], actor=SYSTEM, now=now)
    _import(tmall, "taobao", [_head("TB-DEMO-5", now)], now)
    _close("TB-DEMO-5", "drop", "平台测试单，不发货", now)
    _import(douyin, "douyin", [_joined("DY-DEMO-1", skus, now)], now)
    _tell_platforms(tmall, now)
    for order, step in zip(placed["shipped"], ("", "solve"), strict=False):
        number, shop_id = number_of(order.id)
        _import(Shop.objects.get(pk=shop_id), "taobao", [{"order": number, "status": "交易关闭"}], now)
        if step:
            _close(number, step, "已联系快递拦截", now)


def _tell_platforms(shop: Shop, now: datetime) -> None:
    """What a carrier is called there, one table of tracking numbers, and the same once more. The other shop's wait."""
    exporting.name_carrier(layout=Layout.TAOBAO, carrier="sf", name="顺丰快递", actor=SYSTEM, now=now)
    export = exporting.export_shipping(shop_id=shop.pk, actor=SYSTEM, now=now)
    exporting.export_again(export_id=export.pk, reason="平台导入失败，重新导出", actor=SYSTEM, now=now)


def _import(shop: Shop, layout: str, rows: Sequence[Mapping[str, str]], now: datetime) -> None:
    parse = REGISTER[f"orders.platform_{layout}"].parse
    parsed = [ParsedRow(number, parse(row)) for number, row in enumerate(rows, start=2)]
    import_orders(rows=parsed, write=True, shop_id=shop.pk, actor=SYSTEM, now=now)


def _close(number: str, step: str, note: str, now: datetime) -> None:
    close_problem(problem_id=problem_of(number), step=step, note=note, actor=SYSTEM, now=now)


def _head(number: str, now: datetime) -> dict[str, str]:
    moment = f"{now.astimezone(SHOP_TIME):%Y/%m/%d %H:%M}"
    paid = {"status": "买家已付款，等待卖家发货", "placed": moment, "paid_at": moment}
    return {"order": number, "buyer": "小雨", "paid": "59.00", "freight": "0.00", **paid, **PLACE}


def _pair(number: str, code: str, quantity: str, now: datetime) -> list[dict[str, str]]:
    goods = {"title": "晨光保温杯", "code": code, "quantity": quantity, "price": "59.00"}
    return [_head(number, now), {"order": number, "item": f"{number}-1", "status": "买家已付款，等待卖家发货", **goods}]


def _joined(number: str, skus: Sequence[str], now: datetime) -> dict[str, str]:
    codes = {"item": f"{number}-1;{number}-2", "code": f"{skus[0]};{skus[1]}", "quantity": "5", "title": "晨光家居组合"}
    moment = f"{now.astimezone(SHOP_TIME):%Y-%m-%d %H:%M:%S}"
    return {"order": number, **codes, "paid": "295.00", "status": "待发货", "placed": moment, "paid_at": moment}
