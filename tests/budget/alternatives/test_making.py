"""Beginning, keeping, finishing, sharing and taking back an alternative."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from budget.domain.alternatives import beginning, finishing, judging, making, sharing, telling
from budget.domain.alternatives.finishing import About
from budget.domain.alternatives.judging import Change
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.domain.rounds import counting, opening
from budget.method import CHOOSE_THEMES
from budget.models import Alternative, Round
from tests.factories.budget import AlternativeFactory, RoundFactory, step_that_allows
from tests.factories.core import ParticipantFactory, UserFactory
from trajecten.domain import participants
from trajecten.domain.links import NoSuchLink
from trajecten.domain.moderation import deciding
from trajecten.enums import Moderation
from trajecten.models import Notification, Participant


@pytest.fixture
def person(in_scope: Any) -> Participant:
    return ParticipantFactory(municipality=in_scope)


@pytest.fixture
def mine(found: Any, person: Any) -> Alternative:
    return beginning.begin(found=found, by=person)


def kept(mine: Alternative) -> dict[int, Change]:
    return judging.of(Alternative.objects.get(pk=mine.pk))


def finish(mine: Alternative, **about: Any) -> Alternative:
    newest = Alternative.objects.get(pk=mine.pk)
    return finishing.finish(alternative=newest, expected=newest.revision, about=About(**about))


def owed(key: str) -> list[Any]:
    return list(Notification.objects.filter(key=key))


def test_one_person_begins_one(found: Any, mine: Alternative, person: Participant) -> None:
    assert beginning.begin(found=found, by=person) == mine
    assert mine.confirmed_at


def close(found: Round) -> None:
    Round.objects.update(closed_at=timezone.now())


def leave_step(found: Round) -> None:
    type(found.trajectory)._base_manager.update(current_step=step_that_allows(CHOOSE_THEMES))


@pytest.mark.parametrize("end", [close, leave_step])
def test_a_round_that_is_over_takes_nothing(found: Any, mine: Any, even: Any, end: Any) -> None:
    done = AlternativeFactory(round=found, finished=True)
    end(found)
    newest = Round.objects.select_related("trajectory").get(pk=found.pk)
    for act in (
        lambda: beginning.begin(found=newest, by=ParticipantFactory(municipality=found.municipality)),
        lambda: beginning.begin_as_guest(found=newest, email="an@example.org", language="nl"),
        lambda: making.keep(alternative=mine, given=even, expected=1),
        lambda: finish(mine),
        lambda: finishing.reopen(alternative=done, by=None),
        lambda: sharing.withdraw(alternative=done),
    ):
        with pytest.raises(AlternativeRefused):
            act()
    assert kept(mine) == {}


def test_what_is_kept_is_the_whole(mine: Any, even: Any, given: Any) -> None:
    first = making.keep(alternative=mine, given=even, expected=1)
    assert (first.revision, kept(mine)) == (2, even)
    other = given(c5_3=10, c2_1=(0, "Blijft zo"), c6_3=0)
    making.keep(alternative=mine, given=other, expected=2)
    assert kept(mine) == {key: change for key, change in other.items() if change}


def test_keeping_the_same_twice_changes_nothing(mine: Any, even: Any) -> None:
    for _ in range(2):
        assert making.keep(alternative=mine, given=even, expected=1).revision == 2


def test_an_older_page_overwrites_nothing(mine: Any, even: Any, given: Any) -> None:
    making.keep(alternative=mine, given=even, expected=1)
    with pytest.raises(AlternativeConflict) as conflict:
        making.keep(alternative=mine, given=given(c5_3=20), expected=1)
    assert judging.of(conflict.value.newest) == even == kept(mine)
    assert conflict.value.newest.revision == 2


def test_a_line_of_another_round_is_refused(mine: Any, in_scope: Any) -> None:
    other = RoundFactory(
        trajectory__municipality=in_scope, budget=mine.round.budget, lines={"1.1": (5, 1, 9)}
    )
    with pytest.raises(AlternativeRefused):
        making.keep(alternative=mine, given={other.lines.get().pk: Change(1)}, expected=1)


def test_finishing_needs_balance_bounds_and_a_change(mine: Any, given: Any, even: Any, english: Any) -> None:
    revision = 1
    for changes, words in (
        ({}, "not changed anything"),
        (given(c5_3=50), "Too much given out: €\N{NO-BREAK SPACE}50,000"),
        (given(c2_1=-50), "Still to divide: €\N{NO-BREAK SPACE}50,000"),
        (given(c5_3=101, c2_1=-101), "At most €\N{NO-BREAK SPACE}600,000"),
        (given(c6_3=-1, c5_3=1), "At least €\N{NO-BREAK SPACE}1,000,000"),
    ):
        revision = making.keep(alternative=mine, given=changes, expected=revision).revision
        with pytest.raises(AlternativeRefused) as refused:
            finish(mine)
        assert words in refused.value.message
    making.keep(alternative=mine, given=even, expected=revision)
    assert finish(mine, text=" Meer cultuur ").text == "Meer cultuur"
    assert list(counting.counted(mine.round)) == [mine]


def test_finishing_twice_is_told_once(mine: Any, even: Any) -> None:
    making.keep(alternative=mine, given=even, expected=1)
    first = finish(mine).finished_at
    assert finish(mine).finished_at == first
    assert len(owed(telling.FINISHED)) == 1


def test_one_finishes_what_one_saw(mine: Any, even: Any) -> None:
    making.keep(alternative=mine, given=even, expected=1)
    with pytest.raises(AlternativeConflict):
        finishing.finish(alternative=mine, expected=1, about=About())


def test_what_is_changed_again_does_not_count_until_it_is_finished(mine: Any, even: Any, given: Any) -> None:
    making.keep(alternative=mine, given=even, expected=1)
    finish(mine)
    with pytest.raises(AlternativeRefused):
        making.keep(alternative=mine, given={}, expected=2)
    for _ in range(2):
        assert finishing.reopen(alternative=mine, by=mine.author).revision == 3
    assert not counting.counted(mine.round).exists()
    making.keep(alternative=mine, given=given(c5_3=20, c2_1=-20), expected=3)
    finish(mine)
    assert counting.counted(mine.round).exists()
    assert len(owed(telling.FINISHED)) == 2


def test_words_are_read_first_where_the_municipality_wants_that(mine: Any, even: Any) -> None:
    type(mine.trajectory)._base_manager.update(premoderation=True)
    making.keep(alternative=mine, given=even, expected=1)
    assert Alternative.objects.get().moderation == Moderation.PUBLISHED
    assert finish(mine).moderation == Moderation.PENDING
    sharing.share(alternative=mine, is_shared=True)
    assert not sharing.shown().exists()
    assert finishing.reopen(alternative=mine, by=None).moderation == Moderation.PUBLISHED


def test_what_an_official_kept_back_is_read_again_after_it_changed(mine: Any, even: Any) -> None:
    making.keep(alternative=mine, given=even, expected=1)
    finish(mine)
    Alternative.objects.update(moderation=Moderation.HIDDEN)
    assert finishing.reopen(alternative=mine, by=None).moderation == Moderation.HIDDEN
    assert finish(mine).moderation == Moderation.PENDING


def test_what_was_hidden_is_read_however_often_it_is_finished(mine: Any, even: Any, handler: Any) -> None:
    type(mine.trajectory)._base_manager.update(premoderation=False)
    making.keep(alternative=mine, given=even, expected=1)
    deciding.hide(contribution=finish(mine), by=handler, reason="personal")
    for _ in range(2):
        assert finishing.reopen(alternative=mine, by=mine.author).moderation == Moderation.HIDDEN
        assert finish(mine).moderation == Moderation.PENDING
    deciding.publish(contribution=mine, by=handler)
    finishing.reopen(alternative=mine, by=mine.author)
    assert finish(mine).moderation == Moderation.PUBLISHED


# -- Guests ----------------------------------------------------------------------------------------------------


def link(alternative: Alternative) -> str:
    row = Notification.objects.filter(key=telling.ASKED, object_id=alternative.pk).get()
    return beginning.token(alternative, row.participant)


def begin(found: Any, email: str = "an@example.org") -> Alternative:
    return beginning.begin_as_guest(found=found, email=email, language="nl")


def test_what_a_guest_begins_counts_when_it_is_confirmed(found: Any, even: Any) -> None:
    draft = begin(found)
    assert (draft.author, draft.confirmed_at) == (None, None)
    making.keep(alternative=draft, given=even, expected=1)
    with pytest.raises(AlternativeRefused):
        finish(draft)
    told = beginning.read(link(draft))
    for _ in range(2):
        mine = beginning.confirm(alternative=told.draft, by=told.person)
    assert (mine, mine.author.email) == (draft, "an@example.org")
    assert finish(mine).state == "finished"


def test_another_browser_gets_another_link(found: Any) -> None:
    draft = begin(found)
    told = beginning.read(link(draft))
    kept = beginning.confirm(alternative=draft, by=told.person, keeps_link=False)
    assert kept.token != draft.token


@pytest.mark.parametrize("replaces", [True, False])
def test_who_has_one_chooses_which_stays(found: Any, even: Any, replaces: bool) -> None:
    first = begin(found)
    owner = beginning.read(link(first)).person
    beginning.confirm(alternative=first, by=owner)
    making.keep(alternative=first, given=even, expected=1)
    finish(first)
    second = begin(found)
    assert second.author is None  # nothing of the first is shown or changed by typing its address
    assert counting.counted(found).get() == first
    stays = beginning.confirm(alternative=second, by=owner, replaces=replaces)
    assert stays == (second if replaces else first)
    assert list(Alternative.objects.all()) == [stays]


def test_a_link_is_for_whom_it_was_made(found: Any, person: Any) -> None:
    draft = begin(found)
    signed = beginning.token(draft, person)
    beginning.confirm(alternative=draft, by=beginning.read(link(draft)).person)
    assert beginning.read(signed).draft is None
    with pytest.raises(AlternativeRefused):
        beginning.confirm(alternative=draft, by=person)
    with pytest.raises(NoSuchLink):
        beginning.read("W10.abc")


def test_a_round_can_be_for_accounts_only(found: Any) -> None:
    Round.objects.update(allows_guests=False)
    with pytest.raises(AlternativeRefused):
        begin(Round.objects.select_related("trajectory").get())
    assert not Participant.objects.exists()


@pytest.mark.parametrize("finished", ["guest", "account", "neither"])
def test_a_guest_who_gets_an_account_keeps_one(found: Any, finished: str) -> None:
    """The finished one, else the one that was changed last."""
    user = UserFactory(email="an@example.org")
    account = ParticipantFactory(municipality=found.municipality, user=user, email=None)
    guest = ParticipantFactory(municipality=found.municipality, email="an@example.org")
    rows = {
        "account": AlternativeFactory(round=found, author=account, finished=finished == "account"),
        "guest": AlternativeFactory(round=found, author=guest, finished=finished == "guest"),
    }
    participants.adopt_guests(user=user, email="an@example.org")
    stays = Alternative.objects.get()
    assert stays == rows["guest" if finished in ("guest", "neither") else "account"]
    assert stays.author == account


# -- Sharing, taking back, paper -------------------------------------------------------------------------------


def test_what_is_shared_is_shown_without_a_name_unless_wished(found: Any, person: Any) -> None:
    done = AlternativeFactory(round=found, finished=True, author=person)
    assert not sharing.shown().exists()
    sharing.share(alternative=done, is_shared=True)
    assert sharing.shown().get().is_named is False
    sharing.share(alternative=done, is_shared=True, is_named=True, display_name="Saar")
    shown = sharing.shown().get()
    assert (shown.is_named, shown.author.display_name) == (True, "Saar")
    sharing.take_off_names(person)
    assert sharing.shown().get().is_named is False
    sharing.share(alternative=done, is_shared=False)
    assert not sharing.shown().exists()


def test_a_draft_is_not_shared_and_a_name_has_to_be_known(found: Any, mine: Any) -> None:
    with pytest.raises(AlternativeRefused):
        sharing.share(alternative=mine, is_shared=True)
    done = AlternativeFactory(round=found, finished=True, author__display_name="")
    with pytest.raises(AlternativeRefused) as refused:
        sharing.share(alternative=done, is_shared=True, is_named=True)
    assert refused.value.field == "display_name"


def test_who_stops_leaves_nothing(mine: Any, even: Any) -> None:
    making.keep(alternative=mine, given=even, expected=1)
    finish(mine)
    for _ in range(2):
        sharing.withdraw(alternative=mine)
    assert not Alternative.objects.exists()
    with pytest.raises(AlternativeRefused):
        making.keep(alternative=mine, given=even, expected=2)


def test_a_draft_can_be_thrown_away_after_closing(mine: Any, coordinator: Any) -> None:
    opening.close(found=mine.round, by=coordinator)
    sharing.withdraw(alternative=mine)
    assert not Alternative.objects.exists()


def test_a_form_on_paper_counts_once(found: Any, even: Any, given: Any, handler: Any) -> None:
    key = uuid.uuid4()
    for _ in range(2):
        made = finishing.enter_paper(found=found, key=key, given=even, about=About(text="Ja"), by=handler)
    assert (made.author, made.text, kept(made)) == (None, "Ja", even)
    assert list(counting.counted(found)) == [made]
    with pytest.raises(AlternativeRefused):
        finishing.enter_paper(found=found, key=uuid.uuid4(), given=given(c5_3=1), about=About(), by=handler)
    assert Alternative.objects.count() == 1
