"""What is kept of who chooses, notes and asks: told, erased, and let go of in time (budget/domain/my_data)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from budget.domain.my_data import analysing, choosing
from budget.models import BudgetQuestion, ProgrammeNote, Theme, ThemeBallot, ThemeVote, UnconfirmedQuestion
from tests.factories.budget import BudgetTrajectoryFactory, ThemeFactory
from tests.factories.choosing import (
    BallotFactory,
    NoteFactory,
    QuestionFactory,
    UnconfirmedQuestionFactory,
)
from tests.factories.core import ParticipantFactory
from trajecten.domain.my_data import erasing
from trajecten.enums import ErasedWords
from trajecten.models import Participant

pytestmark = pytest.mark.usefixtures("english", "in_scope")


def everything_of(person: Any) -> None:
    theme = ThemeFactory()
    BallotFactory(trajectory=theme.trajectory, participant=person, themes=[theme])
    ThemeFactory(trajectory=theme.trajectory, author=person, is_suggested=True, title="Rust")
    QuestionFactory(author=person, text="Wat kost dit?")
    UnconfirmedQuestionFactory(participant=person)
    NoteFactory(author=person)


def test_all_of_it_is_told() -> None:
    person = ParticipantFactory()
    everything_of(person)
    told = {part.key: list(part.export(person)) for part in (*choosing.PARTS, *analysing.PARTS)}
    assert {key: len(kept) for key, kept in told.items()} == {
        "budget.theme_ballots": 1,
        "budget.themes": 1,
        "budget.questions": 1,
        "budget.unconfirmed_questions": 1,
        "budget.notes": 1,
    }


def test_hidden_words_of_another_are_not_told_to_who_chose_them() -> None:
    person, theme = ParticipantFactory(), ThemeFactory(title="Scheldwoord", moderation="hidden")
    BallotFactory(trajectory=theme.trajectory, participant=person, themes=[theme])
    (kept,) = choosing.PARTS[0].export(person)
    assert "a theme that is not public any more" in str(kept)
    assert "Scheldwoord" not in str(kept)


@pytest.mark.parametrize(("words", "stays"), [(ErasedWords.ALL, True), (ErasedWords.NONE, False)])
def test_a_vote_goes_on_counting_and_words_stay_as_chosen(words: str, stays: bool) -> None:
    person = ParticipantFactory(email="weg@example.org")
    everything_of(person)
    token = ThemeBallot.objects.get().token

    erasing.erase(participant=person, words=words)

    ballot = ThemeBallot.objects.get()
    assert (ballot.participant, ThemeVote.objects.count()) == (None, 1)
    assert ballot.token != token
    assert (BudgetQuestion.objects.get().text == "Wat kost dit?") is stays
    assert Theme.objects.filter(title="Rust").exists() is stays
    assert (ProgrammeNote.objects.get().text != "") is stays
    assert not UnconfirmedQuestion.objects.exists()
    assert not Participant.objects.filter(email="weg@example.org").exists()


def test_a_voter_is_known_while_choosing_is_open() -> None:
    long_ago = timezone.now() - timedelta(days=400)
    still_open = BallotFactory(confirmed_at=long_ago)
    over = BallotFactory(trajectory=BudgetTrajectoryFactory(), confirmed_at=long_ago)
    guest = over.participant

    due = list(choosing.voters(timezone.now() - timedelta(days=365)))
    assert due == [over]
    choosing.forget_voters(due)

    over.refresh_from_db()
    still_open.refresh_from_db()
    assert (over.participant, still_open.participant is None) == (None, False)
    assert not Participant.objects.filter(pk=guest.pk).exists()
    assert not choosing.voters(timezone.now()).exists()


def test_what_was_never_confirmed_goes() -> None:
    BallotFactory(waiting=True)
    UnconfirmedQuestionFactory()
    soon = timezone.now() + timedelta(days=1)
    choosing.forget_unconfirmed(list(choosing.unconfirmed(soon)))
    analysing.remove_unconfirmed(list(analysing.old_unconfirmed(soon)))
    assert not ThemeBallot.objects.exists()
    assert not UnconfirmedQuestion.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.parametrize("rule", [*choosing.RULES, *analysing.RULES], ids=lambda rule: rule.key)
def test_what_a_rule_applied_is_not_due_any_more(rule: Any) -> None:
    BallotFactory(trajectory=BudgetTrajectoryFactory())
    BallotFactory(waiting=True)
    ThemeFactory(author=ParticipantFactory(), is_suggested=True)
    ThemeFactory(author=ParticipantFactory(), is_suggested=True, moderation="hidden")
    QuestionFactory(answered=True)
    QuestionFactory(unread=True)
    UnconfirmedQuestionFactory()
    NoteFactory()
    NoteFactory(moderation="hidden")
    soon = timezone.now() + timedelta(days=1)

    due = list(rule.due(soon))
    rule.apply(due)

    assert due
    assert not rule.due(soon).exists()
