"""The warehouse system as a real HTTP peer: it checks the signature, keeps what it got, and answers what it is told to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opsdesk.outbound.signing import signature

SECRET = "secret-of-the-warehouse"


class WarehouseSystem:
    """Takes every order over unless told otherwise; `says` holds (status, body) by order number."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.got: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.status, self.answer = 200, {"status": "accepted", "reference": "WMS-1"}

    def take(self, headers: Any, body: bytes) -> tuple[int, bytes]:
        wanted = "sha256=" + signature(body, timestamp=headers["X-Opsdesk-Timestamp"], secret=SECRET)
        if headers["X-Opsdesk-Signature"] != wanted:
            return 401, b'{"reason": "signature"}'
        self.got.append(json.loads(body))
        self.keys.append(headers["Idempotency-Key"])
        return self.status, json.dumps(self.answer).encode()


@contextmanager
def warehouse_system() -> Iterator[WarehouseSystem]:
    """A warehouse system at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = peer.take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    peer = WarehouseSystem(f"http://127.0.0.1:{server.server_port}/orders")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
