"""Driving ./up from outside, as a person at two terminals does."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
UP = ROOT / "up"
PATIENCE = 300  # seconds: a first start migrates, on whatever machine
_OWN = ("OPSDESK_", "DATABASE_", "REDIS_", "DJANGO_", "PYTEST_")


def wait_for(check: Callable[[], Any], what: str) -> Any:
    """What `check` answers as soon as it is true; an error answers nothing."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, KeyError, ValueError, requests.RequestException):
            if found := check():
                return found
        time.sleep(0.1)
    raise AssertionError(f"not within {PATIENCE} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def a_home() -> Iterator[Path]:
    """An empty OPSDESK_HOME that PostgreSQL's user may enter, with a name that tries the quoting."""
    place = Path(tempfile.mkdtemp(prefix="opsdesk 店 "))
    place.chmod(0o755)
    try:
        yield place / "home"
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Launcher:
    """One ./up with a home and a port of its own; nothing of this run's environment reaches it."""

    def __init__(self, home: Path, **env: str) -> None:
        self.home, self.port = home, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
        own = {"OPSDESK_HOME": str(home), "OPSDESK_PORT": str(self.port), "OPSDESK_DEMO": "0"}
        self.env = kept | own | env
        self.url = f"http://127.0.0.1:{self.port}/"
        self.output = home.with_name("output.log")

    def run(self, *args: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
        """Another terminal."""
        return subprocess.run([UP, *args], env=self.env, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE)

    def start(self) -> "Launcher":
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [UP], env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        wait_for(lambda: self.process.poll() is not None or "Ctrl-C" in self.said(), "the start")
        assert self.process.poll() is None, self.said()
        return self

    def said(self) -> str:
        return self.output.read_text()

    def one_time_password(self) -> str | None:
        found = re.search(r"one-time password: (\S+)", self.said())
        return found and found[1]

    def pids(self) -> dict[str, int]:
        pids: dict[str, int] = json.loads((self.home / "state.json").read_text())["pids"]
        return pids

    def is_ready(self) -> bool:
        return bool(requests.get(f"{self.url}health/ready/", timeout=5).json() == {"status": "ok"})

    def interrupt(self) -> int:
        """Ctrl-C; answers the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def leftovers(self) -> list[str]:
        """The command lines of processes that still work for this home."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and f"OPSDESK_HOME={self.home}".encode() in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_text().replace("\0", " "))
        return found

    def end(self) -> None:
        if hasattr(self, "process") and self.process.poll() is None:
            self.interrupt()
