"""The demo company's images and briefs: pictures drawn on the spot, briefs in every state, one overdue, one sent back."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from PIL import Image, ImageDraw

from catalog.enums.listings import ImageKind
from catalog.enums.media import BriefSubject
from catalog.queries.media.standards import standards
from catalog.queries.media.usage import writable_listings
from catalog.services.media import briefs
from catalog.services.media.assets import Upload, upload
from catalog.services.media.briefs import Wish
from catalog.services.media.placing import address, place_on_listing
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor

SIDE = 800  # pixels
ORIGIN = "http://127.0.0.1"
_HOUR = timedelta(hours=1)
_COLOURS = ((178, 58, 46), (44, 92, 140), (58, 122, 88), (196, 148, 52), (106, 76, 140), (70, 74, 82))
PICTURES = ("保温杯", "台灯", "收纳盒", "浴巾", "花瓶", "挂钟", "抱枕", "餐盘", "香薰", "衣架")
PLAN = (  # title, hours until due, how far it has come
    ("双十二会场 主视觉", 48, "open"),
    ("台灯 详情图", -3, "in_work"),
    ("保温杯 主图", 24, "delivered"),
    ("浴巾 主图", 6, "sent_back"),
    ("收纳盒 主图", -20, "accepted"),
    ("年货节 首页横幅", 72, "cancelled"),
)


def make_images(*, now: datetime) -> None:
    """Draw the pictures, put some on listings, and carry each brief as far as the plan says."""
    designer, asker = _person(Role.DESIGNER), _person(Role.PRODUCT_SPECIALIST)
    chance = Random(6)
    place = standards().get(platform="tmall", place="main")
    drafts = list(writable_listings(asker).filter(state="draft")[:3])
    for number, name in enumerate(PICTURES):
        file = Upload(f"{name}.png", _picture(number, chance), name, ("主图", "家居"))
        asset = upload(upload=file, standard_id=place.pk, actor=designer, now=now - 30 * _HOUR).asset
        if number < len(drafts):
            listing, kind = drafts[number].public_id, ImageKind.MAIN
            place_on_listing(asset_id=asset.pk, listing=listing, kind=kind, origin=ORIGIN, actor=asker, now=now)
    for number, (title, hours, stage) in enumerate(PLAN):
        main = title.endswith("主图")
        wish = Wish(
            title=title,
            subject=BriefSubject.PRODUCT if main else BriefSubject.PAGE,
            standard_id=place.pk if main else standards().get(platform="own", place="page").pk,
            text="白底，主体居中，不带文字。" if main else "主色用品牌红，留出标题位置。",
            due_by=now + hours * _HOUR,
            product=drafts[0].product.code if main else "",
            reference="" if main else "店铺首页",
        )
        _carry(number, wish, stage, designer, asker, now - 28 * _HOUR)


def make_banner(name: str, title: str, *, actor: Actor, now: datetime) -> str:
    """Draw the banner of a page and take it into the library; returns its address."""
    file = Upload(f"{name}.jpg", _wide(sum(name.encode())), f"{title} 横幅", ("横幅",))
    standard = standards().get(platform="own", place="page")
    return address(upload(upload=file, standard_id=standard.pk, actor=actor, now=now).asset, ORIGIN)


def _carry(number: int, wish: Wish, stage: str, designer: Actor, asker: Actor, now: datetime) -> None:
    brief = briefs.ask(wish=wish, actor=asker, now=now)
    file = Upload("v1.png", _picture(20 + number, Random(number)), wish.title)
    steps: dict[str, Callable[[datetime], object]] = {
        "start": lambda at: briefs.start(brief_id=brief.pk, actor=designer, now=at),
        "deliver": lambda at: briefs.deliver(brief_id=brief.pk, file=file, asset="", note="第一版", actor=designer, now=at),
        "accept": lambda at: briefs.accept(brief_id=brief.pk, actor=asker, now=at),
        "send_back": lambda at: briefs.send_back(brief_id=brief.pk, reason="主体偏小，请放大。", actor=asker, now=at),
        "cancel": lambda at: briefs.cancel(brief_id=brief.pk, reason="活动取消", actor=asker, now=at),
        "comment": lambda at: briefs.comment(brief_id=brief.pk, text="请参考去年的主视觉。", actor=asker, now=at),
    }
    for hours, name in enumerate(_STEPS[stage], start=1):
        steps[name](now + hours * _HOUR)


_STEPS = {
    "open": ("comment",),
    "in_work": ("start",),
    "delivered": ("start", "deliver"),
    "sent_back": ("start", "deliver", "send_back"),
    "accepted": ("start", "deliver", "accept"),
    "cancelled": ("cancel",),
}


def _picture(number: int, chance: Random) -> bytes:
    """A plain product on white: a body with stripes and a shadow line."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    draw = ImageDraw.Draw(picture)
    colour = _COLOURS[number % len(_COLOURS)]
    left, top = 150 + chance.randrange(80), 110 + chance.randrange(60)
    right, bottom = SIDE - left, SIDE - 120
    draw.rounded_rectangle((left, top, right, bottom), radius=20 + number * 7 % 90, fill=colour)
    for stripe in range(3 + number % 7):
        height = top + 60 + stripe * 62
        shade = tuple(min(255, part + 40 + stripe * 9) for part in colour)
        draw.rectangle((left, height, right, height + 24), fill=shade)
    draw.ellipse((right - 10, top + 120, right + 90, top + 300), outline=colour, width=22 + number % 9)
    draw.line((left, bottom + 6, right, bottom + 6), fill=(120, 120, 120), width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _wide(number: int) -> bytes:
    """A banner without words: coloured bands with circles."""
    chance, colour = Random(number), _COLOURS[number % len(_COLOURS)]
    picture = Image.new("RGB", (1500, 500), colour)
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        left, top, wide = chance.randrange(1400), chance.randrange(420), chance.randrange(60, 240)
        shade = tuple(min(255, part + chance.randrange(20, 110)) for part in colour)
        draw.ellipse((left, top, left + wide, top + wide), fill=shade, outline="white", width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _person(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
