"""How the platforms' batch-ship tables look, and what the platforms call the carriers. SOP: O12

The titles are those under which the platforms' own exports name the same columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.shops.enums import Platform
from orders.enums.fulfilment import CarrierCode
from orders.enums.platforms import Layout

_GB = "gb18030"  # what Taobao's seller tools read and write


@dataclass(frozen=True)
class ShippingLayout:
    """The titles of order number, carrier and tracking number, in the table's order; a csv has an encoding, else it is xlsx."""

    titles: Sequence[str]
    encoding: str = ""

    @property
    def ending(self) -> str:
        return "csv" if self.encoding else "xlsx"


LAYOUTS: Mapping[Layout, ShippingLayout] = {
    Layout.TAOBAO: ShippingLayout(("订单编号", "物流公司", "物流单号"), _GB),
    Layout.DOUYIN: ShippingLayout(("主订单编号", "快递公司", "快递单号")),
    Layout.PINDUODUO: ShippingLayout(("订单号", "快递公司", "快递单号")),
    Layout.JD: ShippingLayout(("订单号", "物流公司", "运单号")),
    Layout.WHOLESALE: ShippingLayout(("订单号", "物流公司", "运单号")),
}
_OF_PLATFORM: Mapping[str, Layout] = {
    Platform.TMALL: Layout.TAOBAO,
    Platform.TAOBAO: Layout.TAOBAO,
    Platform.DOUYIN: Layout.DOUYIN,
    Platform.PINDUODUO: Layout.PINDUODUO,
    Platform.JD: Layout.JD,
    Platform.WHOLESALE: Layout.WHOLESALE,
}
_COMMON: Mapping[str, str] = {
    CarrierCode.SF: "顺丰速运",
    CarrierCode.ZTO: "中通快递",
    CarrierCode.YTO: "圆通速递",
    CarrierCode.STO: "申通快递",
    CarrierCode.YUNDA: "韵达快递",
    CarrierCode.EMS: "EMS",
    CarrierCode.JD: "京东快递",
    CarrierCode.JTEXPRESS: "极兔速递",
    CarrierCode.DEPPON: "德邦快递",
    CarrierCode.CHINA_POST: "邮政快递包裹",
}


def layout_of(platform: str) -> Layout | None:
    """The batch-ship table of a shop's platform; the company's own storefront has none."""
    return _OF_PLATFORM.get(platform)


def called(carrier: str, own: Mapping[str, str]) -> str:
    """What the platform calls the carrier of this code: as staff have written down, else as is common; empty: unknown."""
    return own.get(carrier) or _COMMON.get(carrier, "")


EXPORT_STEPS = Lifecycle(Transition("again", {""}, None, permission="orders.export_shipping", sop="O12"))
