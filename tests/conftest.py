"""Fixtures of the whole suite."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from opsdesk.parameters.queries import forget_cached
from tests.builders import NOW, a_client
from tests.kit.http import Api
from tests.kit.noskip import pytest_make_collect_report, pytest_runtest_makereport  # noqa: F401 - hooks


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """The test database has the grants of a real one."""
    with django_db_blocker.unblock():
        call_command("grant_database_roles")


@pytest.fixture(autouse=True)
def _fresh_parameters() -> Iterator[None]:
    """What one test has overridden, the next does not remember."""
    forget_cached()
    yield
    forget_cached()


@pytest.fixture
def clock() -> Iterator[Any]:
    """The doors' clock stands at NOW; move it with ``clock.move_to``."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def api(db: None) -> Api:
    """A REST client with every scope in every shop."""
    return Api(a_client())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the processes of a test write."""
    return tmp_path / "processes.log"
