"""A mailbox as a real IMAP peer: LOGIN, SELECT, UID SEARCH, UID FETCH, UID STORE, LOGOUT."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

USER, PASSWORD = "shop", "open sesame"


class ImapServer:
    """`mails` by uid; `seen` are those that were read. With `broken` it hangs up at the first fetch of a mail."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.broken = False
        self.url = ""

    def put(self, raw: bytes) -> int:
        uid = len(self.mails) + 1
        self.mails[uid] = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return uid


@contextmanager
def imap_server(shop: str = "tmall-01") -> Iterator[ImapServer]:
    """A mailbox at an address of this machine."""
    box = ImapServer()

    class Handler(StreamRequestHandler):
        def say(self, *lines: bytes) -> None:
            self.wfile.write(b"".join(line + b"\r\n" for line in lines))

        def handle(self) -> None:
            self.say(b"* OK ready")
            while line := self.rfile.readline():
                tag, _, rest = line.strip().partition(b" ")
                if not self.answer(tag, rest):
                    return

        def answer(self, tag: bytes, rest: bytes) -> bool:
            word = rest.upper()
            if word.startswith(b"CAPABILITY"):
                self.say(b"* CAPABILITY IMAP4rev1", tag + b" OK done")
            elif word.startswith(b"LOGIN"):
                right = rest.split(b" ", 1)[1].replace(b'"', b"") == f"{USER} {PASSWORD}".encode()
                self.say(tag + (b" OK done" if right else b" NO wrong"))
            elif word.startswith(b"SELECT"):
                self.say(f"* {len(box.mails)} EXISTS".encode(), tag + b" OK [READ-WRITE] done")
            elif word.startswith(b"UID SEARCH"):
                new = " ".join(str(uid) for uid in sorted(set(box.mails) - box.seen))
                self.say(f"* SEARCH {new}".strip().encode(), tag + b" OK done")
            elif word.startswith(b"UID FETCH"):
                return self.fetch(tag, rest)
            elif word.startswith(b"UID STORE"):
                box.seen.add(int(rest.split()[2]))
                self.say(tag + b" OK done")
            elif word.startswith(b"LOGOUT"):
                self.say(b"* BYE", tag + b" OK done")
                return False
            else:
                self.say(tag + b" BAD unknown")
            return True

        def fetch(self, tag: bytes, rest: bytes) -> bool:
            uid = int(rest.split()[2])
            raw = box.mails[uid]
            if b"RFC822.SIZE" in rest:
                self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(raw)})".encode(), tag + b" OK done")
                return True
            if box.broken:
                return False
            part = re.split(rb"(?<=\r\n)\r\n", raw)[0] if b"HEADER" in rest else raw
            self.say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(part)}}}".encode())
            self.wfile.write(part)
            self.say(b")", tag + b" OK done")
            return True

    class Server(ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server = Server(("127.0.0.1", 0), Handler)
    box.url = f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{server.server_address[1]}/INBOX?shop={shop}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
