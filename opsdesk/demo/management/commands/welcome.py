"""manage.py welcome URL: what ./up prints when everything runs: who can sign in, and one ready REST call."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from opsdesk.accounts.models import User
from opsdesk.accounts.services import create_api_client, create_first_administrator
from opsdesk.common import clock
from opsdesk.common.actors import SYSTEM
from opsdesk.demo.company import DEMO_SHOP, demo_users


class Command(BaseCommand):
    help = "Print the address, the people who can sign in, and a REST call."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url")

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["url"]
        self.stdout.write(f"\nopsdesk is ready: {url}\n")
        password = os.environ.get("OPSDESK_DEMO_PASSWORD")
        if password and (users := demo_users()):
            self._demo(url, password, users)
            return
        if not User.objects.filter(is_superuser=True).exists():
            once = secrets.token_urlsafe(12)
            user = create_first_administrator(password=once, now=clock.now())
            self.stdout.write(f"  administrator: {user.username}   one-time password: {once}")
        elif User.objects.filter(is_superuser=True, must_change_password=True).exists():
            self.stdout.write("  the administrator's one-time password was printed at the first start")
            self.stdout.write("  lost? ./up manage changepassword admin")

    def _demo(self, url: str, password: str, users: list[User]) -> None:
        self.stdout.write(f"  sign in as one of these, password for all: {password}")
        for user in users:
            self.stdout.write(f"    {user.username:24} {', '.join(g.name for g in user.groups.all())}")
        self.stdout.write("\n  the REST API, documented at " + f"{url}api/docs/")
        self.stdout.write(f"    curl -H 'Authorization: Bearer {self._key()}' '{url}api/v1/orders/?limit=2'\n")

    def _key(self) -> str:
        """The demo client's key, kept beside the data so that every start prints the same."""
        path = Path(os.environ["OPSDESK_HOME"]) / "demo.api_key"
        if not path.exists():
            issued = create_api_client(name="demo storefront", scopes=["all"], shops=[DEMO_SHOP], actor=SYSTEM, now=clock.now())
            path.touch(0o600)
            path.write_text(issued.key)
        return path.read_text()
