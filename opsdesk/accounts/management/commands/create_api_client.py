"""manage.py create_api_client NAME --shop CODE --scope SCOPE ...: prints the key, alone, on standard output."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opsdesk.accounts.services import create_api_client
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import DomainError


class Command(BaseCommand):
    help = "Make an API client; its key is printed once and stored as a hash only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--shop", action="append", required=True, help="a shop's code, or all")
        parser.add_argument("--scope", action="append", required=True, help="such as orders:write, or all")
        parser.add_argument("--rate", default="100/s", help="requests per second, such as 100/s")

    def handle(self, *args: Any, **options: Any) -> None:
        rate = re.fullmatch(r"([1-9]\d{0,5})/s", options["rate"])
        if not rate:
            raise CommandError("--rate is a whole number per second, such as 100/s")
        try:
            issued = create_api_client(
                name=options["name"],
                scopes=options["scope"],
                shops=options["shop"],
                rate=int(rate[1]),
                actor=SYSTEM,
                now=clock.now(),
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(issued.key)
