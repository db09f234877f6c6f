"""manage.py load_calendar FILE: enters a published calendar of holidays and make-up working days."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.workcalendar.enums import DayType
from opsdesk.workcalendar.services import load_days


class Command(BaseCommand):
    help = 'Enter days from a JSON file: {"days": [{"date": "2026-10-01", "name": "国庆节", "isOffDay": true}, ...]}.'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        entered = load_days(days=_read(options["file"]), actor=SYSTEM, now=clock.now())
        self.stdout.write(f"{entered} days")


def _read(file: Path) -> dict[date, tuple[DayType, str]]:
    """The file's days: off days are holidays, the others make-up working days. Raises: CommandError."""
    try:
        return {
            date.fromisoformat(day["date"]): (
                DayType.HOLIDAY if day["isOffDay"] else DayType.ADJUSTED_WORKDAY,
                str(day["name"])[:100],
            )
            for day in json.loads(file.read_text(encoding="utf-8"))["days"]
        }
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise CommandError(f"{file} is not a calendar: {failure!r}") from failure
