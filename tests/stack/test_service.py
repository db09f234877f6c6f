"""One child process under the launcher."""

import importlib
import sys
import time
from pathlib import Path

import pytest

STACK = Path(__file__).resolve().parents[2] / "stack"


@pytest.fixture
def service(monkeypatch):
    monkeypatch.syspath_prepend(str(STACK))
    yield importlib.import_module("service")
    for name in ("service", "bootstrap"):
        sys.modules.pop(name, None)


def _until(check):
    end = time.monotonic() + 20
    while not check() and time.monotonic() < end:
        time.sleep(0.02)
    assert check()


def test_a_long_log_is_kept_once_beside_and_written_on(service, tmp_path, monkeypatch):
    monkeypatch.setattr(service, "LOG_LIMIT", 10)
    argv = [sys.executable, "-uc", "import time; print('first line'); time.sleep(1); print('last'); time.sleep(60)"]
    child = service.Service("talker", argv, tmp_path).start()
    try:
        _until(lambda: child.log.read_text() == "first line\n")
        child.trim_log()
        _until(lambda: child.log.read_text() == "last\n")
        assert (tmp_path / "talker.log.1").read_text() == "first line\n"
        child.trim_log()
        assert child.log.read_text() == "last\n"
    finally:
        child.terminate()
    assert not child.alive()


def test_a_child_that_keeps_dying_ends_the_start_with_its_log(service, tmp_path, capsys):
    child = service.Service("brief", [sys.executable, "-c", "print('out of luck')"], tmp_path).start()
    with pytest.raises(SystemExit, match=r"brief keeps dying:\n.*out of luck"):
        child.wait_until(lambda: 1 / 0)
    assert capsys.readouterr().out.count("starting it again") == service.RESTARTS_A_MINUTE
