"""The tables of orders, one module an aggregate."""

from orders.models.aftercare import ReviewInvitation, SatisfactionContact
from orders.models.carriers import (
    CarrierChoice,
    CarrierClaim,
    CarrierCoverage,
    CarrierPrice,
    CarrierScore,
    LabelPrint,
    ParcelCarriage,
)
from orders.models.check_round import CheckRound, CheckRoundItem
from orders.models.customer import Customer
from orders.models.exports import CarrierName, ExportedParcel, ShippingExport
from orders.models.followup import CarrierCase, CarrierContact, ContactAttempt, ContactTask, Settlement
from orders.models.fulfilment import (
    Allocation,
    AllocationRule,
    GiftRule,
    OrderGift,
    PackingRule,
    Scan,
    ShortPick,
    WarehousePush,
    WarehouseRecall,
)
from orders.models.grouping import OrderSplit, ParcelGroup, ParcelGroupOrder
from orders.models.improvement import ReturnImprovement
from orders.models.intake import CustomerContact, DueOrder, OrderComparison, UnpaidOrder
from orders.models.invoices import InvoiceRequest
from orders.models.manual import ManualEntry, ReshipLine
from orders.models.order import DeliveryAddress, Order, OrderCheck, OrderHold, OrderLine
from orders.models.picking import PackCheck, PickLine, PickList, PickListOrder
from orders.models.platforms import PlatformProblem, SeenAddress, SkuMapping
from orders.models.refund import Refund
from orders.models.returns import ReturnEvidence, ReturnLine, ReturnPolicy, ReturnRequest
from orders.models.settlement import SettlementBatch, SettlementRow
from orders.models.shipment import Carrier, Shipment, ShipmentLine, TrackingEvent
from orders.models.statement import StatementDifference, StatementLine
from orders.models.tracking import CarrierMessage, Interception, ParcelFeed, RawReport, TrackingFeed

__all__ = [
    "Allocation",
    "AllocationRule",
    "Carrier",
    "CarrierCase",
    "CarrierChoice",
    "CarrierClaim",
    "CarrierContact",
    "CarrierCoverage",
    "CarrierMessage",
    "CarrierName",
    "CarrierPrice",
    "CarrierScore",
    "CheckRound",
    "CheckRoundItem",
    "ContactAttempt",
    "ContactTask",
    "Customer",
    "CustomerContact",
    "DeliveryAddress",
    "DueOrder",
    "ExportedParcel",
    "GiftRule",
    "Interception",
    "InvoiceRequest",
    "LabelPrint",
    "ManualEntry",
    "Order",
    "OrderCheck",
    "OrderComparison",
    "OrderGift",
    "OrderHold",
    "OrderLine",
    "OrderSplit",
    "PackCheck",
    "PackingRule",
    "ParcelCarriage",
    "ParcelFeed",
    "ParcelGroup",
    "ParcelGroupOrder",
    "PickLine",
    "PickList",
    "PickListOrder",
    "PlatformProblem",
    "RawReport",
    "Refund",
    "ReshipLine",
    "ReturnEvidence",
    "ReturnImprovement",
    "ReturnLine",
    "ReturnPolicy",
    "ReturnRequest",
    "ReviewInvitation",
    "SatisfactionContact",
    "Scan",
    "SeenAddress",
    "Settlement",
    "SettlementBatch",
    "SettlementRow",
    "Shipment",
    "ShipmentLine",
    "ShippingExport",
    "ShortPick",
    "SkuMapping",
    "StatementDifference",
    "StatementLine",
    "TrackingEvent",
    "TrackingFeed",
    "UnpaidOrder",
    "WarehousePush",
    "WarehouseRecall",
]
