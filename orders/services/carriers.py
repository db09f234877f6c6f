"""The carriers that every installation knows."""

from django.db import transaction

from orders.enums import CarrierCode
from orders.models import Carrier


@transaction.atomic
def sync_carriers() -> None:
    """Make the carriers that the code names; those that are there stay as staff have set them. SOP: O11"""
    rows = [Carrier(code=code.value, name=str(code.label)) for code in CarrierCode]
    Carrier.objects.bulk_create(rows, ignore_conflicts=True)
