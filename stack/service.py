"""One child process: started in its own group, told to stop when the launcher dies, restarted when it dies."""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bootstrap import ROOT, say

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10_000_000  # bytes; an older log is kept once beside it
RESTARTS_A_MINUTE = 5


class Service:
    def __init__(
        self,
        name: str,
        argv: Sequence[object],
        logs: Path,
        *,
        stop: signal.Signals = signal.SIGTERM,
        grace: float = 20,
        user: str | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.name, self.argv, self.stop, self.grace, self.user, self.cwd = name, [*map(str, argv)], stop, grace, user, cwd
        self.log = logs / f"{name}.log"
        self.starts: list[float] = []
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def start(self) -> "Service":
        now = time.time()
        self.starts = [t for t in self.starts if t > now - 60] + [now]
        self.trim_log()
        libc, sig = ctypes.CDLL(None), int(self.stop)
        # A group of its own: Ctrl-C reaches only the launcher, which then stops its children in order.
        # PR_SET_PDEATHSIG: if the launcher is killed -9, the kernel sends each child its stop signal.
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, sig),
                cwd=self.cwd,
                **run_as(self.user),
            )
        return self

    def trim_log(self) -> None:
        """Keep a log that has grown too long once beside itself; the child goes on writing, since it appends."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> bool:
        """Start a dead service again; True if it had died. Exits when it keeps dying."""
        if self.alive():
            return False
        if len(self.starts) > RESTARTS_A_MINUTE:
            sys.exit(f"{self.name} keeps dying:\n{self.tail()}")
        say(self.name, "ended with", self.process and self.process.returncode, "- starting it again")
        self._kill_group()  # what a killed parent left behind must not work beside its successor
        time.sleep(0.5)
        self.start()
        return True

    def wait_until(self, ready: Callable[[], object], seconds: float = 60) -> None:
        end = time.time() + seconds
        while time.time() < end:
            self.revive()
            with contextlib.suppress(Exception):
                ready()
                return
            time.sleep(0.05)
        sys.exit(f"{self.name} does not start:\n{self.tail()}")

    def tail(self, lines: int = 12) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def terminate(self) -> None:
        if self.process and self.alive():
            self.process.send_signal(self.stop)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.grace)
        self._kill_group()

    def _kill_group(self) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def is_ours(pid: int) -> bool:
    """True while a process of this id works for a launcher, and is no stranger that was given the same number."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return any(name in words for name in (b"opsdesk", b"postgres", b"valkey-server"))


def run_as(user: str | None) -> dict[str, object]:
    """Popen arguments that run a child as `user`; none when the launcher is not root."""
    if not user:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
