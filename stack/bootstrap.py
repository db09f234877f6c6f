"""Makes .venv from the locked, hashed requirements and continues inside it. Standard library only."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
_guard: IO[str] | None = None  # kept open: its shared lock says "this .venv is in use"


def say(*words: object) -> None:
    print("[opsdesk]", *words, flush=True)


def ensure_venv(*, dev: bool, create: bool = True) -> None:
    """Bring .venv to the lock (with the development tools if `dev`) and re-execute in it."""
    if create:
        _install(dev=dev)
    if Path(sys.prefix) != VENV:
        os.execv(PYTHON, [str(PYTHON), str(Path(__file__).parent), *sys.argv[1:]])  # noqa: S606 - continues as itself
    _share()


def _share() -> None:
    global _guard
    _guard = (ROOT / ".venv.lock").open("a")
    fcntl.flock(_guard, fcntl.LOCK_SH)


def _digest(lock: Path) -> str:
    # not the patch release: the system may bring a newer one, and .venv goes on working with it
    python = f"{sys.version_info[:2]} {sys.base_prefix}"
    return hashlib.sha256(lock.read_bytes() + python.encode()).hexdigest()


def _install(*, dev: bool) -> None:
    run_lock, dev_lock = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
    run_mark, dev_mark = VENV / ".lock-run", VENV / ".lock-dev"
    wanted = [(run_mark, run_lock), *([(dev_mark, dev_lock)] if dev else [])]

    def missing() -> list[tuple[Path, Path]]:
        return [(mark, lock) for mark, lock in wanted if not (mark.exists() and mark.read_text() == _digest(lock))]

    if not missing():
        return
    with (ROOT / ".venv.lock").open("a") as guard:
        try:  # two first starts at once must not remove each other's .venv
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ./up uses or prepares .venv; waiting for it (./up stop ends a running one) ...")
            fcntl.flock(guard, fcntl.LOCK_EX)
        if not (todo := missing()):
            return
        say("installing the locked packages into .venv (first start, or the lock changed) ...")
        if (run_mark, run_lock) in todo:
            shutil.rmtree(VENV, ignore_errors=True)
            _create()
        mark, lock = wanted[-1]
        _pip("--require-hashes", "--only-binary", ":all:", "-r", str(lock))
        for mark, lock in wanted:
            mark.write_text(_digest(lock))


def _create() -> None:
    if VENV.is_symlink():
        VENV.unlink()  # never empty an environment that somebody else uses
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(VENV)], check=True)
        return
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, stdout=subprocess.DEVNULL).returncode == 0:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit("Python's venv module is incomplete here; as root: apt-get install python3-venv")
    say("installing Debian's python3-venv ...")
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "python3-venv"], [*make[:3], "--clear", str(VENV)]):
        done = subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"[opsdesk] failed: {' '.join(command)}\n{done.stdout}{done.stderr}")


def _pip(*args: str) -> None:
    if uv := shutil.which("uv"):
        subprocess.run([uv, "pip", "install", "-q", "--python", str(PYTHON), *args], check=True)
    else:
        subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *args], check=True)
