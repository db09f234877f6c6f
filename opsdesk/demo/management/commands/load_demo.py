"""manage.py load_demo: fills an empty installation with the demo company; does nothing when there is a shop already."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from opsdesk.common import clock
from opsdesk.demo import company
from opsdesk.shops.models import Shop


class Command(BaseCommand):
    help = "Load the demo company into an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        if Shop.objects.exists():
            return
        now = clock.now()
        with transaction.atomic():
            company.make_shops(now=now)
            company.make_people(password=os.environ["OPSDESK_DEMO_PASSWORD"], now=now)
            company.make_business(now=now)
