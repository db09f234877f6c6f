"""manage.py sync_reference: brings roles, duties and carriers to what the code says; safe to run at every start."""

from typing import Any

from django.core.management.base import BaseCommand

from opsdesk.accounts.services import sync_roles
from opsdesk.common import clock
from opsdesk.duties.services import sync_duties
from orders.services.carriers import sync_carriers


class Command(BaseCommand):
    help = "Synchronise roles, duties and carriers."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        sync_duties(now=clock.now())
        sync_carriers()
