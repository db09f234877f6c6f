"""Files of messages: what is taken, and who may have them."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opsdesk.accounts.roles import Role
from support.models import Message, Ticket
from tests.builders import a_shop
from tests.kit.browser import Staff
from tests.kit.http import Api, problem
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def path(api: Api) -> str:
    a_shop()
    asked = {"shop": "tmall-01", "channel": "wechat", "body": "It is broken"}
    ticket = json.loads(api.post("tickets/", asked).content)
    return f"/api/v1/tickets/{ticket['id']}/messages/"


def send(api: Api, path: str, *files: Any, key: str = "f-1", **texts: str) -> Any:
    form = {"author_kind": "customer", "file": list(files)} | texts
    return api.client.post(path, form, headers={"Idempotency-Key": key})


def a_file(name: str = "cup.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_photo_comes_with_the_message_once(api: Api, path: str) -> None:
    first, again = send(api, path, a_file(), body="See"), send(api, path, a_file(), body="See")
    assert (first.status_code, again["Idempotent-Replayed"]) == (201, "true")
    [file] = json.loads(first.content)["attachments"]
    assert (file["name"], file["media_type"]) == ("cup.png", "image/png")
    kept = Message.objects.exclude(body="It is broken").get().files.get()
    agent, stranger = Staff(Role.CUSTOMER_SERVICE), Staff(Role.CUSTOMER_SERVICE, shops=[])
    address = reverse("admin:file", args=[kept.public_id])
    assert (agent.client.get(address).status_code, stranger.client.get(address).status_code) == (200, 404)
    assert "cup.png" in agent.open("support_ticket_change", Ticket.objects.get().pk).content.decode()


def test_files_of_other_kinds_and_too_many_are_refused(api: Api, path: str) -> None:
    before = row_counts()
    assert send(api, path, a_file("cup.png", b"<html>")).status_code == 415
    assert send(api, path, a_file("cup.exe")).status_code == 415
    assert problem(send(api, path, *(a_file() for _ in range(6))))[2] == [("/file", "too_many_items")]
    assert problem(send(api, path, body="a\x00b"))[2] == [("/body", "invalid_characters")]
    assert row_counts() == before
