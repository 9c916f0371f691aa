"""What was acknowledged is never lost, and nobody hears it twice, whatever dies meanwhile."""

import json
import re
import signal
import threading
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest

from buurtschouw.models import Report
from tests.e2e.conftest import RunningPortal
from tests.e2e.running import wait_until
from trajecten.enums import NotificationState
from trajecten.models import Notification

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

REPORTS = 200


def _send(portal: RunningPortal, key: uuid.UUID, body: dict[str, Any]) -> int:
    request = urllib.request.Request(
        portal.address(f"schouw/{portal.schouw.pk}/meldingen"),
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": str(key)},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def _body(portal: RunningPortal, email: str = "", text: str = "Losse tegel") -> dict[str, Any]:
    category = portal.schouw.categories.first().pk
    return {"category": category, "lat": 52.51, "lon": 4.915, "text": text, "email": email}


def _start_redis_later(portal: RunningPortal, seconds: float) -> threading.Timer:
    """Redis is gone, with all that was in it, and an empty one comes after so many seconds."""
    portal.programs.kill("redis")
    timer = threading.Timer(seconds, portal.programs.redis, [portal.redis_port])
    timer.start()
    return timer


def _freeze_redis(portal: RunningPortal, seconds: float) -> threading.Timer:
    """Redis answers nobody for so long: its process is stopped as it would be on a machine that hangs."""
    process = portal.programs.running["redis"]
    process.send_signal(signal.SIGSTOP)
    timer = threading.Timer(seconds, process.send_signal, [signal.SIGCONT])
    timer.start()
    return timer


def _deliveries(mail: Path) -> int:
    log = mail / "deliveries.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def test_reports_survive_a_killed_worker_and_a_redis_that_is_away(
    portal: RunningPortal, database: None
) -> None:
    """200 reports, the worker killed twice (SIGKILL), Redis gone for ten seconds in between and hanging later."""
    acknowledged: dict[uuid.UUID, str] = {}
    before = _deliveries(portal.mail)
    away = None
    for n in range(REPORTS):
        if n in {50, 130}:
            portal.programs.kill("worker")
            portal.programs.worker()
        if n == 80:
            away = _start_redis_later(portal, 10)
        if n == 120:
            away.join()
        if n == 160:
            away = _freeze_redis(portal, 3)
        key, email = uuid.uuid4(), f"melder{n}@example.org"
        if _send(portal, key, _body(portal, email)) in {200, 201}:
            acknowledged[key] = email
    away.join()

    assert len(acknowledged) == REPORTS
    stored = list(Report.objects.filter(key__in=acknowledged).values_list("key", flat=True))
    assert sorted(stored) == sorted(acknowledged)
    wait_until(lambda: not _owed(acknowledged), seconds=120, every=1)
    received = _received_by_address(portal.mail)
    assert {email: received.get(email, 0) for email in acknowledged.values()} == dict.fromkeys(
        acknowledged.values(), 1
    )
    # On the wire a kill between "sent" and "written down" may offer a mail again; it is known by its Message-ID.
    assert REPORTS <= _deliveries(portal.mail) - before <= REPORTS + 2 * 2


def _owed(acknowledged: dict[uuid.UUID, str]) -> bool:
    return (
        Notification.objects.filter(participant__email__in=acknowledged.values())
        .exclude(state=NotificationState.SENT)
        .exists()
    )


def _received_by_address(mail: Path) -> dict[str, int]:
    counted: dict[str, int] = {}
    for file in (mail / "new").iterdir():
        for address in re.findall(rb"^To: (\S+)", file.read_bytes(), re.MULTILINE):
            counted[address.decode()] = counted.get(address.decode(), 0) + 1
    return counted


def test_the_same_report_twenty_times_at_once_is_one_report(portal: RunningPortal, database: None) -> None:
    key, body = uuid.uuid4(), _body(portal, "twintig@example.org")
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(_send(portal, key, body))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] * 19 + [201]
    assert Report.objects.filter(key=key).count() == 1
    assert _send(portal, key, _body(portal, "twintig@example.org", text="Iets anders")) == 409
    assert Report.objects.get(key=key).text == "Losse tegel"
