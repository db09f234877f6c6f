"""A list of the back-office asks the database as often for fifty rows as for five."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opsdesk.audit.services import Change, record_many
from opsdesk.common.actors import SYSTEM
from opsdesk.shops.models import Shop
from orders.services.platforms.exporting import export_shipping
from support.models import BotTalk, ProductReview, Survey
from support.services.knowledge.articles import ArticleText, write_article
from support.services.sla import grounds, promises
from support.services.sla.clocks import ticket_opened
from tests.builders import (
    NOW,
    a_category,
    a_client,
    a_competitor,
    a_complaint,
    a_live_listing,
    a_location,
    a_price_change,
    a_purchase,
    a_receipt,
    a_selection_line,
    a_shipped_order,
    a_shop,
    a_sku,
    a_supplier,
    a_user,
    an_order,
    some_feedback,
    the_supplier,
)
from tests.builders.carriers import a_region
from tests.builders.media import a_brief
from tests.builders.pages import a_page, a_page_draft
from tests.builders.platforms import a_mapping, a_problem
from tests.builders.selection import a_document
from tests.builders.tickets import a_ticket
from tests.kit.browser import signed_in

FEW, MANY = 5, 50  # a page has fifty
_serial = count(1)


def goods() -> Any:
    return a_sku(*Shop.objects.all(), code=f"S-{next(_serial)}", on_hand=5)


def listing() -> None:
    number = next(_serial)
    skus = [{"sku": f"L-{number}", "options": {"颜色": "红"}, "cost": "40.00", "price": "99.00"}]
    a_live_listing(code=f"P-{number}", skus=skus)


def supplier() -> None:
    a_document(a_supplier())


def page() -> None:
    a_page_draft(a_page(f"page-{next(_serial)}", kind="campaign"))


def purchase() -> None:
    the_supplier()
    a_receipt(a_purchase((goods(), 5)))


def platform_file() -> None:
    shop = Shop.objects.order_by("id")[0]
    a_problem(shop)
    a_mapping(shop, goods().code)


def batch_ship() -> None:
    order = a_shipped_order(goods().code, 1)
    export_shipping(shop_id=order.shop_id, actor=SYSTEM, now=NOW)


def complaint() -> None:
    ticket = a_ticket(type="complaint")
    ticket_opened(ticket, SYSTEM, NOW)
    promises.give_promise(ticket_id=ticket.pk, result="A new one", due_at=NOW + timedelta(days=1), actor=SYSTEM, now=NOW)
    grounds.write_grounds(ticket_id=ticket.pk, root_cause="Thin box", prevention="Thick box", actor=SYSTEM, now=NOW)


def article() -> None:
    text = ArticleText(f"How {next(_serial)}", "So")
    write_article(kind="policy", shop_id=Shop.objects.order_by("id")[0].pk, text=text, actor=SYSTEM, now=NOW)


def question() -> None:
    ticket = a_ticket(state="waiting_department")
    ticket.tasks.create(role="warehouse", question="?", asked_by="x", asked_at=NOW, due_at=NOW)


def bot_talk() -> None:
    BotTalk.objects.create(ticket=a_ticket(), last_at=NOW)


def review() -> None:
    line = an_order(goods().code, 1).lines.get()
    product, shop = line.sku.product, Shop.objects.order_by("id")[0]
    ProductReview.objects.create(shop=shop, order=line.order, sku=line.sku, product=product, stars=5, written_at=NOW)


def survey() -> None:
    ticket = a_ticket(resolutions=1)
    Survey.objects.create(shop=ticket.shop, ticket=ticket, resolution=1, sent_at=NOW, expires_at=NOW)


# What is built once for a row of each of these lists.
LISTS: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "stock": (goods, ("catalog.Sku", "catalog.PricedSku", "catalog.StockItem", "catalog.StockMovement")),
    "listings": (listing, ("catalog.Product", "catalog.ListingRevision")),
    "orders": (lambda: an_order(goods().code, 1), ("orders.Order", "orders.DueOrder", "webhooks.Event")),
    "unpaid orders": (lambda: an_order(goods().code, 1, payment={"status": "unpaid"}), ("orders.UnpaidOrder",)),
    "prices": (lambda: a_price_change(goods()), ("catalog.PriceChange",)),
    "suppliers": (supplier, ("catalog.Supplier", "catalog.SupplierDocument")),
    "competitors": (lambda: a_competitor(goods().code), ("catalog.CompetitorProduct",)),
    "selection": (a_selection_line, ("catalog.SelectionLine", "catalog.SelectionList")),
    "purchases": (purchase, ("catalog.PurchaseOrder", "catalog.GoodsReceipt")),
    "complaints": (lambda: a_complaint(goods()), ("catalog.QualityComplaint",)),
    "feedback": (lambda: some_feedback(goods(), 1, start=f"R{next(_serial)}-"), ("catalog.ProductFeedback",)),
    "notices": (lambda: a_shipped_order(goods().code, 1), ("notifications.Notice",)),
    "pages": (page, ("catalog.ContentPage", "catalog.PageVersion")),
    "briefs": (lambda: a_brief(title=f"Cup {next(_serial)}"), ("catalog.DesignBrief",)),
    "locations": (lambda: a_location(f"A-{next(_serial)}"), ("catalog.StorageLocation",)),
    "people": (a_user, ("accounts.User",)),
    "programs": (a_client, ("accounts.ApiClient",)),
    "categories": (lambda: a_category(f"c-{next(_serial)}"), ("catalog.Category",)),
    "regions": (lambda: a_region(f"省{next(_serial)}"), ("orders.CarrierCoverage",)),
    "platform files": (platform_file, ("orders.PlatformProblem", "orders.SkuMapping")),
    "batch-ship tables": (batch_ship, ("orders.ShippingExport",)),
    "complaints of tickets": (complaint, ("support.TicketClock", "support.Promise", "support.ComplaintReview")),
    "articles": (article, ("support.Article",)),
    "tickets": (question, ("support.Ticket", "support.DepartmentTask")),
    "bot": (bot_talk, ("support.BotTalk",)),
    "surveys": (survey, ("support.Survey",)),
    "reviews": (review, ("support.ProductReview",)),
    "trail": (lambda: record_many([Change("catalog.word_added", "word", "x")], actor=SYSTEM, now=NOW), ("audit.AuditEntry",)),
}

# Lists without a row builder here, and why; a new list goes above or, with a reason, here.
COSTLY = "each row is the end of a journey of many steps"
PLANNED = "a row comes from a scheduled job over other rows"
SHORT = "a vocabulary that no list fills beyond a page"
NOT_BUILT = {
    COSTLY: {
        "catalog.DelistProposal", "catalog.ListingError", "catalog.MediaAsset", "catalog.PageFinding", "catalog.PageReview",
        "catalog.StockAdjustment", "catalog.StockTransfer", "catalog.Stocktake", "catalog.Storefront", "catalog.StorefrontItem",
        "catalog.StockLot", "orders.CarrierCase", "orders.ContactTask", "orders.PickList", "orders.Refund",
        "support.ToneScore",
        "orders.ReviewInvitation", "orders.SatisfactionContact", "orders.SettlementBatch", "orders.SettlementRow",
        "orders.StatementDifference", "orders.CarrierMessage", "orders.Interception", "orders.ReturnRequest",
        "orders.Settlement",
        "orders.Shipment", "catalog.SupplierAssessment",
        "orders.InvoiceRequest", "orders.ManualEntry", "orders.OrderSplit", "orders.ParcelGroup",
        "orders.ShortPick", "orders.WarehousePush", "orders.WarehouseRecall",
        "orders.CarrierChoice", "orders.CarrierClaim", "orders.LabelPrint",
    },
    PLANNED: {
        "catalog.AccuracyCheck", "catalog.AuditedField", "catalog.MarketNote", "catalog.MarketResearch",
        "catalog.PostPublishCheck", "catalog.PriceProposal", "catalog.ProbeRun", "catalog.QualityAudit",
        "catalog.SearchTermCount", "catalog.SlowStock", "catalog.StockAlert", "catalog.Suggestion", "duties.DutyRun",
        "handover.HandoverNote",
        "orders.CheckRound", "orders.CarrierScore", "orders.ReturnImprovement",
        "support.ArchiveEntry", "support.DailyDigest", "support.ProblemAction", "support.ReportTask", "support.VoiceReport",
    },
    SHORT: {
        "orders.CarrierName",
        "catalog.BannedWord", "catalog.CategoryAttribute", "catalog.ClaimPattern", "catalog.Commitment", "catalog.DelistPolicy",
        "catalog.ImageStandard", "catalog.Tag", "orders.Carrier", "orders.ReturnPolicy", "orders.TrackingFeed",
        "orders.AllocationRule", "orders.GiftRule",
        "orders.PackingRule", "shops.Shop", "workcalendar.CalendarDay",
        "orders.CarrierPrice", "support.SlaPolicy", "support.StaffedHour", "support.Macro", "support.Team",
        "support.TriageRule", "support.Phrase", "support.BotSetting", "support.SurveyPlan",
        "support.Problem", "support.AgentPresence",
    },
}  # fmt: skip


@pytest.fixture
def client(db: None) -> Client:
    a_shop()
    a_category()
    return signed_in(get_user_model().objects.create_superuser("root", password="x"))


def statements(client: Client, label: str) -> int:
    model = apps.get_model(label)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    client.get(url)  # what is read once and kept
    with CaptureQueriesContext(connection) as log:
        assert client.get(url).status_code == 200
    return len(log)


@pytest.mark.parametrize("name", LISTS)
def test_fifty_rows_cost_as_many_statements_as_five(client: Client, clock: Any, name: str) -> None:
    build, labels = LISTS[name]
    for _ in range(FEW):
        build()
    few = {label: statements(client, label) for label in labels}
    for _ in range(MANY - FEW):
        build()
    assert {label: apps.get_model(label)._base_manager.count() >= MANY for label in labels} == dict.fromkeys(labels, True)
    assert {label: statements(client, label) for label in labels} == few


def test_every_list_is_measured_or_says_why_not() -> None:
    ours = {model._meta.label for model in admin.site._registry if not model.__module__.startswith("django")}
    measured = {label for _, labels in LISTS.values() for label in labels}
    assert ours - measured == set().union(*NOT_BUILT.values())
