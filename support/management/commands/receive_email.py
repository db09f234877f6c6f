"""A mail server hands a mail over: ``manage.py receive_email --shop CODE < mail``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.common.errors import DomainError
from support.services.tickets.mail import LARGEST, keep_mail, take_mail


class Command(BaseCommand):
    """Keeps the mail, then takes it in; with exit code 1 the mail server keeps it and tries again. SOP: S1"""

    help = "Take in one mail from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(LARGEST + 1)
        if not raw.strip() or len(raw) > LARGEST:
            raise CommandError("The mail is empty or larger than 25 MB.")
        try:
            row, _ = keep_mail(raw=raw, shop=options["shop"], actor=SYSTEM, now=clock.now())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        done = take_mail(mail_id=row.pk, actor=SYSTEM, now=clock.now())
        self.stdout.write(f"{done.state} {done.reason}".strip())
