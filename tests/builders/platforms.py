"""Platforms' export files, made up: each row by the headers of its layout."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from opsdesk.common.actors import SYSTEM
from opsdesk.imports.definitions import REGISTER, ParsedRow
from opsdesk.imports.headers import match
from opsdesk.imports.models import ImportFile
from opsdesk.shops.models import Shop
from orders.models import PlatformProblem, SkuMapping
from orders.rules.platforms.reading import StatedRow, read_row
from orders.services.platforms.importing import import_orders
from orders.services.platforms.mapping import Mapped, import_mappings
from tests.builders.tables import uploaded
from tests.builders.times import NOW
from tests.kit.browser import Staff

_serial = count(1)
PLACE = "广东省 深圳市 南山区 科技园路1号(518000)"
TAOBAO_ORDER: dict[str, str] = {
    "订单编号": '="1930679858170647"',
    "买家会员名": "b-1",
    "买家应付货款": "188.00",
    "买家应付邮费": "10.00",
    "总金额": "198.00",
    "买家实际支付金额": "198.00",
    "订单状态": "买家已付款，等待卖家发货",
    "买家留言": "",
    "收货人姓名": "王小明",
    "收货地址 ": PLACE,
    "联系手机": "'13800000000",
    "订单创建时间": "2026/6/11 8:30",
    "订单付款时间 ": "2026/6/11 8:31",
    "退款金额": "",
}
TAOBAO_ITEM: dict[str, str] = {
    "子订单编号": "1930679858170648",
    "主订单编号": "1930679858170647",
    "标题": "T恤",
    "价格": "99.00",
    "购买数量": "2",
    "商家编码": "TS-RED-M",
    "订单状态": "买家已付款，等待卖家发货",
    "退款状态": "没有申请退款",
    "退款金额": "",
}
DOUYIN: dict[str, str] = {
    "主订单编号": "\t6917000000000000001",
    "子订单编号": "\t6917000000000000001",
    "选购商品": "T恤",
    "商品规格": "红 M",
    "商品数量": "2",
    "商家编码": "TS-RED-M",
    "订单应付金额": "190.00",
    "运费": "0.00",
    "收件人": "##密文1",
    "收件人手机号": "$$密文2",
    "省": "广东省",
    "市": "深圳市",
    "区": "南山区",
    "详细地址": "##密文3",
    "订单提交时间": "2026/6/11 8:30:05",
    "支付完成时间": "2026-06-11 08:31:00",
    "订单状态": "待发货",
    "售后状态": "-",
    "平台实际承担优惠金额": "3.00",
    "商家实际承担优惠金额": "5.00",
    "达人实际承担优惠金额": "0.00",
}
PINDUODUO: dict[str, str] = {
    "商品": "T恤",
    "订单号": "260611-000000000000001",
    "订单状态": "待发货",
    "商品数量(件)": "2",
    "支付时间": "2026-06-11 08:31:00",
    "承诺发货时间": "2026-06-12 20:00:00",
    "商品规格": "红 M",
    "商家编码-规格维度": "TS-RED-M",
    "售后状态": "无售后或售后取消",
    "订单成交时间": "2026-06-11 08:30:00",
    "商品总价(元)": "198.00",
    "邮费(元)": "6.00",
    "用户实付金额(元)": "200.00",
    "省": "广东省",
    "市": "深圳市",
    "区": "南山区",
    "收货人": "王小明",
    "手机": "13800000000",
    "详细地址": "科技园路1号",
}
JD: dict[str, str] = {
    "订单号": "290000000001",
    "商品ID": "100001",
    "商品名称": "T恤",
    "订购数量": "1",
    "支付方式": "在线支付",
    "下单时间": "2026-06-11 08:30:00",
    "京东价": "99.00",
    "订单金额": "198.00",
    "结算金额": "190.00",
    "余额支付": "0.00",
    "应付金额": "190.00",
    "订单状态": "等待出库",
    "下单帐号": "jd-1",
    "客户姓名": "王小明",
    "客户地址": "广东深圳市南山区科技园路1号",
    "联系电话": "13800000000",
    "运费金额": "0.00",
    "付款确认时间": "2026-06-11 08:31:00",
    "货号": "TS-RED-M",
}
WHOLESALE: dict[str, str] = {
    "订单编号": "1688000000000001",
    "下单时间": "2026-06-11 08:30:00",
    "实付款": "190.00",
    "买家": "批发客户",
    "收货地址": PLACE,
    "货品标题": "T恤",
    "规格": "红 M",
    "数量": "2",
    "单品金额": "99.00",
    "订单状态": "等待卖家发货",
    "退款状态": "",
}


def table(*rows: Mapping[str, str], encoding: str = "gb18030") -> bytes:
    """A csv as a platform writes it: every cell quoted, as many headers as the first row has."""
    header = list(rows[0])
    lines = [header, *([row[name] for name in header] for row in rows)]
    return "".join(",".join(_quoted(cell) for cell in line) + "\r\n" for line in lines).encode(encoding)


def _quoted(cell: str) -> str:
    return cell if cell.startswith('="') else '"' + cell.replace('"', '""') + '"'


def take_in(
    staff: Staff, shop: Shop, layout: str, *rows: Mapping[str, str], policy: str = "good_rows", encoding: str = "gb18030"
) -> ImportFile:
    """Upload a file in the browser and have it written; the import."""
    work = check(staff, shop, layout, *rows, encoding=encoding)
    staff.client.post(f"/admin/imports/{work.public_id}/", {"policy": policy})
    work.refresh_from_db()
    return work


def check(staff: Staff, shop: Shop, layout: str, *rows: Mapping[str, str], encoding: str = "gb18030") -> ImportFile:
    """Upload a file in the browser; the import with its preview."""
    last = ImportFile.objects.order_by("-id").values_list("id", flat=True).first() or 0
    response: Any = upload(staff, shop, layout, table(*rows, encoding=encoding))
    assert response.status_code == 302, response.content.decode()
    return ImportFile.objects.get(id__gt=last)


def upload(staff: Staff, shop: Shop, layout: str, content: bytes) -> Any:
    """What the upload of a file answers."""
    form = {"file": uploaded("ExportOrderList.csv", content), "shop": shop.pk}
    return staff.client.post(f"/admin/imports/new/orders.platform_{layout}/", form)


def counts(work: ImportFile) -> Sequence[int]:
    """New, changed, unchanged and refused rows."""
    return (work.created, work.updated, work.existing, work.refused)


def stated_row(layout: str, row: Mapping[str, str]) -> StatedRow:
    """A row of a file as its importer reads it."""
    fields = match(REGISTER[f"orders.platform_{'wholesale' if layout == '1688' else layout}"], list(row))
    return read_row(layout, {name: cell for name, cell in zip(fields, row.values(), strict=True) if name and cell})


def a_problem(shop: Shop, **changes: str) -> PlatformProblem:
    """An order of Pinduoduo that waits for a merchant code."""
    number = f"W-{next(_serial)}"
    row = PINDUODUO | {"订单号": number, "商家编码-规格维度": f"HOT-{number}"} | changes
    parsed = [ParsedRow(2, stated_row("pinduoduo", row))]
    import_orders(rows=parsed, write=True, shop_id=shop.pk, actor=SYSTEM, now=NOW)
    return PlatformProblem.objects.get(external_id=row["订单号"])


def a_mapping(shop: Shop, sku: str, code: str = "") -> SkuMapping:
    """What a merchant code means."""
    code = code or f"M-{next(_serial)}"
    import_mappings(rows=[ParsedRow(2, Mapped(code, sku))], write=True, shop_id=shop.pk, actor=SYSTEM, now=NOW)
    return SkuMapping.objects.get(shop=shop, code=code)
