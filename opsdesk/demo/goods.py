"""The demo company's range: a tree of three levels and 300 SKUs, with stock in lots. All of it is made up."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from stdnum import ean

from catalog.enums.stock import MovementReason
from catalog.queries.range import SkuFacts, range_of
from catalog.services.setup import category_path
from catalog.services.stock import Booking, LotFacts, book
from catalog.services.takeover import Goods, GoodsSku, take_over_products
from opsdesk.common.actors import SYSTEM
from opsdesk.shops.models import Shop

_Name = tuple[str, str]  # code and name
TREE: dict[_Name, dict[_Name, tuple[_Name, ...]]] = {
    ("kitchen", "厨房餐饮"): {
        ("cups", "水具杯壶"): (("thermos", "保温杯"), ("mug", "马克杯"), ("kettle", "养生壶"), ("tea-set", "茶具套装")),
        ("storage", "厨房收纳"): (("jar", "密封罐"), ("spice-rack", "调料架"), ("lunch-box", "饭盒"), ("fresh-box", "保鲜盒")),
    },
    ("textile", "家纺布艺"): {
        ("bedding", "床上用品"): (("sheet-set", "四件套"), ("pillow", "枕头"), ("quilt", "被子"), ("blanket", "毛毯")),
        ("bath", "卫浴织物"): (("towel", "毛巾"), ("bath-mat", "浴室地垫"), ("bathrobe", "浴袍")),
    },
    ("living", "家居日用"): {
        ("tidy", "收纳整理"): (("storage-box", "收纳箱"), ("hanger", "衣架"), ("shoe-rack", "鞋架"), ("vacuum-bag", "压缩袋")),
        ("light", "灯具照明"): (("desk-lamp", "台灯"), ("night-light", "小夜灯"), ("floor-lamp", "落地灯")),
        ("clean", "清洁用具"): (("mop", "拖把"), ("bin", "垃圾桶"), ("brush", "清洁刷")),
    },
}
STYLES = ("简约", "北欧", "日式", "复古")
MATERIALS = ("环保", "加厚", "轻奢", "便携")
COLOURS = (("W", "米白"), ("G", "雾绿"), ("B", "雾蓝"))
LOTS = (timedelta(days=75), timedelta(days=40), timedelta(days=12))  # how long ago goods came in
SHORT = 12  # SKUs that are left with fewer pieces than the alert threshold
NEARLY_GONE = 9


def leaves() -> list[_Name]:
    """Code and name of every category of level 3."""
    return [leaf for level2 in TREE.values() for found in level2.values() for leaf in found]


def make_goods(*, shops: Sequence[Shop], chance: Random, now: datetime) -> list[SkuFacts]:
    """The tree, four products a leaf and three colours each: 300 SKUs on sale in both shops."""
    for level1, below in TREE.items():
        for level2, found in below.items():
            for leaf in found:
                category_path(path=[level1, level2, leaf], actor=SYSTEM, now=now)
    goods = [
        _product(number, leaf, style, chance) for number, (leaf, style) in enumerate((x, y) for x in leaves() for y in range(4))
    ]
    take_over_products(goods=goods, shops=shops, actor=SYSTEM, now=now)
    return range_of([sku.code for one in goods for sku in one.skus])


def stock_up(*, skus: Sequence[SkuFacts], shelves: Mapping[int, Sequence[int]], chance: Random, now: datetime) -> None:
    """Receive goods in three lots, most of them in the first warehouse; `shelves` are the locations by warehouse."""
    for number, ago in enumerate(LOTS, start=1):
        day = now - ago
        code = f"L{day:%Y%m%d}-{number}"
        bookings = [
            Booking(
                sku.id,
                place,
                chance.randint(60, 120) // rank,
                f"demo:{sku.code}:{place}:{number}",
                code,
                facts=LotFacts(code, location_id=shelves[place][(index + number) % len(shelves[place])]),
            )
            for index, sku in enumerate(skus)
            for rank, place in enumerate(shelves, start=1)
        ]
        reason = MovementReason.OPENING if number == 1 else MovementReason.RECEIPT
        book(bookings, reason=reason, actor=SYSTEM, now=day)


def run_short(*, skus: Sequence[SkuFacts], now: datetime) -> None:
    """Write the last SKUs down to a handful, so that purchasing has something to order."""
    bookings = []
    for number, sku in enumerate(skus[-SHORT:]):
        left = number % (NEARLY_GONE + 1)
        for place, available in sorted(sku.available.items()):
            keep, left = min(left, available), max(left - available, 0)
            if available > keep:
                bookings.append(Booking(sku.id, place, keep - available, f"demo:short:{sku.code}:{place}", "demo"))
    book(bookings, reason=MovementReason.ADJUSTMENT, actor=SYSTEM, now=now)


def _gtin(digits: str) -> str:
    """The digits with their check digit."""
    return digits + ean.calc_check_digit(digits)


def _product(number: int, leaf: tuple[str, str], style: int, chance: Random) -> Goods:
    code, name = leaf
    price = Decimal(chance.randrange(1900, 29900, 100)) / 100
    product = f"CG-{number + 1:03d}"
    skus = [
        GoodsSku(
            code=f"{product}-{letter}",
            price=price,
            cost=(price * Decimal("0.55")).quantize(Decimal("0.01")),
            discount_price=price - 5 if chance.random() < 0.3 else None,
            options={"颜色": colour},
            barcode=_gtin(f"690{number:07d}{index:02d}"),
        )
        for index, (letter, colour) in enumerate(COLOURS)
    ]
    return Goods(product, f"晨光{STYLES[style]}{MATERIALS[(number + style) % 4]}{name}", code, skus)
