"""Filters that several lists share."""

from typing import Any

import django_filters
from django.db.models import QuerySet, Subquery

from opsdesk.shops.models import Shop


class ShopFilter(django_filters.CharFilter):
    """The rows of the shop with this code. The shop is looked up first, so that the rows are found by their index."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Only the shop's rows, all of them when no shop is named."""
        return qs.filter(shop=Subquery(Shop.objects.filter(code=value).values("pk"))) if value else qs
