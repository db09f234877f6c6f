"""In the demo company every desk opens everything that its sidebar and its home page offer."""

import re

import pytest
from django.core.management import call_command

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from tests.kit.browser import signed_in

LINK = re.compile(r'href="(/admin/[^"#?]*)')


def test_every_desk_opens_what_it_is_offered(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("sync_reference")
    monkeypatch.setenv("OPSDESK_DEMO_PASSWORD", "a dull password")
    call_command("load_demo")

    refused = []
    for role in Role:
        browser = signed_in(User.objects.get(username=role.value))
        home = browser.get("/admin/")
        work = {row.item.kind: row.url for row in home.context["rows"]}
        offered = set(LINK.findall(home.content.decode())) - {row.url for row in home.context["rows"]}
        for url in sorted(offered | set(work.values())):
            if "logout" not in url and (status := browser.get(url).status_code) not in (200, 302):
                refused.append((role.value, url, status))
    assert refused == []
