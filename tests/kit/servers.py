"""Real processes on the test database: gunicorn, a Celery worker, beat."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import requests
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The URL of the test's database."""
    place = connection.settings_dict
    login = f"{place['USER']}:{quote(place['PASSWORD'], safe='')}" if place["USER"] else ""
    host, port = quote(place["HOST"], safe=""), place["PORT"] or 5432
    return f"postgres://{login}@{host}:{port}/{place['NAME']}"


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that works on the test's database."""
    return os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "opsdesk.settings.test"} | more


@contextmanager
def process(*argv: str, log: Path, **env: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process in its own group, ended with everything it started."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", *argv], cwd=ROOT, env=environment(**env), stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


@contextmanager
def web(log: Path, *, app: str = "opsdesk.wsgi", workers: int = 2, threads: int = 4) -> Iterator[str]:
    """gunicorn as ./up runs it; yields its address. `app` may be a WSGI module that sabotages something first."""
    port = _free_port()
    argv = ("gunicorn", app, "-c", "opsdesk/gunicorn.py", "-b", f"127.0.0.1:{port}", "--log-level", "warning")
    env = {"OPSDESK_WEB_WORKERS": str(workers), "OPSDESK_WEB_THREADS": str(threads)}
    with process(*argv, log=log, **env) as child:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/health/live/", child, log)
        yield url


@contextmanager
def worker(log: Path, *, app: str = "opsdesk") -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker as ./up runs it, ready to take tasks. `app` may be a module that sabotages something first."""
    with process("celery", "-A", app, "worker", "-c", "2", "-l", "INFO", log=log) as child:
        end = time.monotonic() + 60
        while "ready." not in log.read_text(errors="replace"):
            if child.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the worker does not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)
        yield child


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, child: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if child.poll() is not None:
            break
        try:
            requests.get(url, timeout=30)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server does not answer:\n{log.read_text()[-3000:]}")
