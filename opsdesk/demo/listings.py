"""The demo company's listings under way: new products at every stage between the first draft and the shop window."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.enums.listings import DelistReason, ImageKind, ReviewReason
from catalog.queries.listings import hash_of
from catalog.services import judgement, publishing
from catalog.services.drafts import ImageContent, ListingContent, SkuContent, create_draft
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import Actor
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict

_HOUR = timedelta(hours=1)
YES = ReviewState.APPROVED


@dataclass(frozen=True)
class Desk:
    """Who writes, who reviews the material, who releases."""

    writer: Actor
    reviewer: Actor
    releaser: Actor


Step = Callable[[int, Desk, datetime], object]


def _submit(pk: int, desk: Desk, now: datetime) -> object:
    return judgement.submit(revision_id=pk, actor=desk.writer, now=now)


def _judge(stage: str, state: ReviewState, *reasons: str) -> Step:
    def step(pk: int, desk: Desk, now: datetime) -> object:
        actor = desk.reviewer if stage == "material" else desk.releaser
        verdict = Verdict(state, hash_of(pk), reasons)
        return judgement.decide(revision_id=pk, stage=stage, verdict=verdict, actor=actor, now=now)

    return step


def _publish(pk: int, desk: Desk, now: datetime) -> object:
    return publishing.publish(revision_id=pk, actor=desk.writer, now=now)


def _delist(pk: int, desk: Desk, now: datetime) -> object:
    return publishing.delist(revision_id=pk, reason=DelistReason.SLOW_MOVING, actor=desk.writer, now=now)


_RELEASED = (_submit, _judge("material", YES), _judge("final", YES))
PLAN: tuple[tuple[str, int, tuple[Step, ...]], ...] = (  # what the products are called, how many, how far they have come
    ("草稿", 4, ()),
    ("待资料审核", 4, (_submit,)),
    ("待上架审核", 3, (_submit, _judge("material", YES))),
    ("退回修改", 2, (_submit, _judge("material", ReviewState.RETURNED, ReviewReason.IMAGES))),
    ("已驳回", 1, (_submit, _judge("material", ReviewState.REJECTED, ReviewReason.DUPLICATE))),
    ("待发布", 2, _RELEASED),
    ("刚上架", 3, (*_RELEASED, _publish)),
    ("已下架", 1, (*_RELEASED, _publish, _delist)),
)


def make_listings(*, categories: list[tuple[str, str]], shops: list[str], now: datetime) -> int:
    """Write the planned listings and carry each as far as its plan says; returns how many there are."""
    desk = Desk(_actor(Role.PRODUCT_SPECIALIST), _actor(Role.PRODUCT_SUPERVISOR), _actor(Role.OPERATIONS_SUPERVISOR))
    number = 0
    for _stage, count, steps in PLAN:
        for _ in range(count):
            number += 1
            category, name = categories[number % len(categories)]
            began = now - (len(steps) + 1) * _HOUR
            content = content_of(number, category, name, shops)
            revision = create_draft(code=f"NEW-{number:03d}", content=content, actor=desk.writer, now=began).revision
            for hours, step in enumerate(steps, start=1):
                step(revision.pk, desk, began + hours * _HOUR)
    return number


def make_live(*, number: int, category: str, name: str, shops: list[str], at: datetime, supplier: str = "") -> int:
    """Write one listing and put it on sale, all at one moment; returns its key."""
    content = replace(content_of(number, category, name, shops), supplier=supplier)
    writer = _actor(Role.PRODUCT_SPECIALIST)
    return put_on_sale(create_draft(code=f"NEW-{number:03d}", content=content, actor=writer, now=at).revision.pk, at)


def put_on_sale(revision_id: int, at: datetime) -> int:
    """Carry a draft through both reviews into the shop, all at one moment."""
    desk = Desk(_actor(Role.PRODUCT_SPECIALIST), _actor(Role.PRODUCT_SUPERVISOR), _actor(Role.OPERATIONS_SUPERVISOR))
    for step in (*_RELEASED, _publish):
        step(revision_id, desk, at)
    return revision_id


def content_of(number: int, category: str, name: str, shops: list[str]) -> ListingContent:
    """What the listing of a product says."""
    cost = Decimal(20 + number)
    return ListingContent(
        title=f"晨光 {name} 新品 第{number}款",
        core_keyword=name,
        category=category,
        brand="晨光",
        model_no=f"CG-N{number:03d}",
        spec={"材质": "环保材料", "产地": "浙江"},
        selling_points=("做工细致", "耐用易打理"),
        use_scenarios=("居家", "送礼"),
        usage="首次使用前请先清洁。",
        precautions="请避免高温暴晒。",
        detail="精选材料，细节到位，适合日常使用。",
        tags=("新品",),
        commitments=("7天无理由退换", "包邮"),
        shops=tuple(shops),
        images=(ImageContent(f"https://img.example.com/new-{number:03d}.jpg", ImageKind.MAIN, 800, 800),),
        skus=(SkuContent(f"NEW-{number:03d}-W", price=cost * 2, cost=cost, options={"颜色": "米白"}),),
    )


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
