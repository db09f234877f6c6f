"""./up from outside: what it prints, what it survives, what it leaves behind."""

import os
import signal
from collections.abc import Iterator

import pytest
import requests

from tests.kit.launcher import Launcher, a_home, wait_for

pytestmark = pytest.mark.serial

EVERYTHING = {"postgres", "redis", "web", "worker", "beat", "launcher"}
EMPTY: tuple[int, object] = (200, {"results": [], "next": None, "previous": None})


@pytest.fixture(scope="module")
def stack() -> Iterator[Launcher]:
    with a_home() as home:
        launcher = Launcher(home).start()
        yield launcher
        launcher.end()


def _orders(stack: Launcher, key: str) -> tuple[int, object]:
    answer = requests.get(f"{stack.url}api/v1/orders/", headers={"Authorization": f"Bearer {key}"}, timeout=10)
    return answer.status_code, answer.json()


def test_it_says_where_it_is_and_who_may_enter(stack):
    assert f"opsdesk is ready: {stack.url}" in stack.said()
    assert "administrator: admin" in stack.said()
    assert len(stack.one_time_password() or "") == 16
    assert stack.is_ready()


def test_status_names_every_part(stack):
    status = stack.run("status")
    lines = [line.split() for line in status.stdout.splitlines()[1:]]
    assert (status.returncode, {name for name, _, state in lines if state == "running"}) == (0, EVERYTHING)


def test_a_second_start_is_refused(stack):
    second = stack.run()
    assert second.returncode == 1
    assert "already running on" in second.stderr
    assert stack.is_ready()


def test_a_port_that_is_taken_is_refused(stack):
    with a_home() as home:
        other = Launcher(home)
        other.env["OPSDESK_PORT"] = str(stack.port)
        refused = other.run()
        assert refused.returncode == 1
        assert f"port {stack.port} is taken" in refused.stderr
        assert other.leftovers() == []


@pytest.mark.parametrize("part", ["web", "worker", "beat", "redis", "postgres"])
def test_a_killed_part_is_started_again(stack, part):
    before = stack.pids()[part]
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: stack.pids()[part] != before, f"another {part}")
    wait_for(stack.is_ready, "readiness")
    assert stack.run("status").returncode == 0


def test_data_survives_ctrl_c_and_kill_and_nothing_is_left_running(stack):
    key = stack.run("manage", "create_api_client", "shop", "--scope", "all", "--shop", "all").stdout.strip()
    assert _orders(stack, key) == EMPTY

    assert stack.interrupt() == 0
    assert stack.leftovers() == []
    assert stack.run("status").stderr == "not running\n"

    stack.start()
    assert stack.one_time_password() is None
    assert _orders(stack, key) == EMPTY

    os.kill(stack.pids()["launcher"], signal.SIGKILL)
    stack.process.wait()
    stack.start()
    assert _orders(stack, key) == EMPTY

    assert stack.run("stop").returncode == 0
    stack.process.wait(10)
    assert stack.leftovers() == []
