"""The order list and the page of one order."""

from django.contrib import admin

from orders.admin.fulfilment import FULFILMENT_COMMANDS, FulfilmentPages
from orders.models import Order
from orders.rules.lifecycle import ORDER_LIFECYCLE


@admin.register(Order)
class OrderAdmin(FulfilmentPages):
    subject_kind = "order"
    shop_field = "shop"
    subject_argument = "order_id"
    lifecycle = ORDER_LIFECYCLE
    commands = {**FULFILMENT_COMMANDS}
    list_display = ("number", "shop", "external_id", "status", "payment_status", "payable_amount", "placed_at", "process_by")
    list_select_related = ("shop",)
    list_filter = ("status", "payment_status", "shop")
    search_fields = ("number__startswith", "external_id__startswith")
    ordering = ("-id",)
