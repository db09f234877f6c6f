#!/bin/sh
# `prepare` brings the database up to date, once, before the others start; anything else is run as it is.
set -eu
if [ "${1:-}" = prepare ]; then
    app_url="$DATABASE_URL"
    export DATABASE_URL="$DATABASE_OWNER_URL" # the owner migrates, the app role works
    python manage.py migrate --noinput -v0
    python manage.py grant_database_roles
    export DATABASE_URL="$app_url"
    python manage.py sync_reference
    exec python manage.py welcome "${OPSDESK_URL:-http://127.0.0.1:8000/}"
fi
exec "$@"
