"""How fast the handler's queue is with very many reports, and whether its statements grow with its rows."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from benchmarks import town
from benchmarks.sending import hammer, request
from benchmarks.serving import server
from buurtschouw.models import Report
from trajecten.models import User

SIZE = 100_000
BACKEND = "django.contrib.auth.backends.ModelBackend"
CLIENTS = 2


def measure(*, seconds: float, clients: int, size: int = SIZE) -> list[dict[str, Any]]:
    """A row for the queue as it opens, and one for each way of narrowing it. Times in ms, for two clients."""
    built = town.build(size)
    cookie = f"{settings.SESSION_COOKIE_NAME}={_session(built.handler)}"
    variants = _variants(built)
    counted = {name: _queries(built.handler, query) for name, query in variants.items()}
    connection.close()
    rows = []
    with server("movisie_portal.wsgi:application", HTTPS="0") as portal:
        for name, query in variants.items():
            payload = request("GET", _path(query), portal.port, headers={"Cookie": cookie})
            seen = hammer(
                port=portal.port,
                clients=min(clients, CLIENTS),
                seconds=seconds if name == "queue" else seconds / 3,
                make=lambda client, n, payload=payload: payload,
                warm_up=1.5,
            )
            if set(seen.statuses) != {200}:
                raise SystemExit(f"The queue does not answer 200 to {query}: {seen.statuses}")
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
    rows[0]["queries_one_row"] = _queries_one_row(built)
    return rows


def _path(query: str) -> str:
    return f"/{town.SLUG}/werk/meldingen/?{query}"


def _variants(built: town.Town) -> dict[str, str]:
    with scope(municipality=built.municipality):
        area = Report.objects.values_list("area", flat=True).first()
    return {
        "queue": "",
        "queue-status": "status=planned",
        "queue-theme": f"category={built.categories[0].pk}",
        "queue-area": f"area={area}",
        "queue-overdue": "term=overdue",
        "queue-mine": "mine=on",
        "queue-search": "words=stoeptegel+lantaarn",
        "queue-newest": "order=newest&status=all",
        "queue-page-20": "page=20",
    }


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


def _queries(user: User, query: str) -> int:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend=BACKEND)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(_path(query), secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"The queue answers {answer.status_code} to {query}.")
    return len(captured)


def _queries_one_row(built: town.Town) -> int:
    """The same page with one report left."""
    with scope(municipality=built.municipality):
        keep = Report.objects.open().values_list("pk", flat=True).first()
        Report.objects.exclude(pk=keep).delete()
    return _queries(built.handler, "")
