"""manage.py run_duty NAME [--at RFC3339]: runs one duty as if the clock stood there."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.duties.services import run_at


class Command(BaseCommand):
    help = "Run one duty as if the clock stood at --at (RFC 3339 with offset), by default now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--at", help="such as 2026-06-11T09:00:00+08:00")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            hits = run_at(name=options["name"], now=_moment(options["at"]))
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['name']}: {hits}")


def _moment(text: str | None) -> datetime:
    if text is None:
        return clock.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as failure:
        raise CommandError(f"--at is not a time: {text}") from failure
    if moment.tzinfo is None:
        raise CommandError("--at needs an offset, such as +08:00")
    return moment
