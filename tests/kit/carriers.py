"""Sources of news of parcels as real HTTP peers: kuaidi100 answers questions, kdniao pushes signed forms."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from django.http import HttpResponse
from django.test import Client

from orders.rules.tracking import kdniao, kuaidi100

CUSTOMER, KEY = "CUST01", "secret-of-kuaidi100"
PUSH_KEY = "secret-of-kdniao"
NO_NEWS = {"result": False, "returnCode": "500", "message": "查询无结果，请隔段时间再查"}


class Kuaidi100:
    """Answers what `says` holds for a number; a question with a wrong signature is refused as the real one does."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[dict[str, str]] = []
        self.says: dict[str, Any] = {}
        self.status = 200

    def answer(self, form: dict[str, list[str]]) -> bytes:
        param, sign = form["param"][0], form["sign"][0]
        if sign != kuaidi100.signature(param, customer=form["customer"][0], key=KEY):
            return json.dumps({"result": False, "returnCode": "503", "message": "验证签名失败"}).encode()
        question = json.loads(param)
        self.asked.append(question)
        said = self.says.get(question["num"], NO_NEWS)
        return said if isinstance(said, bytes) else json.dumps(said).encode()


@contextmanager
def kuaidi100_server() -> Iterator[Kuaidi100]:
    """A kuaidi100 at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = peer.answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(peer.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    peer = Kuaidi100(f"http://127.0.0.1:{server.server_port}/poll/query.do")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()


def track(*rows: tuple[str, str], state: str = "0") -> dict[str, Any]:
    """An answer with rows of (local time, code); the newest first, as kuaidi100 does."""
    data = [{"time": at, "context": f"走件 {code}", "areaName": "广东,深圳市", "statusCode": code} for at, code in rows]
    return {"message": "ok", "status": "200", "state": state, "data": data}


def push_body(*parcels: tuple[str, str, list[tuple[str, str]]]) -> str:
    """What kdniao pushes of parcels: (company, number, [(local time, action)])."""
    data = [
        {
            "ShipperCode": company,
            "LogisticCode": number,
            "State": "2",
            "Success": True,
            "Traces": [
                {"AcceptTime": at, "AcceptStation": f"走件 {action}", "Action": action, "Location": "深圳"}
                for at, action in traces
            ],
        }
        for company, number, traces in parcels
    ]
    return json.dumps({"EBusinessID": "1", "PushTime": "2026-06-11 09:00:00", "Count": str(len(data)), "Data": data})


def push(body: str, *, key: str = PUSH_KEY) -> HttpResponse:
    """Push a signed form."""
    form = {"RequestType": "101", "RequestData": body, "DataSign": kdniao.signature(body, key=key)}
    return Client().post("/api/v1/carriers/kdniao/push/", form)  # type: ignore[return-value]
