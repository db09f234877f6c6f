"""The text message gateway as a real HTTP peer: it checks the signature, takes each message once, and answers as told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opsdesk.outbound.signing import signature

SECRET = "secret-of-the-gateway"


class SmsGateway:
    """`texts` are what customers got, each once; `calls` how often it was asked."""

    def __init__(self, url: str) -> None:
        self.url, self.status, self.calls = url, 200, 0
        self.texts: dict[str, dict[str, Any]] = {}

    def take(self, headers: Any, body: bytes) -> int:
        self.calls += 1
        wanted = "sha256=" + signature(body, timestamp=headers["X-Opsdesk-Timestamp"], secret=SECRET)
        if headers["X-Opsdesk-Signature"] != wanted:
            return 401
        if self.status == 200:
            self.texts.setdefault(headers["Idempotency-Key"], json.loads(body))
        return self.status


@contextmanager
def sms_gateway() -> Iterator[SmsGateway]:
    """A gateway at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = gateway.take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gateway = SmsGateway(f"http://127.0.0.1:{server.server_port}/messages")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
