"""PostgreSQL. DATABASE_URL is the role the processes work as; migrations run as the owner (./up, the container)."""

import os

import dj_database_url

LOCK_TIMEOUT_MS = 3_000
STATEMENT_TIMEOUT_MS = int(os.environ.get("OPSDESK_STATEMENT_TIMEOUT_MS", "60000"))
IDLE_IN_TRANSACTION_MS = 30_000

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgres:///opsdesk"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    f"-c lock_timeout={LOCK_TIMEOUT_MS} -c statement_timeout={STATEMENT_TIMEOUT_MS} "
    f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
)
DATABASES["default"]["OPTIONS"]["connect_timeout"] = 5
