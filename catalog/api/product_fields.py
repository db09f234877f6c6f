"""The fields of what the calls on products and drafts answer."""

from datetime import datetime

from opsdesk.doors.api.fields import Money, Output


class ProductSkuOutput(Output):
    sku: str
    barcode: str
    options: dict[str, str]
    price: Money | None
    discount_price: Money | None
    member_price: Money | None
    available: int


class ImageOutput(Output):
    url: str
    kind: str
    width: int | None
    height: int | None


class ProductRevisionOutput(Output):
    """The revision that is shown: the live one, else the newest; what it changed and why, where it was an update."""

    id: str
    no: int
    state: str
    change_kinds: list[str]
    change_reason: str


class ProductOutput(Output):
    id: str
    code: str
    title: str
    category: list[str]
    category_names: list[str]
    tags: list[str]
    commitments: list[str]
    skus: list[ProductSkuOutput]
    images: list[ImageOutput]
    shops: list[str]
    revision: ProductRevisionOutput | None
    status: str
    created_at: datetime
    updated_at: datetime
    version: int


class DraftSkuOutput(Output):
    sku: str
    barcode: str
    options: dict[str, str]
    cost: Money | None
    price: Money | None
    discount_price: Money | None
    member_price: Money | None
    competitor_price: Money | None
    alert_threshold: int | None


class IssueOutput(Output):
    code: str
    severity: str
    pointer: str
    message: str


class CompletenessOutput(Output):
    """The share of what the category's form asks for that is there, and the pointers of what is not."""

    percent: int
    missing: list[str]


class DraftOutput(Output):
    """A revision of a listing with all that is wrong with it. A dry run has no id, product and number."""

    id: str | None
    product: str | None
    code: str
    no: int | None
    state: str
    title: str
    core_keyword: str
    category: list[str]
    supplier: str
    brand: str
    model_no: str
    spec: dict[str, str]
    selling_points: list[str]
    use_scenarios: list[str]
    usage: str
    precautions: str
    detail: str
    tags: list[str]
    commitments: list[str]
    shops: list[str]
    images: list[ImageOutput]
    skus: list[DraftSkuOutput]
    change_kinds: list[str]
    change_reason: str
    content_hash: str
    issues: list[IssueOutput]
    completeness: CompletenessOutput
    allowed_transitions: list[str]
    version: int | None
