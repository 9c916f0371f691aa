"""Reminders of promises."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.core import CommitmentFactory, ParticipantFactory
from tests.mails import composed
from trajecten import registry
from trajecten.domain.promises import changing, making, moving, reminding, terms
from trajecten.models import Commitment, Notification

TODAY = timezone.localdate()
SOON, DUE, OVERDUE = (reminding.KEYS[kind] for kind in (terms.SOON, terms.DUE, terms.OVERDUE))


def told() -> list[tuple[str, Any]]:
    rows = Notification.objects.order_by("id").select_related("user", "participant")
    return [(row.key, row.user or row.participant) for row in rows]


@pytest.fixture
def promise(schouw: Any, handler: Any) -> Any:
    def promise(days: int, **given: Any) -> Commitment:
        owner = {} if {"owner_participant", "owner_group"} & given.keys() else {"owner": handler}
        owner = owner or {"owner": None}
        return CommitmentFactory(
            trajectory=schouw.trajectory, deadline=TODAY + timedelta(days=days), **owner, **given
        )

    return promise


@pytest.mark.parametrize(
    ("days", "kind"),
    [(8, 0), (7, 1), (1, 1), (0, 2), (-6, 2), (-7, 3), (-400, 3)],
)
def test_which_reminder_is_due(days: int, kind: int) -> None:
    assert terms.reminder(TODAY + timedelta(days=days), TODAY) == kind


@pytest.mark.parametrize(("days", "keys"), [(8, []), (7, [SOON]), (0, [DUE]), (-6, [DUE])])
def test_the_owner_hears_it_a_week_before_and_on_the_date(
    promise: Any, handler: Any, days: int, keys: list[str]
) -> None:
    promise(days)
    reminding.remind()
    reminding.remind()
    assert told() == [(key, handler) for key in keys]


def test_coordinators_hear_it_when_a_week_overdue_and_what_was_missed_is_not_sent_after_all(
    promise: Any, coordinator: Any
) -> None:
    promise(-30)
    reminding.remind()
    reminding.remind()
    assert told() == [(OVERDUE, coordinator)]


def test_each_reminder_in_turn_and_none_twice(promise: Any, handler: Any, coordinator: Any) -> None:
    made = promise(7)
    reminding.remind()
    for days in (0, -7):
        made.deadline = TODAY + timedelta(days=days)
        made.save(update_fields=["deadline"])
        for _again in range(2):
            reminding.remind()
    assert told() == [(SOON, handler), (DUE, handler), (OVERDUE, coordinator)]


def test_a_resident_gets_it_as_a_participant_and_a_group_through_the_coordinator(
    promise: Any, coordinator: Any
) -> None:
    resident = ParticipantFactory()
    promise(0, owner_participant=resident)
    promise(0, owner_group="Bewonersgroep")
    promise(0, owner_participant=ParticipantFactory(email=None))
    reminding.remind()
    assert told() == [(DUE, resident), (DUE, coordinator), (DUE, coordinator)]


def test_closed_promises_are_left_alone(promise: Any) -> None:
    promise(-30, status="done")
    assert reminding.remind() == 0


def test_another_date_begins_anew(promise: Any, handler: Any) -> None:
    made = promise(0)
    reminding.remind()
    later = TODAY + timedelta(days=20)
    changed = changing.change(
        commitment=made, text=made.text, deadline=later, owner=handler, by=handler, reason="Vorst."
    )
    assert changed.reminded == 0
    assert reminding.remind() == 0


def test_what_was_promised_within_the_week_needs_no_reminder_of_a_week_before(
    schouw: Any, handler: Any
) -> None:
    making.promise_for(
        trajectory=schouw.trajectory,
        origins=[],
        text="Morgen.",
        deadline=TODAY + timedelta(days=1),
        owner=handler,
        by=handler,
    )
    assert reminding.remind() == 0


@pytest.mark.parametrize(("days", "words"), [(7, "one week left"), (0, "today"), (-7, "a week late")])
def test_the_mail_says_by_when(promise: Any, english: None, days: int, words: str) -> None:
    made = promise(days)
    made.owner.language = "en"
    reminding.remind()
    row = Notification.objects.get()
    row.user.language = "en"
    mail = composed(row)
    assert words in mail.subject
    assert made.text in mail.body


def test_a_reminder_is_dropped_when_it_was_closed_or_postponed_meanwhile(promise: Any, handler: Any) -> None:
    made = promise(0)
    reminding.remind()
    moving.move(commitment=made, status="done", by=handler)
    with pytest.raises(registry.NothingToSay):
        composed(Notification.objects.get())
