"""How fast pages are when they are read, and how many statements each takes."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.sending import hammer, request
from benchmarks.serving import server
from trajecten.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
CLIENTS = 2


def read(
    pages: Mapping[str, str], *, reader: User | None, seconds: float, clients: int, size: int
) -> list[dict[str, Any]]:
    """A row for each page (its name and path), read by this user or an anonymous visitor. Times in ms.

    The first page is read for ``seconds``, the others a third of that, by two clients at most: the readers are
    officials at their desks, and the machine that measures has two cores.
    """
    counted = {name: queries(path, reader) for name, path in pages.items()}
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session(reader)}"} if reader else {}
    connection.close()
    rows = []
    with server("movisie_portal.wsgi:application", HTTPS="0") as portal:
        for name, path in pages.items():
            payload = request("GET", path, portal.port, headers=headers)
            seen = hammer(
                port=portal.port,
                clients=min(clients, CLIENTS),
                seconds=seconds / 3 if rows else seconds,
                make=lambda client, n, payload=payload: payload,
                warm_up=1.5,
            )
            if set(seen.statuses) != {200}:
                raise SystemExit(f"{path} does not answer 200: {seen.statuses}")
            rows.append(
                {
                    "bench": name,
                    "size": size,
                    "rps": round(seen.rps, 1),
                    "p50_ms": round(seen.p50_ms, 2),
                    "p95_ms": round(seen.p95_ms, 2),
                    "queries": counted[name],
                    "bare_rps": None,
                    "ratio": None,
                    "worker_peak_mb": round(portal.worker_peak_mb(), 1),
                }
            )
    return rows


def queries(path: str, reader: User | None) -> int:
    """Statements of the page, once the process has asked what it asks once."""
    client = Client(SERVER_NAME="127.0.0.1")
    if reader:
        client.force_login(reader, backend=BACKEND)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path, secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}.")
    return len(captured)


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key
