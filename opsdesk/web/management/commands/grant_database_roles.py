"""manage.py grant_database_roles: gives the app role and the backup role what they need, run by the owner."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

APP, BACKUP = "opsdesk_app", "opsdesk_backup"
# no TRUNCATE for anybody but the owner: the audit trail's trigger does not see it
GRANTS = {
    APP: "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public",
    BACKUP: "SELECT ON ALL TABLES IN SCHEMA public",
}


class Command(BaseCommand):
    help = "Grant the app and backup roles, where they exist, what they need."

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            for role, tables in GRANTS.items():
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if cursor.fetchone():
                    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
                    cursor.execute(f"GRANT {tables} TO {role}")
                    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP])
            if cursor.fetchone():
                cursor.execute(f"REVOKE UPDATE, DELETE ON audit_auditentry FROM {APP}")
