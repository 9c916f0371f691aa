"""Telling very many followers of one decision, by real workers, of which one is killed twice; and answers meanwhile."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django_scopes import scope, scopes_disabled

from benchmarks import town
from benchmarks.serving import free_port, wait_for
from buurtschouw.domain import answering
from buurtschouw.models import Answer, Report
from trajecten.domain.telling import composing, notify
from trajecten.models import Follow, Notification, Participant, User

SIZE = 50_000
REPORTS = 20
SINGLES = 5
KILLS = (0.15, 0.45)  # at which part of the mails the worker of the many is killed
KEY = "buurtschouw.supported_closed"
OURS = ("volger", "bench-single")
CELERY = (sys.executable, "-m", "celery", "-A", "movisie_portal")


def measure(*, seconds: float, clients: int, size: int = SIZE) -> list[dict[str, Any]]:
    """One row: how long until all were told, the slowest single answer, and what the mail server counted.

    The followers have accounts, so each gets a message in the portal too. Until all is told, an answer to somebody in
    particular is sent ``SINGLES`` times, and the worker of the many gets SIGKILL twice, with its children.
    ``clients`` is the number of its children; ``seconds`` does not matter here.
    """
    built = town.build(REPORTS)
    with scope(municipality=built.municipality):
        answer = _answer(built)
        _followers(built, answer.report, size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    cache.clear()
    with tempfile.TemporaryDirectory() as folder, _programs(Path(folder), clients) as programs:
        return [_told(built, answer, size, programs)]


def _told(built: town.Town, answer: Answer, size: int, programs: "Programs") -> dict[str, Any]:
    began = time.time()
    with scope(municipality=built.municipality), transaction.atomic():
        notify.owe_followers(
            key=KEY,
            target=answer.report,
            municipality=built.municipality,
            about=answer,
            delivery_key="bench",
        )
    asked = time.time() - began
    kills, singles = list(KILLS), {}
    moments = [(number + 0.5) / SINGLES for number in range(SINGLES)]
    while len(programs.unique()) < size + SINGLES:
        part = len(programs.unique()) / size
        if moments and part >= moments[0]:
            moments.pop(0)
            singles[_single(built, answer, len(moments))] = time.time()
        if kills and part >= kills[0]:
            kills.pop(0)
            programs.kill_bulk()
        time.sleep(0.2)
        if time.time() - began > 3600:
            break
    took = time.time() - began
    time.sleep(3)  # for what should not come any more
    arrived, offered = programs.arrivals()
    with scopes_disabled():
        in_portal = Notification.objects.filter(channel="inapp").count()
    return {
        "bench": "fanout",
        "size": size,
        "asked_ms": round(asked * 1000, 1),
        "seconds": round(took, 1),
        "per_second": round(size / took, 1),
        "single_slowest_s": round(max(arrived[key] - at for key, at in singles.items()), 2),
        "children": programs.children,
        "kills": len(KILLS) - len(kills),
        "unique_mails": len(arrived),
        "expected_mails": size + SINGLES,
        "offered_again": offered - len(arrived),
        "in_portal": in_portal,
    }


def _single(built: town.Town, answer: Answer, number: int) -> str:
    """Owe an answer to one person; returns the Message-ID that its mail will have."""
    key = f"bench-single-{number}"
    with scope(municipality=built.municipality), transaction.atomic():
        to = Participant.objects.create(municipality=built.municipality, email=f"{key}@example.org")
        notify.owe(key=KEY, to=to, municipality=built.municipality, about=answer, delivery_key=key)
    return composing.message_id(key)


def _answer(built: town.Town) -> Answer:
    report = Report.objects.filter(status="new").first()
    answering.answer(
        report=report,
        by=built.handler,
        version=report.version,
        status="done",
        message="De tegels liggen recht.",
    )
    return Answer.objects.get(report=report)


def _followers(built: town.Town, report: Report, size: int) -> None:
    kind = ContentType.objects.get_for_model(Report)
    for begin in range(0, size, town.BATCH):
        numbers = range(begin, min(size, begin + town.BATCH))
        users = User.objects.bulk_create(
            User(email=f"volger{number}@example.org", password="!") for number in numbers
        )
        people = Participant.objects.bulk_create(
            Participant(municipality=built.municipality, email=user.email, user=user) for user in users
        )
        Follow.objects.bulk_create(
            Follow(
                municipality=built.municipality, participant=person, content_type=kind, object_id=report.pk
            )
            for person in people
        )


class Programs:
    """The mail server, a worker for each lane as ``script/start`` has them, and the clock."""

    def __init__(self, folder: Path, children: int) -> None:
        self.folder = folder
        self.children = children
        self.mails = folder / "mails"
        self.mails.touch()
        self.port = free_port()
        self.running: dict[str, subprocess.Popen] = {}
        self._read, self._lines = 0, Counter[str]()
        self._first: dict[str, float] = {}

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                env={**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{self.port}", "LOG_LEVEL": "WARNING"},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start_bulk(self) -> None:
        self.start(
            "bulk",
            *CELERY,
            "worker",
            "--queues",
            "fanout,bulk",
            "--concurrency",
            str(self.children),
            "-n",
            "bulk@%h",
        )

    def kill_bulk(self) -> None:
        process = self.running.pop("bulk")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        self.start_bulk()

    def unique(self) -> dict[str, float]:
        """The moment at which each Message-ID came first."""
        with self.mails.open() as file:
            file.seek(self._read)
            for line in iter(file.readline, ""):
                if not line.endswith("\n"):
                    break
                self._read += len(line.encode())
                at, message_id, address = line.split()
                if not address.startswith(OURS):
                    continue  # the handler's own mail of what is new, when this lasts long
                self._lines[message_id] += 1
                self._first.setdefault(message_id, float(at))
        return self._first

    def arrivals(self) -> tuple[dict[str, float], int]:
        """The moments by Message-ID, and how many mails were offered in all."""
        return self.unique(), sum(self._lines.values())


@contextmanager
def _programs(folder: Path, children: int) -> Iterator[Programs]:
    programs = Programs(folder, children)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left behind
    try:
        programs.start(
            "sink", sys.executable, "-m", "benchmarks.counting", str(programs.port), str(programs.mails)
        )
        wait_for(programs.port)
        programs.start(
            "single", *CELERY, "worker", "--queues", "celery", "--concurrency", "2", "-n", "single@%h"
        )
        programs.start_bulk()
        programs.start("beat", *CELERY, "beat", "--pidfile=", "--schedule", str(folder / "schedule"))
        time.sleep(8)  # until the workers listen
        yield programs
    finally:
        for process in programs.running.values():
            process.terminate()
        for process in programs.running.values():
            process.wait(timeout=120)
