"""Secure unless asked otherwise: settings from the environment, headers, health, logs."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import structlog
from celery.signals import before_task_publish
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from redis import RedisError
from structlog.contextvars import bound_contextvars

from movisie_portal.logs import mask
from trajecten.models import Participant
from trajecten.tasks import HEARTBEAT_KEY, heartbeat
from trajecten.views import health

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-key-that-is-long-enough-for-this-0123456789-abcdefghij"


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of its own and prints the ones that tests ask for."""
    names = "DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT STAFF_SECOND_FACTOR DEMO"
    code = f"from django.conf import settings as s; print([bool(getattr(s, n)) for n in '{names}'.split()])"
    return started(code, **environment)


def started(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "GDAL_LIBRARY_PATH", "GEOS_LIBRARY_PATH"}
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "DJANGO_SETTINGS_MODULE": "movisie_portal.settings", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_secret_key_it_does_not_start() -> None:
    refused = start()
    assert refused.returncode != 0
    assert "SECRET_KEY" in refused.stderr


def test_a_demo_needs_no_secret_key_of_its_own() -> None:
    assert start(DEMO="1").returncode == 0


def test_secure_is_the_default() -> None:
    assert start(SECRET_KEY=SECRET).stdout.strip() == "[False, True, True, True, True, False]"


def said(names: str, **environment: str) -> str:
    code = f"from django.conf import settings as s; print(*[getattr(s, n) for n in '{names}'.split()])"
    return started(code, SECRET_KEY=SECRET, **environment).stdout.strip()


def test_the_portal_answers_to_the_host_of_its_own_address() -> None:
    assert said("ALLOWED_HOSTS", BASE_URL="https://portaal.example.org:8443/") == "['portaal.example.org']"
    assert said("ALLOWED_HOSTS", BASE_URL="https://a.example.org", ALLOWED_HOSTS="b.example.org") == (
        "['b.example.org']"
    )


def test_the_scheme_of_the_mail_server_s_address_counts() -> None:
    backends = "django.core.mail.backends"
    assert said("EMAIL_BACKEND") == f"{backends}.smtp.EmailBackend"
    assert said("EMAIL_BACKEND", EMAIL_URL="consolemail://") == f"{backends}.console.EmailBackend"
    assert said(
        "EMAIL_BACKEND", EMAIL_URL="consolemail://", EMAIL_BACKEND=f"{backends}.dummy.EmailBackend"
    ) == (f"{backends}.dummy.EmailBackend")


def test_pages_carry_the_headers(db: None) -> None:
    headers = Client().get("/privacy/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_browsers_are_told_to_stay_on_https(settings: Any, db: None) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    answer = Client().get("/privacy/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_no_page_has_inline_script_or_style(schouw: Any) -> None:
    for path in (
        "/privacy/",
        "/polderwijk/",
        "/polderwijk/meldingen/",
        f"/polderwijk/schouw/{schouw.pk}/melden/",
    ):
        page = Client().get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert "<script>" not in page


def test_the_demo_s_doors_are_closed_outside_the_demo(db: None) -> None:
    assert Client().get("/postbus/").status_code == 404
    assert Client().get("/stijl/").status_code == 404


def test_security_txt_says_whom_to_write_to_and_until_when() -> None:
    answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert "Contact: mailto:" in text
    assert "Expires: " in text
    assert "Preferred-Languages: nl" in text


# -- Health ---------------------------------------------------------------------------------------------------


def test_live_asks_nothing_of_others() -> None:
    with mock.patch.object(health, "_database", side_effect=DatabaseError):
        assert Client().get("/gezond/live").status_code == 200


def test_ready_when_all_are_well(db: None) -> None:
    heartbeat()
    answer = Client().get("/gezond/klaar")
    assert answer.status_code == 200
    assert set(answer.json().values()) == {"ok"}


@pytest.mark.parametrize(
    ("part", "name"),
    [("connection.cursor", "database"), ("MigrationExecutor", "migrations"), ("Redis.from_url", "redis")],
)
@pytest.mark.parametrize("fault", [DatabaseError, InterfaceError])
def test_not_ready_names_what_is_not_well(part: str, name: str, fault: type[Exception], db: None) -> None:
    heartbeat()
    broken = mock.Mock(side_effect=fault)
    if name == "redis":
        broken = mock.Mock(return_value=mock.Mock(ping=mock.Mock(side_effect=RedisError)))
    with mock.patch(f"trajecten.views.health.{part}", broken):
        answer = Client().get("/gezond/klaar")
    assert answer.status_code == 503
    assert answer.json()[name] == "not ok"


def test_not_ready_while_a_migration_waits(db: None) -> None:
    heartbeat()
    newest = MigrationLoader(connection).graph.leaf_nodes("trajecten")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = Client().get("/gezond/klaar")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "not ok")


def test_not_ready_with_a_redis_that_is_not_there(db: None, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = Client().get("/gezond/klaar")
    assert (answer.status_code, answer.json()["redis"]) == (503, "not ok")


def test_health_says_nothing_about_the_machine(db: None, settings: Any) -> None:
    settings.REDIS_URL = "redis://someone:secret@127.0.0.1:1/0"
    parts = Client().get("/gezond/klaar").json()
    assert set(parts) == {"status", "database", "migrations", "redis", "worker"}
    assert set(parts.values()) <= {"ok", "not ok"}


def test_not_ready_without_a_worker_s_heartbeat(db: None) -> None:
    cache.delete(HEARTBEAT_KEY)
    answer = Client().get("/gezond/klaar")
    assert (answer.status_code, answer.json()["worker"]) == (503, "not ok")


# -- Logs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("GET /polderwijk/volg/abc_DEF-123/", "GET /polderwijk/volg/…/"),
        ("POST /voorstel/abc_DEF-123/akkoord/", "POST /voorstel/…/akkoord/"),
        ("mail to iemand@example.org failed", "mail to …@… failed"),
        ("GET /polderwijk/werk/meldingen/?words=naam", "GET /polderwijk/werk/meldingen/?…"),
        ("mail to j.o'neil+x@example.org failed", "mail to …@… failed"),
        ("GET /x/jan%40example.org/", "GET /x/…@…/"),
        (
            "already exists.\nDETAIL:  Failing row contains (3, de buurman\nvan 12).",
            "already exists.\nDETAIL: …",
        ),
    ],
)
def test_what_is_personal_is_masked(line: str, masked: str) -> None:
    assert mask(line) == masked


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the real handler of the real settings writes."""
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    )
    written = StringIO()
    before = handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    handler.setStream(before)


SECRETS = {"mail": "jan@example.org", "path": "/polderwijk/volg/abc_DEF-123/"}
LOGGERS = [logging.getLogger("a.package"), structlog.get_logger("our.own")]


@pytest.mark.parametrize("logger", LOGGERS, ids=["logging", "structlog"])
def test_positional_and_nested_values_are_masked_in_the_line(logger: Any, lines: Any) -> None:
    logger.warning("to %s at %s", SECRETS["mail"], SECRETS["path"])
    fields = {"parts": [SECRETS, (SECRETS["mail"],)], "email": "jan", "error": ValueError(SECRETS["mail"])}
    logger.warning("more", extra=fields) if logger is LOGGERS[0] else logger.warning("more", **fields)
    first, second = lines()
    masked = {"mail": "…@…", "path": "/polderwijk/volg/…/"}
    assert first["event"] == "to …@… at /polderwijk/volg/…/"
    assert second["parts"] == [masked, ["…@…"]]
    assert (second["email"], second["error"]) == ("…", "ValueError('…@…')")


@pytest.mark.parametrize("logger", LOGGERS, ids=["logging", "structlog"])
def test_a_traceback_in_the_line_has_no_address_token_or_row(logger: Any, lines: Any, in_scope: Any) -> None:
    Participant.objects.create(municipality=in_scope, email=SECRETS["mail"])
    try:
        with transaction.atomic():
            Participant.objects.create(municipality=in_scope, email=SECRETS["mail"])
    except IntegrityError:
        logger.exception("at %s", SECRETS["path"])
    (line,) = lines()
    assert "participant_email_once" in line["exception"]
    assert "The above exception was the direct cause" in line["exception"]
    assert SECRETS["mail"] not in str(line)
    assert "municipality_id, email" not in str(line)
    assert "abc_DEF-123" not in str(line)


def test_what_the_geocoder_says_beside_its_event_is_in_the_line(lines: Any) -> None:
    logging.getLogger("trajecten.domain.geocoder").warning("geocoder_failed", extra={"service": "free"})
    (line,) = lines()
    assert (line["event"], line["service"]) == ("geocoder_failed", "free")


def test_a_request_s_line_has_its_id_and_no_secret(report: Any, caplog: Any) -> None:
    Client().get(f"/polderwijk/volg/{report.token}/")
    assert "request_id" in caplog.text
    assert report.token not in caplog.text


def test_a_task_gets_the_id_of_the_request_that_asked_for_it() -> None:
    headers: dict[str, Any] = {"id": "a-task"}
    with bound_contextvars(request_id="een-verzoek"):
        before_task_publish.send(sender="a.task", headers=headers, body=None, routing_key="celery")
    assert headers["__django_structlog__"]["request_id"] == "een-verzoek"
