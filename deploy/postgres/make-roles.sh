#!/bin/sh
# For the image of Postgres in compose.yaml, which runs this once, when its volume is empty.
set -eu
psql --username="$POSTGRES_USER" --dbname=postgres --command='CREATE DATABASE metabase'
psql --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --file=/deploy/roles.sql \
  --set=writer_password="$WRITER_PASSWORD" --set=reader_password="$READER_PASSWORD"
