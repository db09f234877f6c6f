"""One row of a platform's file, read by the fields that all layouts share. SOP: O1"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from opsdesk.common.errors import DomainError, Issue, Malformed
from opsdesk.common.text import mark
from orders.enums.platforms import GoingBack, Layout, Stage
from orders.rules.platforms import cells as read
from orders.rules.platforms.words import going_back, stage_of

AMOUNTS = frozenset(
    {"price", "line_due", "goods", "due", "freight", "paid", "settled", "balance", "refund"}
    | {"platform_discount", "shop_discount", "talent_discount"}
)
MOMENTS = frozenset({"placed", "paid_at", "promised"})
LIMITS = {"order": 100, "item": 500, "code": 120, "title": 500, "spec": 300, "recipient": 80, "buyer": 100, "note": 1000}
MOST_TEXT = 300
TOO_LONG = mark("At most %(limit)s characters.")
NEEDED = mark("The field is required.")
JOINED = (";", "；")


@dataclass(frozen=True)
class StatedRow:
    """What one row says. `cells` are kept, so that the row can wait and be read again."""

    layout: str
    order: str
    cells: Mapping[str, str]
    texts: Mapping[str, str]
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    moments: Mapping[str, datetime] = field(default_factory=dict)
    quantity: int | None = None
    stage: Stage | None = None
    back: GoingBack = GoingBack.NONE

    def text(self, *names: str) -> str:
        """The first of these fields that is filled."""
        return next((self.texts[name] for name in names if self.texts.get(name)), "")

    @property
    def is_goods(self) -> bool:
        """True for a row that names goods; the order file of Taobao has none."""
        return self.layout != Layout.TAOBAO or "item" in self.texts

    @property
    def code(self) -> str:
        """What the shop calls the goods on the platform; where it has given them no code, their title and specification."""
        titled = " ".join(filter(None, (self.text("product_code", "title"), self.text("spec"))))
        return self.text("code", "style") or titled[: LIMITS["code"]]

    @property
    def is_joined(self) -> bool:
        """Several goods in one row, of which only the total of pieces is known."""
        return self.layout == Layout.DOUYIN and any(sign in self.text("item") or sign in self.code for sign in JOINED)

    @property
    def codes(self) -> list[str]:
        """The merchant codes that the row names; more than one in a row of joined goods."""
        text = self.code
        for sign in JOINED:
            text = text.replace(sign, JOINED[0])
        return [part.strip() for part in text.split(JOINED[0]) if part.strip()] if self.is_joined else [self.code]


def read_row(layout: str, cells: Mapping[str, str]) -> StatedRow:
    """Raises: Malformed, with everything that is wrong with the row."""
    row = _Reading()
    texts = {name: row.one(name, read.clean, cell) or "" for name, cell in cells.items()}
    texts = {name: text for name, text in texts.items() if text}
    amounts = {name: row.one(name, read.amount, text) for name, text in texts.items() if name in AMOUNTS}
    moments = {name: row.one(name, read.moment, text) for name, text in texts.items() if name in MOMENTS}
    quantity = row.one("quantity", read.count, texts["quantity"]) if "quantity" in texts else None
    stage, back = row.stage(layout, texts)
    for name, text in texts.items():
        if name not in AMOUNTS | MOMENTS and len(text) > LIMITS.get(name, MOST_TEXT):
            row.issues.append(Issue(f"/{name}", "too_long", TOO_LONG, {"limit": LIMITS.get(name, MOST_TEXT)}))
    if "order" not in texts and not row.blames("order"):
        row.issues.append(Issue("/order", "required", NEEDED))
    if row.issues:
        raise Malformed(mark("The row has errors."), code=row.issues[0].code, issues=row.issues)
    return StatedRow(layout, texts["order"], dict(cells), texts, amounts, moments, quantity, stage, back)


class _Reading:
    """Collects what is wrong instead of stopping at the first of it."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def one(self, name: str, reading: Callable[[str], Any], text: str) -> Any:
        try:
            return reading(text)
        except DomainError as refusal:
            self.issues.append(Issue(f"/{name}", refusal.error_code, refusal.message_id, refusal.params))
            return None

    def blames(self, name: str) -> bool:
        return any(issue.pointer == f"/{name}" for issue in self.issues)

    def stage(self, layout: str, texts: Mapping[str, str]) -> tuple[Stage | None, GoingBack]:
        stage, back = None, GoingBack.NONE
        if "status" in texts:
            stage, back = self.one("status", lambda word: stage_of(layout, word), texts["status"]) or (None, back)
        if "after_sale" in texts:
            back = self.one("after_sale", going_back, texts["after_sale"]) or back
        return stage, back
