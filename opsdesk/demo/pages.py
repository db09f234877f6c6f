"""The demo company's store pages: one live and due for a look, one in review, one returned, one waiting for its day."""

from datetime import datetime, timedelta

from catalog.queries.pages import hash_of, on_sale_in, open_look
from catalog.services.pages import judging, looking, swapping
from catalog.services.pages.writing import Block, create_page, write_version
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.demo import images
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict

_DAY = timedelta(days=1)
_TEXT = Block("text", heading="品质承诺", text="七天无理由退换，顺丰包邮。")
PAGES = (  # slug, kind, title, how far it has come
    ("home", "home", "店铺首页", "live"),
    ("about", "detail", "品牌故事", "overdue"),
    ("1212", "campaign", "双十二会场", "scheduled"),
    ("new-year", "campaign", "年货节会场", "in_review"),
    ("spring", "campaign", "春季上新", "returned"),
    ("summer", "campaign", "夏季清凉节", "draft"),
)


LOADED = {  # what loading the live ones took: one is too heavy
    "live": (3_600_000, 64, timedelta(seconds=2.4)),
    "overdue": (840_000, 22, timedelta(seconds=0.9)),
}


def make_pages(*, shop_code: str, now: datetime) -> None:
    """Write the pages, each as far as the plan says."""
    designer, supervisor = _person(Role.DESIGNER), _person(Role.OPERATIONS_SUPERVISOR)
    for slug, kind, title, stage in PAGES:
        at = now - 60 * _DAY if stage in ("live", "overdue") else now - _DAY
        address = f"https://{shop_code}.invalid/{slug}" if stage in ("live", "overdue") else ""
        page = create_page(shop_code=shop_code, kind=kind, slug=slug, title=title, address=address, actor=designer, now=at)
        image = images.make_banner(slug, title, actor=designer, now=at)
        blocks = [Block("banner", image=image, image_alt=title, link=f"/{slug}"), _sales(page.shop_id), _TEXT]
        version = write_version(page_id=page.pk, version=None, title=title, blocks=blocks, actor=designer, now=at)
        if stage != "draft":
            judging.submit(version_id=version.pk, actor=designer, now=at)
        if stage in ("live", "overdue", "scheduled"):
            _judge(version.pk, ReviewState.APPROVED, supervisor, at)
        if stage == "returned":
            _judge(version.pk, ReviewState.RETURNED, supervisor, at)
        if stage in ("live", "overdue"):
            swapping.publish(version_id=version.pk, actor=designer, now=at)
            size, requests, took = LOADED[stage]
            looking.record_measurement(
                page_id=page.pk, size=size, requests=requests, time=took, failure="", now=now - 10 * _DAY
            )
        if stage == "scheduled":
            swapping.schedule(version_id=version.pk, swap_at=now + 3 * _DAY, actor=designer, now=at)
    looking.open_reviews(now=now - 10 * _DAY)
    review = open_look("home")
    remarks = [looking.Remark("layout", "首屏商品太少")]
    looking.record_review(review_id=review, scores=looking.Scores(2, 4, 4), remarks=remarks, actor=designer, now=now - 9 * _DAY)


def _sales(shop_id: int) -> Block:
    wanted = on_sale_in(shop_id, [f"CG-{number:03d}" for number in range(1, 30)])
    return Block("products", heading="本周热卖", products=tuple(sorted(wanted)[:3]))


def _judge(version_id: int, state: ReviewState, actor: Actor, now: datetime) -> None:
    reasons = () if state == ReviewState.APPROVED else ("layout",)
    judging.decide(version_id=version_id, verdict=Verdict(state, hash_of(version_id), reasons), actor=actor, now=now)


def _person(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
