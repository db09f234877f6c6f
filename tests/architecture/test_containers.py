"""The containers run what ./up runs, on the same lock, with the same three database roles."""

import re
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"web", "worker", "beat"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def _plain(words) -> list[str]:
    """A command without what differs between machines: the interpreter, addresses and places."""
    path = re.compile(r"^(/.*/|)(opsdesk/gunicorn\.py|beat\.db)$")
    plain = [path.sub(r"\2", str(word)) for word in words]
    return ["python" if Path(word).name.startswith("python") else re.sub(r"^[\d.]+:8000$", "ADDRESS", word) for word in plain]


def _of_up(monkeypatch) -> dict[str, list[str]]:
    monkeypatch.syspath_prepend(str(ROOT / "stack"))
    import runner  # type: ignore[import-not-found]

    services = {service.name: _plain(service.argv) for service in runner._processes(Path("/home"), 8000)}
    for name in ("runner", "state", "bootstrap", "files", "service", "postgres", "valkey"):
        sys.modules.pop(name, None)
    return services


def test_compose_runs_the_processes_of_up(compose, monkeypatch):
    assert {name: _plain(compose["services"][name]["command"]) for name in PARTS} == _of_up(monkeypatch)


def test_every_service_but_the_preparation_has_a_health_check(compose):
    services = compose["services"]
    assert services.keys() == {"postgres", "redis", "prepare", *PARTS}
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"prepare"}


def test_the_processes_wait_for_the_preparation_and_work_as_the_app_role(compose):
    for name in PARTS:
        service = compose["services"][name]
        assert service["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
        assert "://opsdesk_app:" in service["environment"]["DATABASE_URL"]
        assert "DATABASE_OWNER_URL" not in service["environment"]


def test_the_image_is_made_from_the_lock_and_not_run_by_root():
    image = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes --only-binary :all: -r requirements.txt" in image
    assert re.findall(r"^USER (.*)$", image, re.M) == ["opsdesk"]


def test_the_roles_are_those_of_up():
    made = re.findall(r"CREATE ROLE (\w+)", (ROOT / "stack/container/roles.sh").read_text())
    embedded = re.search(r"^OWNER, APP, BACKUP = (.*)$", (ROOT / "stack/postgres.py").read_text(), re.M)
    assert embedded
    assert made == re.findall(r'"(\w+)"', embedded[1])
