"""The filters of order lists."""

import django_filters
from django.db.models import QuerySet

from opsdesk.doors.api.filters import ShopFilter
from orders.enums.orders import OrderStatus, PaymentStatus
from orders.models import Order, Shipment


class OrderFilter(django_filters.FilterSet):
    """Exact filters; `updated_since` also switches the list to the order of change."""

    status = django_filters.ChoiceFilter(choices=OrderStatus.choices)
    payment_status = django_filters.ChoiceFilter(choices=PaymentStatus.choices)
    shop = ShopFilter()
    external_id = django_filters.CharFilter()
    tracking_no = django_filters.CharFilter(method="by_parcel")
    placed_after = django_filters.IsoDateTimeFilter(field_name="placed_at", lookup_expr="gte")
    placed_before = django_filters.IsoDateTimeFilter(field_name="placed_at", lookup_expr="lt")
    updated_since = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Order
        fields: list[str] = []

    def by_parcel(self, rows: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        parcels = Shipment.objects.filter(tracking_no=value.strip().upper())
        return rows.filter(pk__in=parcels.values("orders"))
