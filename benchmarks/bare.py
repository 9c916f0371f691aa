"""The bare limit: the same server parses the same body and inserts one row in a transaction of its own."""

import json
import os
import uuid
from collections.abc import Callable, Iterable
from typing import Any

import psycopg2

TABLE = "bench_bare_report"
CREATE = f"""
DROP TABLE IF EXISTS {TABLE};
CREATE TABLE {TABLE} (
  id uuid PRIMARY KEY, category integer, lat double precision, lon double precision, text text, email text
)
"""
INSERT = f"INSERT INTO {TABLE} VALUES (%s, %s, %s, %s, %s, %s)"
_connection: Any = None


def connect() -> Any:
    global _connection
    if _connection is None:
        _connection = psycopg2.connect(os.environ["BENCH_DSN"])
    return _connection


def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    key = str(uuid.UUID(environ["HTTP_IDEMPOTENCY_KEY"]))
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(
            INSERT, (key, body["category"], body["lat"], body["lon"], body["text"], body.get("email", ""))
        )
    answer = json.dumps({"id": key}).encode()
    start_response(
        "201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
    )
    return [answer]
