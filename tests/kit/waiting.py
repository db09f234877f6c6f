"""Waiting for what a process of ours does."""

import time
from collections.abc import Callable


def until(reached: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is the case; fails when it does not come in time."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
