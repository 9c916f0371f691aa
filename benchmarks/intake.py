"""How many reports the intake takes, against the bare limit of the same server, body and database."""

import json
import random
import uuid
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg2.extensions import make_dsn

from benchmarks import bare, town
from benchmarks.sending import Measured, hammer, request
from benchmarks.serving import server

SIZE = 20_000
ROUNDS = 5


def measure(*, seconds: float, clients: int, size: int = SIZE) -> list[dict[str, Any]]:
    """One row: requests a second, times in ms, statements of the dearest and the usual request, ratio to bare.

    Every other report leaves an address, which costs a participant, a consent, an outbox row and now and then a
    message to the broker. Portal and bare server take turns, so that a machine that is slow for a moment is
    slow for both.
    """
    built = town.build(size)
    dearest, usual = _queries(built)
    path = f"/{town.SLUG}/schouw/{built.schouw.pk}/meldingen"
    with (
        server(
            "movisie_portal.wsgi:application",
            HTTPS="0",
            ANONYMOUS_REPORTS_PER_HOUR="100000000",
            MAILS_PER_ADDRESS_PER_HOUR="100000000",
        ) as portal,
        server("benchmarks.bare:application", BENCH_DSN=_bare_table()) as bare_server,
    ):
        taken, limit = Measured.nothing(), Measured.nothing()
        for _ in range(ROUNDS):
            taken += _hammer(built, portal.port, path, seconds / ROUNDS, clients)
            limit += _hammer(built, bare_server.port, "/", seconds / ROUNDS, clients)
        peak = portal.worker_peak_mb()
    return [
        {
            "bench": "intake",
            "size": size,
            "rps": round(taken.rps, 1),
            "p50_ms": round(taken.p50_ms, 2),
            "p95_ms": round(taken.p95_ms, 2),
            "queries": dearest,
            "queries_usual": usual,
            "bare_rps": round(limit.rps, 1),
            "ratio": round(taken.rps / limit.rps, 3),
            "worker_peak_mb": round(peak, 1),
        }
    ]


def _hammer(built: town.Town, port: int, path: str, seconds: float, clients: int) -> Measured:
    found = hammer(port=port, clients=clients, seconds=seconds, make=_maker(built, port, path))
    if set(found.statuses) != {201}:
        raise SystemExit(f"Not every report was taken in: {found.statuses}")
    return found


def _maker(built: town.Town, port: int, path: str):  # type: ignore[no-untyped-def]
    def make(client: int, n: int) -> bytes:
        key = str(uuid.uuid4())
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return request("POST", path, port, headers=headers, body=json.dumps(_body(built, client, n)).encode())

    return make


def _body(built: town.Town, client: int, n: int) -> dict[str, Any]:
    dice = random.Random(client * 1_000_003 + n)
    return {
        "category": built.categories[n % len(built.categories)].pk,
        "lat": town.SOUTH + dice.random() * town.SIDE,
        "lon": town.WEST + dice.random() * town.SIDE,
        "accuracy": 8,
        "text": "Stoeptegels liggen los bij de speeltuin. " + " ".join(dice.choices(town.WORDS, k=8)),
        "email": f"bewoner{client}-{n}-{dice.randrange(10**9)}@example.org" if n % 2 else "",
    }


def _queries(built: town.Town) -> tuple[int, int]:
    """Statements for a new reporter with an address: with nothing remembered, and right after another report."""
    client = Client(SERVER_NAME="127.0.0.1")
    _statements(built, client, 1)  # what a process asks once in its life
    caches["memory"].clear()
    return _statements(built, client, 3), _statements(built, client, 5)


def _statements(built: town.Town, client: Client, n: int) -> int:
    """How many statements this report takes. BEGIN and COMMIT do not count."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(
            f"/{town.SLUG}/schouw/{built.schouw.pk}/meldingen",
            json.dumps(_body(built, 99, n)),
            content_type="application/json",
            secure=True,
            headers={"Idempotency-Key": str(uuid.uuid4())},
        )
    if answer.status_code != 201:
        raise SystemExit(f"The intake answers {answer.status_code}: {answer.content.decode()[:500]}")
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured.captured_queries)


def _bare_table() -> str:
    """Make the table of the bare server; returns where it is, as libpq reads it."""
    with connection.cursor() as cursor:
        cursor.execute(bare.CREATE)
    connection.close()
    wanted = ("dbname", "host", "port", "user", "password")
    return make_dsn(**{name: v for name, v in connection.get_connection_params().items() if name in wanted})
