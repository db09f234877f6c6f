"""Listings."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from catalog.api.draft_inputs import DraftInput
from catalog.models import ListingRevision
from catalog.queries.listing_facts import resolve_category
from catalog.services.drafts import create_draft
from catalog.services.judgement import decide, submit
from catalog.services.publishing import publish
from opsdesk.accounts.roles import Role
from opsdesk.common.actors import SYSTEM, Actor
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict
from tests.builders.accounts import an_actor
from tests.builders.catalog import a_category
from tests.builders.times import NOW

_serial = count(1)


def a_draft_body(code: str = "", **changes: Any) -> dict[str, Any]:
    """A complete draft of one SKU, as a supplier or an ERP system sends it."""
    number = next(_serial)
    body: dict[str, Any] = {
        "code": code or f"CUP-{number}",
        "title": f"晨光 保温杯 316不锈钢 第{number}款",
        "core_keyword": "保温杯",
        "category": a_category().code,
        "brand": "晨光",
        "model_no": f"CG-{number}",
        "spec": {"容量": "500ml", "材质": "316不锈钢"},
        "selling_points": ["双层真空", "一键开盖"],
        "use_scenarios": ["办公", "户外"],
        "usage": "首次使用前请用温水清洗。",
        "precautions": "请勿放入微波炉。",
        "detail": "容量适中，便于携带。",
        "images": [{"url": f"https://img.example.com/{number}.jpg", "kind": "main", "width": 800, "height": 800}],
        "commitments": ["7天无理由退换"],
        "tags": ["新品"],
        "change_kinds": ["other"],
        "change_reason": "文字更新",
        "skus": [{"sku": f"CUP-{number}-RED", "options": {"颜色": "红"}, "cost": "40.00", "price": "99.00"}],
    }
    return body | changes


def a_draft(actor: Actor | None = None, shops: Iterable[str] = ("tmall-01",), **changes: Any) -> ListingRevision:
    """A draft that a product specialist wrote, for these shops."""
    body = DraftInput.model_validate(a_draft_body(**changes) | {"shops": list(shops)})
    content = body.to_content(resolve_category, ())
    writer = actor or an_actor(Role.PRODUCT_SPECIALIST)
    return create_draft(code=body.code, content=content, update=body.update, actor=writer, now=NOW).revision


def a_submitted_listing(**changes: Any) -> ListingRevision:
    """A listing in material review."""
    return submit(revision_id=a_draft(**changes).pk, actor=SYSTEM, now=NOW)


def a_listing_in_final_review(**changes: Any) -> ListingRevision:
    """A listing whose material a product supervisor has passed."""
    return approve(a_submitted_listing(**changes), an_actor(Role.PRODUCT_SUPERVISOR))


def an_approved_listing(**changes: Any) -> ListingRevision:
    """A listing that two people have approved."""
    return approve(a_listing_in_final_review(**changes), an_actor(Role.OPERATIONS_SUPERVISOR))


def a_live_listing(**changes: Any) -> ListingRevision:
    """A listing that is on sale."""
    return publish(revision_id=an_approved_listing(**changes).pk, actor=SYSTEM, now=NOW)


def stage_of(revision: ListingRevision) -> str:
    """The stage that somebody who looks at the revision sees."""
    return "final" if revision.state == "final_review" else "material"


def approve(revision: ListingRevision, actor: Actor) -> ListingRevision:
    """Approve the stage that the listing is in."""
    verdict = Verdict(ReviewState.APPROVED, revision.content_hash)
    return decide(revision_id=revision.pk, stage=stage_of(revision), verdict=verdict, actor=actor, now=NOW)
