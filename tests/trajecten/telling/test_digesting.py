"""Digests: whatever happens when, every message is told once, unless it is wanted no more."""

import random
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.factories.buurtschouw import AnswerFactory, ReportFactory
from tests.factories.core import (
    FollowFactory,
    MunicipalityFactory,
    NotificationFactory,
    ParticipantFactory,
    PreferenceFactory,
)
from trajecten.domain.telling import delivering, digesting, fanning_out, notify, preferences, unsubscribing
from trajecten.enums import Channel, Frequency, Lane, NotificationState
from trajecten.models import Notification, Participant

KEY = "buurtschouw.supported_closed"
CATEGORY = "my-supports"
EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def clock(in_scope: Any) -> Any:
    with time_machine.travel(EIGHT - timedelta(hours=2), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def owe(in_scope: Any, report: Any) -> Any:
    def owe(to: Participant, delivery_key: str) -> Any:
        answer = AnswerFactory(report=ReportFactory(schouw=report.schouw, category=report.category))
        notify.owe(key=KEY, to=to, municipality=in_scope, about=answer, delivery_key=delivery_key)
        delivering.deliver_due()
        return answer

    return owe


def tick() -> None:
    """What beat and the workers do."""
    digesting.collect_due()
    delivering.deliver_due(lane=Lane.BULK)


@pytest.fixture
def daily(in_scope: Any) -> Participant:
    return PreferenceFactory(participant__language="en", frequency=Frequency.DAILY).participant


def test_what_is_held_comes_in_one_mail_at_eight(daily: Participant, owe: Any, clock: Any) -> None:
    answers = [owe(daily, f"number-{number}") for number in range(3)]
    tick()
    assert mail.outbox == []
    clock.move_to(EIGHT)
    tick()
    tick()
    (message,) = mail.outbox
    assert message.to == [daily.email]
    assert message.subject == "3 messages from the municipality of Polderwijk"
    for answer in answers:
        assert message.body.count(f"/meldingen/{answer.report_id}/") == 1
    assert unsubscribing.preferences_url(participant=daily, municipality=daily.municipality) in message.body


def test_one_click_on_a_digest_stops_what_is_in_it(
    daily: Participant, owe: Any, clock: Any, client: Any
) -> None:
    owe(daily, "one")
    clock.move_to(EIGHT)
    tick()
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(f"/{stop.split('/', 3)[3]}", {"List-Unsubscribe": "One-Click"})
    assert unsubscribing.is_stopped(daily, CATEGORY)


def test_what_is_no_longer_wanted_or_gone_is_left_out(daily: Participant, owe: Any, clock: Any) -> None:
    owe(daily, "gone").delete()
    owe(daily, "there")
    clock.move_to(EIGHT)
    tick()
    assert mail.outbox[0].subject == "1 message from the municipality of Polderwijk"
    owe(daily, "later")
    unsubscribing.stop(participant=daily, category=CATEGORY)
    clock.shift(timedelta(days=1))
    tick()
    assert len(mail.outbox) == 1
    assert Notification.objects.get(delivery_key="later").state == NotificationState.DROPPED


def test_two_people_get_two_digests(owe: Any, clock: Any) -> None:
    people = [PreferenceFactory(frequency=Frequency.WEEKLY).participant for _ in range(2)]
    for person in people:
        owe(person, f"to-{person.pk}")
    clock.move_to(EIGHT + timedelta(days=6))
    tick()
    assert sorted(message.to for message in mail.outbox) == sorted([person.email] for person in people)


def test_a_digest_that_can_t_be_sent_lets_go_of_what_is_in_it(
    daily: Participant, owe: Any, clock: Any
) -> None:
    owe(daily, "one")
    clock.move_to(EIGHT)
    digesting.collect_due()
    Notification.objects.filter(key=digesting.DIGEST).update(attempts=delivering.MAX_ATTEMPTS - 1)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError()):
        delivering.deliver_due(lane=Lane.BULK)
    assert Notification.objects.get(delivery_key="one").state == NotificationState.HELD
    clock.shift(timedelta(days=1))
    tick()
    assert len(mail.outbox) == 1


def test_nobody_waits_for_who_can_t_be_told_any_more(
    daily: Participant, owe: Any, clock: Any, monkeypatch: Any
) -> None:
    """More held rows than are looked at in one go, of a municipality that stopped taking part, come first."""
    monkeypatch.setattr(digesting, "PEOPLE", 2)
    gone = MunicipalityFactory(other=True, is_participating=False)
    with scope(municipality=gone):
        for _ in range(3):
            person = ParticipantFactory(municipality=gone)
            NotificationFactory(participant=person, state="held", due_at=EIGHT - timedelta(days=9))
    owe(daily, "one")
    clock.move_to(EIGHT)
    assert digesting.collect_due() == 1


def test_all_that_is_due_goes_in_one_run_who_waits_longest_first(
    in_scope: Any, clock: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(digesting, "PEOPLE", 2)
    people = [ParticipantFactory() for _ in range(5)]
    for late, person in enumerate(people):
        for _ in range(2):
            NotificationFactory(participant=person, state="held", due_at=EIGHT - timedelta(minutes=late))
    clock.move_to(EIGHT)
    assert digesting.collect_due() == 5
    digests = Notification.objects.filter(key=digesting.DIGEST).order_by("pk")
    assert [digest.participant for digest in digests] == people[::-1]


def test_a_run_ends_in_time_and_one_that_fails_holds_up_nobody(
    in_scope: Any, clock: Any, monkeypatch: Any
) -> None:
    people = [ParticipantFactory() for _ in range(2)]
    for person in people:
        NotificationFactory(participant=person, state="held", due_at=EIGHT)
    clock.move_to(EIGHT)
    monkeypatch.setattr(digesting, "BUSY_SECONDS", -1)
    assert digesting.collect_due() == 0
    monkeypatch.setattr(digesting, "BUSY_SECONDS", 50)
    collect = digesting.collect

    def broken(*args: Any, participant: int, **rest: Any) -> bool:
        if participant == people[0].pk:
            raise ZeroDivisionError
        return collect(*args, participant=participant, **rest)

    monkeypatch.setattr(digesting, "collect", broken)
    assert digesting.collect_due() == 1


def offered(message: EmailMultiAlternatives) -> str:
    return message.extra_headers["Message-ID"]


def offers() -> Counter[str]:
    """How often each mail was offered."""
    return Counter(offered(message) for message in mail.outbox)


class Killed(BaseException):
    """As a power cut: nothing that was not committed stays."""


class Telling(RuleBasedStateMachine):
    """People are owed things, change their minds, time goes by, and the worker is killed at any moment.

    A mail that was offered twice has the same Message-ID, by which mailboxes know it for the same one. One that was
    offered while nothing could be written down is offered again, and may by then be part of a digest: until then it
    counts as told, but not as told twice.
    """

    FREQUENCIES = st.sampled_from(Frequency.values)

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        cache.clear()
        mail.outbox = []
        self.municipality = MunicipalityFactory()
        self.scope = scope(municipality=self.municipality)
        self.scope.__enter__()
        self.clock = time_machine.travel(EIGHT - timedelta(hours=3), tick=False)
        self.now = self.clock.start()
        self.report = ReportFactory(public=True)
        self.people = [ParticipantFactory() for _ in range(2)]
        for person in self.people:
            FollowFactory(participant=person, target=self.report)
        self.owed = 0
        self.expected: list[tuple[int, int]] = []
        self.said_never: set[int] = set()
        self.not_written_down: dict[str, int] = {}

    def teardown(self) -> None:
        self.clock.stop()
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule(person=st.integers(0, 1))
    def owe_one(self, person: int) -> None:
        self.owed += 1
        to = self.people[person]
        about = AnswerFactory(report=ReportFactory(schouw=self.report.schouw))
        key = f"single-{self.owed}"
        notify.owe(key=KEY, to=to, municipality=self.municipality, about=about, delivery_key=key)
        self.expected.append((to.pk, about.report_id))

    @rule(n=st.integers(1, digesting.BURST + 2))
    def owe_followers(self, n: int) -> None:
        for _ in range(n):
            self.owed += 1
            about = AnswerFactory(report=ReportFactory(schouw=self.report.schouw))
            notify.owe_followers(
                key=KEY,
                target=self.report,
                municipality=self.municipality,
                about=about,
                delivery_key=f"followers-{self.owed}",
            )
            self.expected += [(person.pk, about.report_id) for person in self.people]

    @rule(person=st.integers(0, 1), frequency=FREQUENCIES)
    def choose(self, person: int, frequency: str) -> None:
        to = self.people[person]
        if frequency == Frequency.NEVER:
            self.said_never.add(to.pk)
        preferences.choose(
            to=to,
            municipality=self.municipality,
            category=CATEGORY,
            channel=Channel.EMAIL,
            frequency=frequency,
        )

    @rule(hours=st.integers(1, 30))
    def time_goes_by(self, hours: int) -> None:
        self.now.shift(timedelta(hours=hours))

    @rule()
    def work(self) -> None:
        fanning_out.fan_out_due()
        delivering.deliver_due()
        tick()

    @rule(seed=st.integers(0, 2**16), after=st.booleans())
    def work_and_be_killed(self, seed: int, after: bool) -> None:
        """At a random mail: before the server has it, or after that but before it is written down."""
        dice = random.Random(seed)
        send = EmailMultiAlternatives.send

        def sometimes(message: Any, *args: Any, **kwargs: Any) -> int:
            is_killed = dice.random() < 0.3
            if is_killed and not after:
                raise Killed
            sent = send(message, *args, **kwargs)
            if is_killed:
                self.not_written_down[offered(message)] = offers()[offered(message)]
                raise Killed
            return sent

        with mock.patch.object(EmailMultiAlternatives, "send", sometimes):
            for job in (fanning_out.fan_out_due, delivering.deliver_due, tick):
                try:
                    job()
                except Killed:
                    continue

    @rule(seed=st.integers(0, 2**16))
    def a_mail_server_that_fails(self, seed: int) -> None:
        dice = random.Random(seed)
        send = EmailMultiAlternatives.send

        def sometimes(message: Any, *args: Any, **kwargs: Any) -> int:
            if dice.random() < 0.4:
                raise OSError
            return send(message, *args, **kwargs)

        with mock.patch.object(EmailMultiAlternatives, "send", sometimes):
            self.work()

    @invariant()
    def nothing_comes_twice(self) -> None:
        again = offers()
        open_yet = {key for key, count in self.not_written_down.items() if again[key] == count}
        assert [pair for pair, n in self.told(but=open_yet).items() if n > 1] == []

    @precondition(lambda self: self.owed)
    @rule()
    def in_the_end_everything_is_told(self) -> None:
        for _ in range(12):
            self.now.shift(timedelta(days=1))
            self.work()
        told = self.told()
        missing = [
            (person, report)
            for person, report in self.expected
            if not told[person, report] and person not in self.said_never
        ]
        assert missing == []
        assert not Notification.objects.filter(state__in=["queued", "held"]).exists()

    def told(self, *, but: Collection[str] = ()) -> Counter[tuple[int, int]]:
        """How often each person was told of each report, the same mail once."""
        mails = {offered(message): message for message in mail.outbox if offered(message) not in but}
        people = {person.email: person.pk for person in self.people}
        told: Counter[tuple[int, int]] = Counter()
        for message in mails.values():
            for report in {report for _, report in self.expected}:
                told[people[message.to[0]], report] += message.body.count(f"/meldingen/{report}/")
        return told


@pytest.mark.django_db
def test_a_kill_before_it_is_written_down_and_another_choice_lose_nothing() -> None:
    """A course that was found: what was sent and not written down came again, in a digest that was chosen since."""
    course = Telling()
    try:
        course.owe_followers(n=6)
        course.work_and_be_killed(seed=1, after=True)
        course.choose(person=0, frequency=Frequency.DAILY)
        course.choose(person=1, frequency=Frequency.DAILY)
        assert course.not_written_down
        course.in_the_end_everything_is_told()
        course.nothing_comes_twice()
    finally:
        course.teardown()


@pytest.mark.django_db
def test_whatever_happens_everything_is_told_once() -> None:
    run_state_machine_as_test(
        Telling,
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
