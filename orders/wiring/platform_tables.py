"""The order files of the selling platforms, and the table of merchant codes. Headers are those of the platforms' exports."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from opsdesk.common.text import mark
from opsdesk.doors.api.fields import Line
from opsdesk.doors.cells import RowInput, reader
from opsdesk.imports.definitions import Column, Importer
from orders.enums.platforms import Layout
from orders.rules.platforms.problems import PERMISSION
from orders.rules.platforms.reading import StatedRow, read_row
from orders.services.platforms.importing import import_orders
from orders.services.platforms.mapping import MAP, Mapped, import_mappings

_FIELDS = {  # label and example of each field that layouts share
    "order": (mark("Platform number"), "TM20260611-1"),
    "item": (mark("Line"), "20260611-1-1"),
    "title": (mark("Title"), "保温杯"),
    "spec": (mark("Specification"), "白色"),
    "code": (mark("Merchant code"), "TS-RED-M"),
    "style": (mark("Code of the specification"), ""),
    "product_code": (mark("Code of the product"), ""),
    "quantity": (mark("Pieces"), "2"),
    "price": (mark("Unit price"), "99.00"),
    "line_due": (mark("Amount of the line"), ""),
    "goods": (mark("Amount of the goods"), "198.00"),
    "due": (mark("Amount payable"), ""),
    "freight": (mark("Freight"), "0.00"),
    "paid": (mark("Amount paid"), "198.00"),
    "settled": (mark("Settled amount"), ""),
    "balance": (mark("Paid from the balance"), ""),
    "platform_discount": (mark("Discount borne by the platform"), ""),
    "shop_discount": (mark("Discount borne by the shop"), ""),
    "talent_discount": (mark("Discount borne by the promoter"), ""),
    "status": (mark("Status on the platform"), ""),
    "after_sale": (mark("After-sales status"), ""),
    "closed_reason": (mark("Why it was closed"), ""),
    "refund": (mark("Refunded"), ""),
    "placed": (mark("Placed"), "2026/6/11 8:59"),
    "paid_at": (mark("Paid at"), "2026/6/11 9:00"),
    "promised": (mark("Promised ship time"), ""),
    "method": (mark("Payment method"), ""),
    "payment_reference": (mark("Payment reference"), ""),
    "buyer": (mark("Buyer"), "b-1"),
    "recipient": (mark("Recipient"), "王小明"),
    "phone": (mark("Phone"), ""),
    "mobile": (mark("Mobile phone"), "13800000000"),
    "address": (mark("Delivery address"), "广东省 深圳市 南山区 科技园路1号"),
    "address_changed": (mark("Delivery address as changed"), ""),
    "province": (mark("Province"), ""),
    "city": (mark("City"), ""),
    "district": (mark("District"), ""),
    "town": (mark("Town"), ""),
    "note": (mark("Buyer's note"), ""),
}
_LAYOUTS: dict[Layout, Mapping[str, Sequence[str]]] = {
    Layout.TAOBAO: {
        "order": ("订单编号", "主订单编号"),
        "item": ("子订单编号",),
        "title": ("标题",),
        "spec": ("商品属性",),
        "code": ("商家编码",),
        "style": ("外部系统编号",),
        "quantity": ("购买数量",),
        "price": ("价格",),
        "due": ("买家应付货款",),
        "freight": ("买家应付邮费",),
        "goods": ("总金额",),
        "paid": ("买家实际支付金额",),
        "status": ("订单状态",),
        "after_sale": ("退款状态",),
        "closed_reason": ("订单关闭原因",),
        "refund": ("退款金额",),
        "placed": ("订单创建时间",),
        "paid_at": ("订单付款时间",),
        "payment_reference": ("支付单号",),
        "buyer": ("买家会员名",),
        "recipient": ("收货人姓名",),
        "phone": ("联系电话",),
        "mobile": ("联系手机",),
        "address": ("收货地址",),
        "address_changed": ("修改后的收货地址",),
        "note": ("买家留言",),
    },
    Layout.DOUYIN: {
        "order": ("主订单编号",),
        "item": ("子订单编号",),
        "title": ("选购商品",),
        "spec": ("商品规格",),
        "code": ("商家编码",),
        "product_code": ("商品ID",),
        "quantity": ("商品数量",),
        "paid": ("订单应付金额",),
        "freight": ("运费",),
        "platform_discount": ("平台实际承担优惠金额",),
        "shop_discount": ("商家实际承担优惠金额",),
        "talent_discount": ("达人实际承担优惠金额",),
        "status": ("订单状态",),
        "after_sale": ("售后状态",),
        "closed_reason": ("取消原因",),
        "placed": ("订单提交时间",),
        "paid_at": ("支付完成时间",),
        "promised": ("承诺发货时间",),
        "method": ("支付方式",),
        "recipient": ("收件人",),
        "mobile": ("收件人手机号",),
        "province": ("省",),
        "city": ("市",),
        "district": ("区",),
        "town": ("街道",),
        "address": ("详细地址",),
        "note": ("买家留言",),
    },
    Layout.PINDUODUO: {
        "order": ("订单号",),
        "title": ("商品",),
        "spec": ("商品规格",),
        "code": ("商家编码-规格维度",),
        "style": ("样式ID",),
        "product_code": ("商家编码-商品维度",),
        "quantity": ("商品数量(件)",),
        "goods": ("商品总价(元)",),
        "freight": ("邮费(元)",),
        "paid": ("用户实付金额(元)",),
        "status": ("订单状态",),
        "after_sale": ("售后状态",),
        "placed": ("订单成交时间",),
        "paid_at": ("支付时间",),
        "promised": ("承诺发货时间",),
        "method": ("支付方式",),
        "payment_reference": ("支付ID",),
        "recipient": ("收货人", "收件人"),
        "mobile": ("手机", "收件人手机号"),
        "province": ("省",),
        "city": ("市",),
        "district": ("区",),
        "town": ("街道/镇", "街道"),
        "address": ("详细地址", "收货地址"),
        "note": ("买家留言",),
    },
    Layout.JD: {
        "order": ("订单号",),
        "title": ("商品名称",),
        "code": ("货号",),
        "style": ("商品ID",),
        "quantity": ("订购数量",),
        "price": ("京东价",),
        "settled": ("结算金额",),
        "balance": ("余额支付",),
        "due": ("应付金额",),
        "freight": ("运费金额",),
        "status": ("订单状态",),
        "placed": ("下单时间",),
        "paid_at": ("付款确认时间",),
        "method": ("支付方式",),
        "buyer": ("下单帐号",),
        "recipient": ("客户姓名",),
        "mobile": ("联系电话",),
        "address": ("客户地址",),
        "note": ("订单备注",),
    },
    Layout.WHOLESALE: {
        "order": ("订单编号", "订单号"),
        "title": ("货品标题",),
        "spec": ("规格",),
        "code": ("单品货号", "货号"),
        "quantity": ("数量",),
        "price": ("单品金额", "单价(元)"),
        "freight": ("运费", "运费(元)"),
        "paid": ("实付款", "实付款(元)"),
        "status": ("订单状态",),
        "after_sale": ("退款状态",),
        "placed": ("下单时间", "订单创建时间"),
        "paid_at": ("订单付款时间",),
        "buyer": ("买家",),
        "recipient": ("收货人姓名",),
        "mobile": ("联系手机",),
        "address": ("收货地址",),
        "note": ("买家留言",),
    },
}
_KEYS: dict[Layout, Sequence[str]] = {
    Layout.TAOBAO: ("order", "item"),
    Layout.DOUYIN: ("order", "item"),
    Layout.PINDUODUO: ("order",),
    Layout.JD: ("order", "style", "title", "price"),
    Layout.WHOLESALE: ("order", "title", "spec", "price"),
}
_TITLES = {
    Layout.TAOBAO: mark("Orders of Taobao and Tmall: the order file or the item file"),
    Layout.DOUYIN: mark("Orders of Douyin"),
    Layout.PINDUODUO: mark("Orders of Pinduoduo"),
    Layout.JD: mark("Orders of JD.com"),
    Layout.WHOLESALE: mark("Orders of 1688"),
}
_CODES = {Layout.WHOLESALE: "wholesale"}


def _parser(layout: Layout) -> Callable[[Mapping[str, str]], StatedRow]:
    return lambda cells: read_row(layout, cells)


def _importer(layout: Layout) -> Importer:
    columns = [
        Column(name, *_FIELDS[name], aliases, required=name in ("order", "status"))
        for name, aliases in _LAYOUTS[layout].items()
    ]
    return Importer(
        code=f"orders.platform_{_CODES.get(layout, layout.value)}",
        title=_TITLES[layout],
        permission=PERMISSION,
        columns=columns,
        parse=_parser(layout),
        run=import_orders,
        sop="O1",
        key=_KEYS[layout],
        group=("order",),
        together=True,
        by_shop=True,
    )


class MappingCells(RowInput):
    code: Annotated[str, Line(120)]
    sku: Annotated[str, Line(60)]


_mapping = reader(MappingCells)


def _read_mapping(cells: Mapping[str, str]) -> Mapped:
    found = _mapping(cells)
    return Mapped(found.code, found.sku)


MAPPINGS = Importer(
    code="orders.sku_mappings",
    title=mark("Merchant codes and their SKUs"),
    permission=MAP,
    columns=(
        Column("code", mark("Merchant code"), "HOT-01", ("商家编码", "平台编码"), required=True),
        Column("sku", mark("SKU"), "TS-RED-M", ("SKU编码", "系统编码"), required=True),
    ),
    parse=_read_mapping,
    run=import_mappings,
    sop="O2",
    key=("code",),
    by_shop=True,
)
IMPORTERS = (*(_importer(layout) for layout in Layout), MAPPINGS)
