"""Runs the process that makes thumbnails, and says what came of it."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from catalog.gateways.shrink import OUT_OF_MEMORY

_ROOT = Path(__file__).resolve().parents[2]
_KILLED_BY_SYSTEM = -9  # the kernel ends whoever takes the machine's last memory
_ABORTED = -6  # a library that does not get its memory and gives up


def make(*, source: str, targets: Sequence[tuple[int, str]], memory: int, seconds: float) -> str:
    """Make the thumbnails of one image in a child process; returns why it failed, empty when all are there.

    `memory` is the most address space of the child in bytes, 0 for no limit; the child is ended after `seconds`.
    """
    argv = [sys.executable, "-m", "catalog.gateways.shrink", str(memory), source]
    for size, target in targets:
        argv += [str(size), target]
    try:
        done = subprocess.run(argv, cwd=_ROOT, timeout=seconds, check=False, capture_output=True)
    except subprocess.TimeoutExpired:
        return "timed_out"
    if done.returncode in (OUT_OF_MEMORY, _KILLED_BY_SYSTEM, _ABORTED):
        return "out_of_memory"
    return "unreadable" if done.returncode else ""
