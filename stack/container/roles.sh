#!/bin/sh
# Run once by the postgres image on an empty volume: the owner migrates, the app works, the backup reads.
set -eu
psql -v ON_ERROR_STOP=1 -v secret="$OPSDESK_DB_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE opsdesk_owner LOGIN CREATEDB PASSWORD :'secret';
CREATE ROLE opsdesk_app LOGIN PASSWORD :'secret';
CREATE ROLE opsdesk_backup LOGIN PASSWORD :'secret';
CREATE DATABASE opsdesk OWNER opsdesk_owner;
SQL
