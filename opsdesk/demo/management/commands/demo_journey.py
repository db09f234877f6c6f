"""manage.py demo_journey: feeds a shop's invoices through the running system's REST door and checks what arrived."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opsdesk.accounts.services import create_api_client
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.demo import invoices, journey
from opsdesk.demo.rest import Refused, Rest

SCOPES = ("orders:import", "orders:read", "stock:read", "stock:write")
RATE = 1000  # requests a second


class Command(BaseCommand):
    help = "Feed invoices (a CSV file, or generated ones) through the REST API of the running system and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, help="columns: " + ",".join(invoices.COLUMNS))
        parser.add_argument("--port", type=int, default=int(os.environ.get("OPSDESK_PORT", "8000")))

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._read(options["file"])
        if found.left_out:
            raise CommandError(f"not understood: {', '.join(found.left_out[:20])}")
        made = journey.prepare(found, now=clock.now())
        try:
            with Rest(options["port"], self._key()) as rest:
                report = journey.feed(found, rest)
                report.changed += made
                journey.compare(found, rest, report)
        except (OSError, Refused) as failure:
            raise CommandError(
                f"the running system on port {options['port']} does not answer as it should: {failure}"
            ) from None
        self.stdout.write("\n".join(journey.verdict(report)))
        if report.differences:
            raise CommandError("the system and the file differ")

    def _read(self, path: Path | None) -> invoices.Invoices:
        if path is None:
            return invoices.generated()
        try:
            return invoices.read(path)
        except (OSError, ValueError) as failure:
            raise CommandError(str(failure)) from None

    def _key(self) -> str:
        """The key of the journey's API client, kept beside the data so that every run uses the same."""
        home = os.environ.get("OPSDESK_HOME")
        path = Path(home) / "journey.api_key" if home else None
        if path and path.exists():
            return path.read_text()
        client = create_api_client(
            name="demo journey", scopes=SCOPES, shops=[journey.SHOP], rate=RATE, actor=SYSTEM, now=clock.now()
        )
        if path:
            path.touch(0o600)
            path.write_text(client.key)
        return client.key
