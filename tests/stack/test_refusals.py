"""./up with servers of one's own, and the starts that it refuses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
import redis

from tests.kit.launcher import Launcher, a_home

pytestmark = pytest.mark.serial

SPARE_REDIS = 9  # a database number that the suite does not use


@contextmanager
def a_database(name: str) -> Iterator[str]:
    """The URL of an empty database beside the suite's."""
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    connection = psycopg2.connect(f"{base.replace('postgres://', 'postgresql://')}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
        yield f"{base}/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def test_with_servers_of_ones_own_nothing_is_embedded():
    broker = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{SPARE_REDIS}"
    with a_home() as home, a_database("opsdesk_external") as url:
        launcher = Launcher(home, DATABASE_URL=url, REDIS_URL=broker).start()
        try:
            assert launcher.pids().keys() == {"web", "worker", "beat", "launcher"}
            assert launcher.is_ready()
            assert {path.name for path in home.iterdir()}.isdisjoint({"pg", "redis", "pg.password", "redis.password"})
        finally:
            launcher.end()
        assert launcher.leftovers() == []
        redis.Redis.from_url(broker).flushdb()


def test_data_of_another_major_is_refused_and_a_relative_home_is_relative_to_where_one_stands():
    with a_home() as home:
        data = home / "pg"
        data.mkdir(parents=True)
        (data / "PG_VERSION").write_text("17\n")
        launcher = Launcher(home)
        launcher.env["OPSDESK_HOME"] = home.name
        refused = launcher.run(cwd=home.parent)
        assert refused.returncode == 1
        assert f"{data} was made by PostgreSQL 17; this release carries 18." in refused.stderr
        assert (data / "PG_VERSION").read_text() == "17\n"


def test_an_unknown_verb_is_explained():
    with a_home() as home:
        answer = Launcher(home).run("upp")
        assert (answer.returncode, answer.stderr[:12]) == (2, "usage: ./up ")
        assert not home.exists()


@pytest.mark.parametrize("verb", ["status", "stop"])
def test_where_nothing_runs_it_says_so(verb):
    with a_home() as home:
        answer = Launcher(home).run(verb)
        assert (answer.returncode, answer.stderr) == (1, "not running\n")


@pytest.mark.parametrize("port", ["abc", "-1", "80.5", "65536"])
def test_a_port_that_is_no_number_is_refused(port):
    with a_home() as home:
        launcher = Launcher(home)
        launcher.env["OPSDESK_PORT"] = port
        refused = launcher.run()
        assert (refused.returncode, refused.stderr) == (
            1,
            f"[opsdesk] OPSDESK_PORT is a number from 1 to 65535, not {port!r}\n",
        )
        assert not home.exists()
