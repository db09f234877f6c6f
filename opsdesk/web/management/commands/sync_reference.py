"""manage.py sync_reference: brings roles and duties in the database to what the code says; safe to run at every start."""

from typing import Any

from django.core.management.base import BaseCommand

from opsdesk.accounts.services import sync_roles
from opsdesk.common import clock
from opsdesk.duties.services import sync_duties


class Command(BaseCommand):
    help = "Synchronise roles and duties."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        sync_duties(now=clock.now())
