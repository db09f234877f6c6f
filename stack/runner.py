"""Runs PostgreSQL, Valkey, web, worker and beat as children of this one process."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bootstrap import PYTHON, ROOT, say
from files import free_port, secret, write_private
from postgres import APP, OWNER, Postgres, outside
from service import Service, is_ours
from valkey import Valkey

DEFAULT_PORT = 8000
TEST_GROUPS = (("-q", "-n2", "-m", "not serial"), ("-q", "-n0", "-m", "serial"))
ORPHANS_GRACE = 40  # seconds: what a killed launcher leaves behind stops by itself within this
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def home() -> Path:
    return Path(os.environ.get("OPSDESK_HOME") or ROOT / ".run").resolve()


def start() -> int:
    """./up: everything, until Ctrl-C."""
    with _supervised(home()) as services:
        _prepare_database()
        port = _port()
        os.environ["OPSDESK_PORT"] = str(port)
        services += [service.start() for service in _processes(home(), port)]
        url = f"http://127.0.0.1:{port}/"
        _remember(services, url)
        web = next(service for service in services if service.name == "web")
        web.wait_until(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
        _manage("welcome", url)
        say(f"logs: {home() / 'logs'}   Ctrl-C stops it")
        while True:
            revived = [service.revive() for service in services]
            if any(revived):
                _remember(services, url)
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
    return max(codes, default=1)


def status() -> int:
    state = _state()
    print(state["url"])
    dead = 0
    for name, pid in state["pids"].items():
        alive = Path(f"/proc/{pid}").exists()
        dead += not alive
        print(f"{name:10} {pid:8} {'running' if alive else 'dead'}")
    return 1 if dead else 0


def stop() -> int:
    launcher = _launcher()
    if not launcher:
        sys.exit("not running")
    with contextlib.suppress(ProcessLookupError):
        os.kill(launcher, signal.SIGTERM)
    for _ in range(600):
        if _launcher() != launcher:
            return 0
        time.sleep(0.1)
    sys.exit("it does not stop; see the logs")


def manage(*args: str) -> int:
    return subprocess.run([PYTHON, "manage.py", *args], cwd=ROOT, env=os.environ | _state()["env"]).returncode


@contextlib.contextmanager
def _supervised(place: Path, *, throw_away: bool = False) -> Iterator[list[Service]]:
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
            _wait_for_orphans(place)
            os.environ["OPSDESK_HOME"] = str(place)
            os.environ.setdefault("OPSDESK_SECRET_KEY", secret(place / "secret.key"))
            os.environ.setdefault("OPSDESK_HTTPS", "0")  # ./up serves the loopback address over plain HTTP
            os.environ.setdefault("OPSDESK_STATIC_ROOT", str(place / "static"))
            os.environ.setdefault("OPSDESK_MEDIA_ROOT", str(place / "media"))
            _data_servers(place, services, throw_away=throw_away)
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


def _data_servers(place: Path, services: list[Service], *, throw_away: bool) -> None:
    logs = place / "logs"
    logs.mkdir(exist_ok=True)
    if "DATABASE_URL" not in os.environ:
        postgres = Postgres(place, logs, throw_away)
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
    _manage("migrate", "--noinput", "-v0", **owner)
    _manage("grant_database_roles", **owner)
    _manage("collectstatic", "--noinput", "-v0")
    _manage("sync_reference")
    if os.environ.get("OPSDESK_DEMO", "1") != "0":
        os.environ.setdefault("OPSDESK_DEMO_PASSWORD", secret(home() / "demo.password"))
        _manage("load_demo")


def _manage(*args: str, **env: str) -> None:
    subprocess.run([PYTHON, "manage.py", *args], cwd=ROOT, check=True, env=os.environ | env)


def _port() -> int:
    wanted = os.environ.get("OPSDESK_PORT")
    port = free_port(int(wanted or DEFAULT_PORT))
    if wanted and port != int(wanted):
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


def _remember(services: list[Service], url: str) -> None:
    keep = ("DATABASE_", "REDIS_URL", "OPSDESK_")
    env = {name: value for name, value in os.environ.items() if name.startswith(keep)}
    pids = {service.name: service.pid for service in services} | {"launcher": os.getpid()}
    write_private(home() / "state.json", json.dumps({"url": url, "env": env, "pids": pids}))


def _state() -> dict[str, Any]:
    """What the running launcher has remembered; exits when there is none."""
    launcher, state = _launcher(), home() / "state.json"
    if not launcher:
        sys.exit("not running")
    if not state.exists():
        sys.exit(f"starting or stopping (launcher {launcher}); logs: {home() / 'logs'}")
    remembered: dict[str, Any] = json.loads(state.read_text())
    return remembered


def _launcher() -> int:
    """The process id of the launcher that holds the lock, 0 when nobody does."""
    try:
        with (home() / "lock").open() as lock:
            with contextlib.suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return 0
            return int(lock.read() or 0)
    except FileNotFoundError:
        return 0


def _wait_for_orphans(place: Path) -> None:
    """After kill -9 of a launcher its children stop by themselves; the next start begins when they are gone."""
    state = place / "state.json"
    if not state.exists():
        return
    pids = [pid for name, pid in json.loads(state.read_text())["pids"].items() if name != "launcher"]
    end = time.time() + ORPHANS_GRACE
    while time.time() < end and any(is_ours(pid) for pid in pids):
        time.sleep(0.2)
    state.unlink()
