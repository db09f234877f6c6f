"""The tables of orders, one module an aggregate."""

from orders.models.check_round import CheckRound, CheckRoundItem
from orders.models.customer import Customer
from orders.models.followup import CarrierCase, CarrierContact, ContactAttempt, ContactTask, Settlement
from orders.models.intake import CustomerContact, DueOrder, OrderComparison, UnpaidOrder
from orders.models.order import DeliveryAddress, Order, OrderCheck, OrderHold, OrderLine
from orders.models.picking import PackCheck, PickLine, PickList, PickListOrder
from orders.models.refund import Refund
from orders.models.returns import ReturnEvidence, ReturnLine, ReturnPolicy, ReturnRequest
from orders.models.shipment import Carrier, Shipment, ShipmentLine, TrackingEvent
from orders.models.tracking import CarrierMessage, Interception, ParcelFeed, RawReport, TrackingFeed

__all__ = [
    "Carrier",
    "CarrierCase",
    "CarrierContact",
    "CarrierMessage",
    "CheckRound",
    "CheckRoundItem",
    "ContactAttempt",
    "ContactTask",
    "Customer",
    "CustomerContact",
    "DeliveryAddress",
    "DueOrder",
    "Interception",
    "Order",
    "OrderCheck",
    "OrderComparison",
    "OrderHold",
    "OrderLine",
    "PackCheck",
    "ParcelFeed",
    "PickLine",
    "PickList",
    "PickListOrder",
    "RawReport",
    "Refund",
    "ReturnEvidence",
    "ReturnLine",
    "ReturnPolicy",
    "ReturnRequest",
    "Settlement",
    "Shipment",
    "ShipmentLine",
    "TrackingEvent",
    "TrackingFeed",
    "UnpaidOrder",
]
