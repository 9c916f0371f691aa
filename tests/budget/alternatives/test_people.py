"""What is kept of who makes an alternative budget: told, erased, and gone in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from budget.domain.alternatives import beginning
from budget.domain.my_data import alternatives
from budget.models import Alternative, AlternativeChange, Round
from tests.factories.budget import AlternativeFactory
from tests.factories.core import ParticipantFactory
from trajecten.domain.retention import running
from trajecten.enums import ErasedWords
from trajecten.models import Notification, Participant

CHANGES = {"5.3": 50, "2.1": -50}


@pytest.fixture
def guest(in_scope: Any) -> Participant:
    return ParticipantFactory(municipality=in_scope, user=None, email="an@example.org")


def told(person: Participant) -> dict[str, Any]:
    (kept,) = alternatives.alternatives(person)
    return {fact.key: fact.value for fact in kept.facts}


def test_who_asks_gets_every_change(found: Any, guest: Any) -> None:
    done = AlternativeFactory(round=found, author=guest, finished=True, changes=CHANGES)
    done.changes.filter(change=50).update(reason="Theater")
    facts = told(guest)
    assert facts["text"] == "Meer voor de buurt"
    assert "50.000: Theater" in facts["changes"]


@pytest.mark.parametrize(
    ("words", "moderation", "stays"),
    [
        (ErasedWords.PUBLIC, "published", True),
        (ErasedWords.PUBLIC, "pending", False),
        (ErasedWords.ALL, "pending", True),
        (ErasedWords.NONE, "published", False),
    ],
)
def test_what_was_finished_counts_on_without_words_that_may_not_stay(
    found: Any, guest: Any, words: str, moderation: str, stays: bool
) -> None:
    done = AlternativeFactory(
        round=found, author=guest, finished=True, changes=CHANGES, moderation=moderation, is_shared=True
    )
    done.changes.update(reason="Theater")
    alternatives.erase_alternatives(guest, words)
    done.refresh_from_db()
    assert (bool(done.text), done.is_shared) == (stays, False)
    assert list(done.changes.order_by("change").values_list("change", flat=True)) == [-50, 50]
    assert set(done.changes.values_list("reason", flat=True)) == ({"Theater"} if stays else {""})


def test_a_draft_goes_with_who_is_erased(found: Any, guest: Any) -> None:
    AlternativeFactory(round=found, author=guest, changes=CHANGES)
    alternatives.erase_alternatives(guest, ErasedWords.ALL)
    assert not Alternative.objects.exists()
    assert not AlternativeChange.objects.exists()


def test_an_address_that_was_never_confirmed_goes_after_a_month(found: Any) -> None:
    for email in ("oud@example.org", "nieuw@example.org"):
        beginning.begin_as_guest(found=found, email=email, language="nl")
    oldest = Alternative.objects.order_by("pk").first()
    assert oldest
    Alternative.objects.filter(pk=oldest.pk).update(created_at=timezone.now() - timedelta(days=31))
    Notification.objects.update(state="sent", sent_at=timezone.now())
    assert running.run()
    assert list(Participant.objects.values_list("email", flat=True)) == ["nieuw@example.org"]
    assert Alternative.objects.get() != oldest


def test_a_year_after_closing_nobody_knows_whose_they_were(found: Any, guest: Any) -> None:
    done = AlternativeFactory(
        round=found, author=guest, finished=True, changes=CHANGES, moderation="hidden", is_shared=True
    )
    done.changes.update(reason="Bel mij")
    AlternativeFactory(round=found, changes=CHANGES)
    assert running.run() is not None
    done.refresh_from_db()
    assert done.author == guest
    Round.objects.update(closed_at=timezone.now() - timedelta(days=366))
    assert running.run()
    left = Alternative.objects.get()
    assert (left, left.author, left.text, left.is_shared) == (done, None, "", False)
    assert set(left.changes.values_list("reason", flat=True)) == {""}
    assert not alternatives.of_closed_rounds(timezone.now()).exists()
