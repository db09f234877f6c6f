"""Writing and judging listings in the browser, in the test's own process."""

from typing import Any

from django.test import Client

from catalog.models import ListingRevision
from tests.builders import (
    a_category,
)
from tests.kit.browser_forms import rows

ADD = "/admin/catalog/listingrevision/add/"


def sheet(**changes: Any) -> dict[str, Any]:
    """The prescribed form, filled in."""
    filled = {
        "code": "CUP",
        "title": "晨光保温杯",
        "core_keyword": "保温杯",
        "category": a_category().code,
        "supplier": "",
        "brand": "晨光",
        "model_no": "CG-1",
        "spec": "容量：500ml\n材质: 316不锈钢",
        "selling_points": "双层真空\n一键开盖",
        "use_scenarios": "办公",
        "usage": "先清洗",
        "precautions": "勿入微波炉",
        "detail": "便携",
        "shops": ["tmall-01"],
        "tags": "新品",
        "commitments": "7天无理由退换",
        "change_kinds": ["style"],
        "change_reason": "新包装设计",
        **rows("skus", {"sku": "CUP-RED", "options": "颜色: 红; 尺码=M", "cost": "40", "price": "99.00"}, {"sku": ""}),
        **rows("images", {"url": "https://img.example.com/1.jpg", "kind": "main", "width": "800", "height": "800"}),
    }
    return filled | changes


def do(client: Client, revision: ListingRevision, command: str, **data: Any) -> Any:
    return client.post(f"/admin/catalog/listingrevision/{revision.pk}/do/{command}/", data | {"csrfmiddlewaretoken": "x"})


def judge(client: Client, revision: ListingRevision, verdict: str = "approve", **data: Any) -> Any:
    stage = "final" if state_of(revision) == "final_review" else "material"
    seen = {"seen_hash": revision.content_hash, "stage": stage, "verdict": verdict}
    return client.post(f"/admin/catalog/listingrevision/{revision.pk}/review/", seen | data)


def state_of(revision: ListingRevision) -> str:
    return ListingRevision.objects.values_list("state", flat=True).get(pk=revision.pk)
