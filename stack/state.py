"""What other terminals, and the next start, know of the running launcher."""

import contextlib
import fcntl
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from bootstrap import ROOT
from files import write_private
from service import Service, is_ours

ORPHANS_GRACE = 40  # seconds: what a killed launcher leaves behind stops by itself within this


def home() -> Path:
    return Path(os.environ.get("OPSDESK_HOME") or ROOT / ".run").resolve()


def remember(services: list[Service], url: str) -> None:
    keep = ("DATABASE_", "REDIS_URL", "OPSDESK_")
    env = {name: value for name, value in os.environ.items() if name.startswith(keep)}
    pids = {service.name: service.pid for service in services} | {"launcher": os.getpid()}
    write_private(home() / "state.json", json.dumps({"url": url, "env": env, "pids": pids}))


def read_state() -> dict[str, Any]:
    """What the running launcher has remembered; exits when there is none."""
    launcher, state = launcher_pid(), home() / "state.json"
    if not launcher:
        sys.exit("not running")
    if not state.exists():
        sys.exit(f"starting or stopping (launcher {launcher}); logs: {home() / 'logs'}")
    remembered: dict[str, Any] = json.loads(state.read_text())
    return remembered


def launcher_pid() -> int:
    """The process id of the launcher that holds the lock, 0 when nobody does."""
    try:
        with (home() / "lock").open() as lock:
            with contextlib.suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return 0
            return int(lock.read() or 0)
    except FileNotFoundError:
        return 0


def wait_for_orphans(place: Path) -> None:
    """After kill -9 of a launcher its children stop by themselves; the next start begins when they are gone."""
    state = place / "state.json"
    if not state.exists():
        return
    pids = [pid for name, pid in json.loads(state.read_text())["pids"].items() if name != "launcher"]
    end = time.time() + ORPHANS_GRACE
    while time.time() < end and any(is_ours(pid) for pid in pids):
        time.sleep(0.2)
    state.unlink()
