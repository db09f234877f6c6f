"""Files and ports of the embedded stack."""

import contextlib
import os
import secrets
import socket
import stat
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only."""
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
    fresh.rename(path)


def secret(path: Path, size: int = 32) -> str:
    """The secret kept in `path`, made of `size` random bytes at the first call."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(size))
    return path.read_text()


def free_port(*wanted: int) -> int:
    """The first of the wanted ports that is free, else any free one (0 = any)."""
    for port in (*wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise OSError("no free port")


def open_to_others(path: Path) -> bool:
    """True when another user can walk down to `path`."""
    path = path.resolve()
    return all(part.stat().st_mode & stat.S_IXOTH for part in (path, *path.parents))
