"""Runs PostgreSQL, Valkey, web, worker and beat as children of this one process."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bootstrap import PYTHON, ROOT, say
from files import free_port, secret
from postgres import APP, OWNER, Postgres, outside
from service import Service
from state import home, launcher_pid, read_state, remember, wait_for_orphans
from valkey import Valkey

DEFAULT_PORTS = range(8000, 8010)  # the first free one, when none is asked for
TEST_GROUPS = (("-q", "-n2", "-m", "not serial"), ("-q", "-n0", "-m", "serial"))
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start() -> int:
    """./up: everything, until Ctrl-C."""
    wanted = _wanted_port()
    with _supervised(home()) as services:
        _prepare_database()
        port = _port(wanted)
        os.environ["OPSDESK_PORT"] = str(port)
        os.environ.setdefault("OPSDESK_PUBLIC_URL", f"http://127.0.0.1:{port}")
        services += [service.start() for service in _processes(home(), port)]
        url = f"http://127.0.0.1:{port}/"
        remember(services, url)
        web = next(service for service in services if service.name == "web")
        web.wait_until(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
        _manage("welcome", url)
        say(f"logs: {home() / 'logs'}   Ctrl-C stops it")
        while True:
            revived = [service.revive() for service in services]
            if any(revived):
                remember(services, url)
            for service in services:
                service.trim_log()
            time.sleep(0.5)
    return 0


def test(*args: str) -> int:
    """./up test: the suite on servers and data of its own, removed afterwards.

    Without arguments two runs: what may run side by side, then what needs the machine for itself.
    """
    place = Path(f"{home()}-test")
    codes: list[int] = []
    with _supervised(place, throw_away=True):
        # the suite makes its database as the owner; one test works as the app's role
        os.environ["DATABASE_APP_URL"] = os.environ["DATABASE_URL"]
        os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
        for group in (args,) if args else TEST_GROUPS:
            say("pytest", *group)
            codes.append(subprocess.run([PYTHON, "-m", "pytest", *group], cwd=ROOT).returncode)
    return next((abs(code) for code in codes if code), 0)  # negative: pytest itself was killed


def bench(*args: str) -> int:
    """./up bench: the benchmarks on servers of their own that write as durably as ./up's, removed afterwards."""
    with _supervised(Path(f"{home()}-bench"), throw_away=True, durable=True):
        code = subprocess.run([PYTHON, "-m", "benchmarks", *args], cwd=ROOT).returncode
    return code  # noqa: RET504 - after the servers are down


def status() -> int:
    state = read_state()
    print(state["url"])
    dead = 0
    for name, pid in state["pids"].items():
        alive = Path(f"/proc/{pid}").exists()
        dead += not alive
        print(f"{name:10} {pid:8} {'running' if alive else 'dead'}")
    return 1 if dead else 0


def stop() -> int:
    launcher = launcher_pid()
    if not launcher:
        sys.exit("not running")
    with contextlib.suppress(ProcessLookupError):
        os.kill(launcher, signal.SIGTERM)
    for _ in range(600):
        if launcher_pid() != launcher:
            return 0
        time.sleep(0.1)
    sys.exit("it does not stop; see the logs")


def manage(*args: str) -> int:
    return subprocess.run([PYTHON, "manage.py", *args], cwd=ROOT, env=os.environ | read_state()["env"]).returncode


@contextlib.contextmanager
def _supervised(place: Path, *, throw_away: bool = False, durable: bool = False) -> Iterator[list[Service]]:
    """The data servers, up and in the environment; whatever is in the list is stopped at the end, last first."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"[opsdesk] already running on {place}: ./up status, ./up stop")
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        for number in SIGNALS:
            signal.signal(number, _interrupt)
        services: list[Service] = []
        try:
            wait_for_orphans(place)
            os.environ["OPSDESK_HOME"] = str(place)
            os.environ.setdefault("OPSDESK_SECRET_KEY", secret(place / "secret.key"))
            os.environ.setdefault("OPSDESK_HTTPS", "0")  # ./up serves the loopback address over plain HTTP
            os.environ.setdefault("OPSDESK_STATIC_ROOT", str(place / "static"))
            os.environ.setdefault("OPSDESK_MEDIA_ROOT", str(place / "media"))
            _data_servers(place, services, fast=throw_away and not durable)
            yield services
        except KeyboardInterrupt:
            say("stopping ...")
            sys.exit(130 if throw_away else 0)
        except subprocess.CalledProcessError as failure:
            sys.exit(f"[opsdesk] failed: {' '.join(map(str, failure.cmd))}")
        finally:
            for number in SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            for service in reversed(services):
                service.terminate()
            (place / "state.json").unlink(missing_ok=True)
            if throw_away:
                shutil.rmtree(place, ignore_errors=True)
                shutil.rmtree(outside(place), ignore_errors=True)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _data_servers(place: Path, services: list[Service], *, fast: bool) -> None:
    logs = place / "logs"
    logs.mkdir(exist_ok=True)
    if "DATABASE_URL" not in os.environ:
        postgres = Postgres(place, logs, fast)
        services.append(postgres.service().start())
        services[-1].wait_until(postgres.prepare, seconds=300)  # crash recovery may take its time
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = postgres.url(APP), postgres.url(OWNER)
    if "REDIS_URL" not in os.environ:
        valkey = Valkey(place, logs)
        services.append(valkey.service().start())
        services[-1].wait_until(valkey.ping)
        os.environ["REDIS_URL"] = valkey.url


def _prepare_database() -> None:
    owner = {"DATABASE_URL": os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]}
    files = [PYTHON, "manage.py", "collectstatic", "--noinput", "-v0"]
    with subprocess.Popen(files, cwd=ROOT, stdin=subprocess.DEVNULL) as collecting:  # beside the rest: it needs no database
        _migrate(owner)
    if collecting.returncode:
        raise subprocess.CalledProcessError(collecting.returncode, files)


def _migrate(owner: dict[str, str]) -> None:
    _manage("migrate", "--noinput", "-v0", **owner)
    _manage("grant_database_roles", **owner)
    _manage("sync_reference")
    if os.environ.get("OPSDESK_DEMO", "1") != "0":
        os.environ.setdefault("OPSDESK_DEMO_PASSWORD", secret(home() / "demo.password", 12))
        _manage("load_demo")


def _manage(*args: str, **env: str) -> None:
    subprocess.run([PYTHON, "manage.py", *args], cwd=ROOT, check=True, env=os.environ | env)


def _wanted_port() -> int | None:
    wanted = os.environ.get("OPSDESK_PORT")
    if wanted and not (wanted.isdecimal() and 0 < int(wanted) < 65536):
        sys.exit(f"[opsdesk] OPSDESK_PORT is a number from 1 to 65535, not {wanted!r}")
    return int(wanted) if wanted else None


def _port(wanted: int | None) -> int:
    port = free_port(*([wanted] if wanted else DEFAULT_PORTS))
    if wanted and port != wanted:
        sys.exit(f"[opsdesk] port {wanted} is taken; choose another with OPSDESK_PORT")
    return port


def _processes(place: Path, port: int) -> list[Service]:
    logs = place / "logs"
    celery = [PYTHON, "-m", "celery", "-A", "opsdesk"]
    web = [PYTHON, "-m", "gunicorn", "opsdesk.wsgi", "-c", ROOT / "opsdesk" / "gunicorn.py", "-b", f"127.0.0.1:{port}"]
    return [
        Service("web", web, logs, grace=35),
        Service("worker", [*celery, "worker", "-c", "2", "-l", "INFO"], logs, grace=35),
        Service("beat", [*celery, "beat", "-l", "INFO", "--pidfile=", "-s", place / "beat.db"], logs),
    ]
