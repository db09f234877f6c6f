"""What no linter sees: migrations, deployment settings, the published schema and the catalogs are up to date.

Run by `make check`. Needs no database.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "docs" / "openapi.yaml"

sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "opsdesk.settings"
os.environ["OPSDESK_SECRET_KEY"] = secrets.token_urlsafe(50)
for relaxed in ("OPSDESK_HTTPS", "OPSDESK_DEBUG"):  # as in production
    os.environ.pop(relaxed, None)

import django  # noqa: E402 - the environment comes first
from django.core.management import call_command  # noqa: E402
from django.core.management.base import SystemCheckError  # noqa: E402


def migrations_are_complete() -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Got an error checking a consistent migration history", RuntimeWarning)
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)


def deployment_is_safe() -> None:
    call_command("check", deploy=True, fail_level="WARNING")


def schema_is_published() -> None:
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / "openapi.yaml"
        call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
        if not SCHEMA.exists() or fresh.read_bytes() != SCHEMA.read_bytes():
            sys.exit("docs/openapi.yaml is not what the code says; run: make schema")


def catalogs_are_complete() -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "messages.py", "--check"], check=True)


CHECKS: tuple[Callable[[], None], ...] = (
    migrations_are_complete,
    deployment_is_safe,
    schema_is_published,
    catalogs_are_complete,
)


def main() -> int:
    django.setup()
    failed = 0
    for check in CHECKS:
        name = check.__name__.replace("_", " ")
        try:
            check()
        except (SystemExit, SystemCheckError, subprocess.CalledProcessError) as refusal:
            failed += 1
            print(f"FAILED: {name}: {refusal}", file=sys.stderr)
        else:
            print(f"ok: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
