"""The demo company's people and shops. All names are made up."""

from datetime import datetime, timedelta
from random import Random

from catalog.queries.prices.categories import category_ids
from catalog.queries.range import range_of
from catalog.queries.stock import warehouses_by_code
from catalog.services.setup import create_warehouse, serve_shop
from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from opsdesk.accounts.services import create_user
from opsdesk.common.actors import SYSTEM
from opsdesk.demo import (
    bot,
    carriers,
    counting,
    delisting,
    entry,
    finance,
    fulfilment,
    goods,
    handovers,
    images,
    inbound,
    intake,
    knowledge,
    later,
    listings,
    manual,
    orders,
    pages,
    parcels,
    platforms,
    prices,
    quality,
    returns,
    reviews,
    selection,
    sla,
    statistics,
    surveys,
    tickets,
    tone,
    tracking,
    voice,
)
from opsdesk.duties.services import run_at
from opsdesk.shops.enums import Platform
from opsdesk.shops.models import Shop
from opsdesk.shops.services import create_shop

SEED = 20260601
OPENED = timedelta(days=80)  # how long ago the range went on sale
DUTIES = (  # what the schedule would have done by now
    "orders.run_check_round",
    "orders.report_overdue",
    "orders.scan_stalled_shipments",
    "orders.scan_unconfirmed",
    "orders.report_late_returns",
    "orders.expire_reservations",
    "catalog.scan_thresholds",
    "catalog.make_thumbnails",
    "catalog.keep_stock_months",
    "catalog.scan_slow_stock",
    "catalog.scan_supplier_documents",
)
LATER_DUTIES = ("catalog.propose_delisting", "catalog.scan_expiry", "catalog.scan_late_purchases")
DEMO_SHOP = "tmall-01"
SHOPS = ((DEMO_SHOP, "晨光家居旗舰店", Platform.TMALL), ("douyin-01", "晨光家居抖音小店", Platform.DOUYIN))
WAREHOUSES = (("sz-01", "深圳仓", "华南"), ("hz-01", "杭州仓", "华东"))


def make_shops(*, now: datetime) -> None:
    """Two shops, served by two warehouses."""
    for code, name, platform in SHOPS:
        create_shop(code=code, name=name, platform=platform, actor=SYSTEM, now=now)
    for rank, (code, name, region) in enumerate(WAREHOUSES, start=1):
        warehouse = create_warehouse(code=code, name=name, region=region, actor=SYSTEM, now=now)
        for shop in Shop.objects.filter(code__in=[code for code, *_ in SHOPS]):
            serve_shop(shop=shop, warehouse=warehouse, rank=rank, actor=SYSTEM, now=now)


def make_people(*, password: str, now: datetime) -> None:
    """One user of every role, and a second one where two people must agree."""
    for role in Role:
        create_user(username=role.value, password=password, roles=[role], all_shops=True, actor=SYSTEM, now=now)
    for role in (Role.PRODUCT_SPECIALIST, Role.CUSTOMER_SERVICE):
        create_user(username=f"{role.value}_2", password=password, roles=[role], all_shops=True, actor=SYSTEM, now=now)


def make_business(*, now: datetime) -> None:
    """Goods, stock and orders, the same ones for the same day, and what the first round of duties makes of them."""
    chance = Random(SEED)
    shops = list(Shop.objects.filter(code__in=[code for code, *_ in SHOPS]).order_by("-code"))
    codes_of_shops = [shop.code for shop in shops]
    skus = goods.make_goods(shops=shops, chance=chance, now=now - OPENED)
    entry.make_forms(now=now - OPENED)
    places = warehouses_by_code([code for code, *_ in WAREHOUSES], SYSTEM)
    warehouses = [places[code] for code, *_ in WAREHOUSES]
    shelves = inbound.make_locations(warehouses=warehouses, now=now - OPENED)
    goods.stock_up(skus=skus, shelves=shelves, chance=chance, now=now)
    placed = orders.make_orders(shops=codes_of_shops, skus=skus, chance=chance, now=now)
    goods.run_short(skus=range_of([sku.code for sku in skus]), now=now)
    carriers.make_tables(skus=sorted(sku.code for sku in skus), since=(now - OPENED).date(), now=now)
    later.carry_on(placed, now=now)
    statistics.refresh()
    tracking.make_tracking(placed, now=now)
    carriers.make_choices(placed, now=now)
    intake.make_intake(placed, now=now)
    delisting.make_delisting(categories=goods.leaves(), shops=codes_of_shops, warehouse=warehouses[0], now=now)
    listings.make_listings(categories=goods.leaves(), shops=codes_of_shops, now=now)
    entry.make_drafts(shops=codes_of_shops, now=now)
    counting.make_stocktakes(warehouse=WAREHOUSES[0][0], skus=sorted(sku.code for sku in skus), now=now)
    quality.make_quality(categories=goods.leaves(), shops=codes_of_shops, now=now)
    pages.make_pages(shop_code=DEMO_SHOP, now=now)
    images.make_images(now=now)
    codes = [sku.code for sku in skus]
    selection.make_selection(shops=codes_of_shops, skus=codes, chance=chance, now=now)
    prices.make_prices(skus=codes, leaf=goods.leaves()[0][0], now=now)
    returns.make_returns(placed["completed"], warehouse_id=warehouses[0], now=now)
    fulfilment.make_fulfilment(
        placed["clean"],
        placed["picking"][0],
        warehouses=warehouses,
        skus=[sku.id for sku in skus],
        leaf=category_ids()[goods.leaves()[0][0]],
        now=now,
    )
    parcels.make_parcels(placed["packed"], now=now)
    for duty in DUTIES:
        run_at(name=duty, now=now)
    finance.make_finance(placed, now=now)
    platforms.make_platforms(placed, skus=codes, now=now)
    counting.decide_slow(now=now)
    inbound.Inbound(skus, warehouses, now).make()
    for duty in LATER_DUTIES:
        run_at(name=duty, now=now)
    manual.make_manual(placed, shop=DEMO_SHOP, skus=codes, now=now)
    knowledge.make_knowledge(now=now)
    tickets.make_tickets(placed, shop=DEMO_SHOP, now=now)
    handovers.make_handovers(now=now)
    sla.make_sla(shop=DEMO_SHOP, now=now)
    bot.make_bot(shop=DEMO_SHOP, now=now)
    reviews.make_reviews(placed, shop=DEMO_SHOP, now=now)
    surveys.make_surveys(shop=DEMO_SHOP, now=now)
    voice.make_voice(shop=DEMO_SHOP, now=now)
    tone.make_tone(shop=DEMO_SHOP, now=now)
    run_at(name="support.sweep_clocks", now=now)


def demo_users() -> list[User]:
    """The demo company's people, by the order of the roles."""
    names = [role.value for role in Role]
    users = User.objects.filter(is_active=True, is_superuser=False).prefetch_related("groups").order_by("id")
    return [user for user in users if user.username.removesuffix("_2") in names]
