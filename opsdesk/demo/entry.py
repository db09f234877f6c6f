"""The demo company's forms of categories, and drafts at which the automatic check has something to say."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.enums.entry import AttributeKind
from catalog.enums.listings import ImageKind, ReviewReason
from catalog.queries.entry.vocabulary import path_of
from catalog.queries.listings import first_waivable, hash_of
from catalog.services import judgement
from catalog.services.drafts import ImageContent, ListingContent, SkuContent, create_draft
from catalog.services.entry.forms import AttributeRules, add_attribute
from catalog.services.entry.labels import add_commitment, add_tag
from catalog.services.entry.waivers import waive_finding
from opsdesk.accounts.models import User
from opsdesk.accounts.queries import staff_actor
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict

_NUMBER, _CHOICE = AttributeKind.NUMBER, AttributeKind.CHOICE
FORMS: tuple[tuple[str, str, AttributeRules], ...] = (  # category, field, how it is filled in
    *((code, "材质", AttributeRules(is_required=True, rank=1)) for code in ("kitchen", "textile", "living")),
    *((code, "产地", AttributeRules(is_required=True, rank=2)) for code in ("kitchen", "textile", "living")),
    ("thermos", "容量", AttributeRules(_NUMBER, unit="ml", rank=3)),
    ("thermos", "内胆", AttributeRules(_CHOICE, choices=("304不锈钢", "316不锈钢", "陶瓷"), rank=4)),
    ("thermos", "保温时长", AttributeRules(_NUMBER, unit="小时", help_text="95℃热水，室温20℃", rank=5)),
)
CUP = ListingContent(
    title="晨光便携车载大容量316不锈钢男女通用学生保温杯",
    core_keyword="保温杯",
    category="thermos",
    brand="晨光",
    model_no="CG-B500",
    spec={"材质": "不锈钢", "产地": "浙江永康", "容量": "500", "内胆": "316不锈钢", "保温时长": "12"},
    selling_points=("双层真空，长效保温", "一键开盖，单手可用"),
    use_scenarios=("办公", "车载", "户外"),
    usage="首次使用前请用温水清洗。",
    precautions="请勿放入微波炉、冰箱冷冻室。",
    detail="杯身轻巧，杯口圆润，送礼自用皆宜。",
    tags=("新品", "送礼"),
    commitments=("7天无理由退换", "包邮"),
    images=(ImageContent("https://img.example.com/ent-001.jpg", ImageKind.MAIN, 800, 800),),
)
OVERDUE = timedelta(hours=30)


def make_forms(*, now: datetime) -> None:
    """What listings of each category are asked for, a tag and a promise of the company's own."""
    for code, name, rules in FORMS:
        add_attribute(category_id=path_of(code)[-1].pk, name=name, rules=rules, actor=SYSTEM, now=now)
    add_tag(code="gift", label="送礼", actor=SYSTEM, now=now)
    add_commitment(code="gift-wrap", label="免费礼盒包装", text="下单备注即可免费更换礼盒。", actor=SYSTEM, now=now)


def make_drafts(*, shops: list[str], now: datetime) -> None:
    """Drafts that are incomplete, full of claims, like another one, waived and overdue, and one that was rejected."""
    desk, began = _actor(Role.PRODUCT_SPECIALIST), now - OVERDUE
    cup = replace(CUP, shops=tuple(shops))
    plan = {
        "ENT-001": replace(cup, skus=_sku("ENT-001", "6901234567892")),
        "ENT-002": ListingContent(title="北欧风保温杯", core_keyword="保温杯", category="thermos", shops=tuple(shops)),
        "ENT-003": _variant(cup, "ENT-003", title="全网销量第一！最好的保温杯", detail="喝温水可治疗关节炎，七天见效。"),
        "ENT-004": _variant(cup, "ENT-004", title=cup.title + " 新款"),
        "ENT-005": _variant(cup, "ENT-005", title="晨光商务礼盒保温杯", detail="今年最新配色，礼盒包装。"),
        "ENT-006": _variant(cup, "ENT-006", title="晨光迷你口袋保温杯", tags=("爆款",), commitments=("终身保修",)),
        "ENT-007": _variant(cup, "ENT-007", title="晨光运动直饮保温杯"),
    }
    made = {code: create_draft(code=code, content=content, actor=desk, now=began).revision.pk for code, content in plan.items()}
    _waive(made["ENT-005"], "新配色有上市日期佐证", began)
    for code in ("ENT-005", "ENT-007"):
        judgement.submit(revision_id=made[code], actor=desk, now=began)
    verdict = Verdict(ReviewState.REJECTED, hash_of(made["ENT-007"]), [ReviewReason.DUPLICATE])
    supervisor = _actor(Role.PRODUCT_SUPERVISOR)
    judgement.decide(revision_id=made["ENT-007"], stage="material", verdict=verdict, actor=supervisor, now=began)


def _variant(cup: ListingContent, code: str, **changes: object) -> ListingContent:
    named: dict[str, object] = {"skus": _sku(code), **changes}
    return replace(cup, **named)  # type: ignore[arg-type]


def _sku(code: str, barcode: str = "") -> tuple[SkuContent, ...]:
    return (SkuContent(f"{code}-W", Decimal("99.00"), Decimal("45.00"), barcode=barcode, options={"颜色": "米白"}),)


def _waive(revision_id: int, reason: str, now: datetime) -> None:
    issue_id = first_waivable(revision_id)
    seen = hash_of(revision_id)
    supervisor = _actor(Role.PRODUCT_SUPERVISOR)
    waive_finding(revision_id=revision_id, issue_id=issue_id, seen_hash=seen, reason=reason, actor=supervisor, now=now)


def _actor(role: Role) -> Actor:
    return staff_actor(User.objects.get(username=role.value))
