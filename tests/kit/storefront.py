"""A shop's storefront as a real HTTP server: what it answers is set by the test."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


class Shopfront:
    """Answers every request with `answer`; `paths` are the requests that came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.paths: list[str] = []
        self.hosts: list[str] = []
        self.answer: Answer = says(b"{}")


def says(body: bytes, *, kind: str = "application/json", status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer a body."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def says_json(data: Any) -> Answer:
    """Answer JSON."""
    return says(json.dumps(data).encode())


def drips(parts: int, *, pause: float, head: bool = False) -> Answer:
    """Answer a byte at a time, the head as well if it is told so."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if head:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        else:
            request.send_response(200)
            request.end_headers()
        for _ in range(parts):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(pause)

    return answer


@contextmanager
def storefront() -> Iterator[Shopfront]:
    """A storefront at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shop.paths.append(self.path)
            shop.hosts.append(self.headers["Host"])
            with suppress(OSError):  # the reader has had enough
                shop.answer(self)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    shop = Shopfront(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
