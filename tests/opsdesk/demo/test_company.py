"""The demo company is complete, consistent, and loaded once."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from catalog.enums.media import BriefState
from catalog.models import (
    AccuracyCheck,
    Category,
    DelistProposal,
    DesignBrief,
    ListingRevision,
    MarketResearch,
    MediaAsset,
    PostPublishCheck,
    PriceProposal,
    QualityAudit,
    QualityComplaint,
    SelectionLine,
    SelectionList,
    Sku,
    StockAlert,
    Suggestion,
)
from catalog.queries.invariants import unbalanced
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from orders.enums.fulfilment import RecallState
from orders.models import (
    CarrierCase,
    CheckRound,
    ContactTask,
    InvoiceRequest,
    ManualEntry,
    Order,
    OrderHold,
    OrderSplit,
    ParcelGroup,
    PickList,
    PlatformProblem,
    Refund,
    ReturnImprovement,
    ReviewInvitation,
    SatisfactionContact,
    SettlementBatch,
    ShortPick,
    StatementDifference,
    WarehousePush,
    WarehouseRecall,
)
from support.enums.care import CallState
from support.enums.surveys import SurveyState
from support.models import BotTalk, Broadcast, CallBack, ProductReview, Survey, SurveyPlan, ToneScore
from support.queries.surveys.figures import waves_of
from tests.kit.rows import row_counts


def test_the_demo_company_is_loaded_once_and_adds_up(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("sync_reference")
    monkeypatch.setenv("OPSDESK_DEMO_PASSWORD", "a dull password")

    call_command("load_demo")

    assert Order.objects.filter(entry=None).count() == 2000
    assert Sku.objects.filter(product__code__startswith="CG-").count() == 300
    assert Counter(ListingRevision.objects.values_list("state", flat=True)) == {
        "draft": 11,
        "material_review": 6,
        "final_review": 3,
        "changes_requested": 2,
        "rejected": 2,
        "approved": 2,
        "listed": 13,
        "archived": 2,
        "delisted": 3,
    }
    assert Counter(Category.objects.values_list("level", flat=True)) == {1: 3, 2: 7, 3: 25}
    statuses = Counter(Order.objects.filter(entry=None).values_list("status", flat=True))
    # of thirty orders the rules release those that a warehouse can serve
    assert statuses.pop("pending") + statuses.pop("processing") == 363
    assert statuses == {
        "completed": 1460,
        "ready_to_ship": 30,
        "shipped": 116,
        "cancelled": 31,
    }
    assert (CarrierCase.objects.count(), ContactTask.objects.count(), PickList.objects.count()) == (10, 7, 2)
    assert CheckRound.objects.count() == 2
    holds = open_holds()
    assert holds.pop("stock") > 0  # how many run short hangs on the hour at which a day's orders are cut
    assert holds.pop("other") > 0  # no warehouse serves their region
    assert holds == {"awaiting_payment": 45, "address": 10, "contact": 10, "customer_question": 1}
    assert states_of_the_clerks_desk() == {
        "entry": {"stands": 18, "awaiting": 2, "approved": 1, "rejected": 1, "withdrawn": 1},
        "group": {"accepted": 1, "refused": 1, "dissolved": 1, "shipped": 1},
        "split": {"accepted": 1, "refused": 1},
        "invoice": {"requested": 3, "issued": 1, "red_letter_due": 1, "red_lettered": 1, "cancelled": 1},
    }
    assert StockAlert.objects.count() >= 12
    assert states_of_selection() == {
        "list": {"draft": 2, "submitted": 1, "decided": 1, "closed": 1},
        "line": {"open": 5, "accepted": 2, "rejected": 1, "later": 1},
        "proposal": {"open": 1, "declined": 1, "accepted": 1},
        "research": {"open": 1, "done": 1},
    }
    assert Counter(DesignBrief.objects.values_list("state", flat=True)) == dict.fromkeys(BriefState.values, 1)
    assert Counter(MediaAsset.objects.values_list("thumbnails", flat=True)) == {"ready": 19}
    assert not unbalanced().exists()
    assert after_publication() == AFTER_PUBLICATION
    assert DelistProposal.objects.filter(state="open", due_at__lt=clock.now()).count() == 1
    assert ListingRevision.objects.get(product__code="NEW-206").delisted_at  # by the rule for what expires
    assert ListingRevision.objects.get(change_kinds=["packaging"]).state == "material_review"
    assert set(WarehousePush.objects.values_list("state", flat=True)) == {
        "confirmed", "rejected", "unanswered", "settled", "waiting", "withdrawn",
    }  # fmt: skip
    assert set(WarehouseRecall.objects.values_list("state", flat=True)) == set(RecallState.values)
    assert Counter(ShortPick.objects.values_list("state", flat=True)) == {"open": 2, "found": 1, "missing": 1}
    assert Counter(ReturnImprovement.objects.values_list("state", flat=True)) == {"open": 1, "watched": 1}
    assert finance_desk() == FINANCE_DESK
    problems = PlatformProblem.objects.values_list("kind", "state")
    assert Counter(problems) == {
        ("half", "open"): 1,
        ("half", "dropped"): 1,
        ("unmapped", "open"): 2,
        ("refused", "open"): 1,
        ("quantities", "open"): 1,
        ("late", "open"): 1,
        ("late", "solved"): 1,
    }
    assert PlatformProblem.objects.filter(state="open", due_at__lt=clock.now()).count() == 1
    assert SettlementBatch.objects.get(state="closed").goods > 0
    assert SatisfactionContact.objects.exists()  # a sample of ten in a hundred
    assert Counter(BotTalk.objects.values_list("state", "reason")) == {
        ("answered", ""): 1,
        ("talking", ""): 1,
        ("handed_over", "asked"): 1,
        ("handed_over", "unknown"): 1,
    }
    assert set(Survey.objects.values_list("state", flat=True)) == set(SurveyState.values)
    assert [wave.found.answered for wave in waves_of(SurveyPlan.objects.get(), SYSTEM)] == [7, 9]
    assert Counter(ProductReview.objects.values_list("state", flat=True)) == {"new": 4, "replied": 2}
    assert Counter(ToneScore.objects.values_list("state", flat=True)) == {"open": 3, "coaching": 1, "done": 3}
    assert ToneScore.objects.filter(state="open", due_at__lt=clock.now()).count() == 1
    assert ToneScore.objects.filter(state="done").exclude(advice="").count() == 1
    assert set(CallBack.objects.values_list("state", flat=True)) == set(CallState.values)
    assert Counter(Broadcast.objects.values_list("state", flat=True)) == {"sent": 2, "approved": 1, "draft": 1, "cancelled": 1}
    before = row_counts()
    call_command("load_demo")
    assert row_counts() == before


AFTER_PUBLICATION = {
    "checks": {"passed": 15, "failed": 1, "pending": 1},
    "audits": {"closed": 1, "open": 2},
    "accuracy": {"current": 4, "to_review": 8, "different": 1},
    "suggestions": {"measured": 1, "published": 1, "accepted": 1, "declined": 1, "open": 1},
    "delisting": {"accepted": 1, "declined": 1, "withdrawn": 1, "open": 4},
    "complaints": {"open": 2, "investigating": 1, "answered": 2, "closed": 1},
}


def after_publication() -> Any:
    models: dict[str, Any] = {
        "checks": PostPublishCheck.objects.exclude(state="cancelled"),
        "audits": QualityAudit.objects,
        "accuracy": AccuracyCheck.objects,
        "suggestions": Suggestion.objects,
        "delisting": DelistProposal.objects,
        "complaints": QualityComplaint.objects,
    }
    return {name: Counter(rows.values_list("state", flat=True)) for name, rows in models.items()}


FINANCE_DESK = {
    "settlements": {"open": 1, "checked": 1, "closed": 1},
    "differences": {"open": 2, "resolved": 2},
    "refunds": {"to_pay", "succeeded", "failed", "awaiting_approval", "cancelled"},
    "invitations": {"waiting", "sent"},
}


def finance_desk() -> Any:
    return {
        "settlements": Counter(SettlementBatch.objects.values_list("state", flat=True)),
        "differences": Counter(StatementDifference.objects.values_list("state", flat=True)),
        "refunds": set(Refund.objects.values_list("state", flat=True)),
        # whose invitation is withheld as well depends on which orders are in the sample, by their random ids
        "invitations": set(ReviewInvitation.objects.values_list("state", flat=True)) - {"withheld"},
    }


def states_of_the_clerks_desk() -> dict[str, dict[str, int]]:
    """Orders entered by hand, shared parcels, split orders and invoices."""
    models: dict[str, Any] = {"entry": ManualEntry, "group": ParcelGroup, "split": OrderSplit, "invoice": InvoiceRequest}
    return {name: dict(Counter(model._default_manager.values_list("state", flat=True))) for name, model in models.items()}


def open_holds() -> Any:
    return Counter(OrderHold.objects.filter(released_at=None, order__entry=None).values_list("code", flat=True))


def states_of_selection() -> dict[str, dict[str, int]]:
    return {
        "list": Counter(SelectionList.objects.values_list("state", flat=True)),
        "line": Counter(SelectionLine.objects.values_list("decision", flat=True)),
        "proposal": Counter(PriceProposal.objects.values_list("state", flat=True)),
        "research": Counter(MarketResearch.objects.values_list("state", flat=True)),
    }
