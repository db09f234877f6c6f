"""Calling a real server: what is sent arrives, what is answered comes back. The probe's tests try the limits further."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from opsdesk.outbound.client import Call, Failed, Reason, send


class _Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(409)
        self.send_header("X-Said", self.headers.get("X-Say", ""))
        self.send_header("X-Agent", self.headers["User-Agent"])
        self.end_headers()
        self.wfile.write(f"{self.path} {self.headers['Host']} ".encode() + body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def place(settings: Any) -> Iterator[str]:
    settings.OUTBOUND_ALLOW_PRIVATE = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_is_sent_arrives_and_every_status_is_an_answer(place: str) -> None:
    answer = send(Call(f"http://{place}/push?a=1", 5, 1000, method="POST", body=b"{}", headers={"X-Say": "hello"}))

    assert (answer.status, answer.headers["x-said"], answer.headers["X-Agent"]) == (409, "hello", "opsdesk")
    assert answer.body == f"/push?a=1 {place} {{}}".encode()


def test_an_answer_beyond_the_limit_is_refused(place: str) -> None:
    with pytest.raises(Failed) as refused:
        send(Call(f"http://{place}/", 5, 10, method="POST", body=b"x" * 100))

    assert refused.value.reason == Reason.TOO_LARGE


def test_a_private_address_is_not_called(place: str, settings: Any) -> None:
    settings.OUTBOUND_ALLOW_PRIVATE = False

    with pytest.raises(Failed) as refused:
        send(Call(f"http://{place}/", 5, 1000, method="POST", body=b"{}"))

    assert refused.value.reason == Reason.FORBIDDEN_ADDRESS
