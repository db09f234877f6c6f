"""manage.py sync_reference: brings roles, duties and first values to what the code says; safe at every start."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.services.entry.claims import sync_claims
from catalog.services.entry.labels import sync_labels
from catalog.services.media.standards import sync_standards
from catalog.services.vocabulary import sync_words
from opsdesk.accounts.services import sync_roles
from opsdesk.common import clock
from opsdesk.duties.services import sync_duties
from orders.services.carriers.registry import sync_carriers


class Command(BaseCommand):
    help = "Synchronise roles, duties, carriers and the first words, tags, commitments and image standards."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        sync_duties(now=clock.now())
        sync_carriers()
        sync_words()
        sync_claims()
        sync_labels()
        sync_standards()
