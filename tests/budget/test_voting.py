"""Choosing themes: at once, by mail, on paper, by own link; and what others suggest (budget/domain/choosing)."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from budget.domain.choosing import cards, counting, deciding, merging, suggesting, voting
from budget.domain.choosing.refusals import ChoosingRefused
from budget.domain.choosing.voting import Choice
from budget.method import ANALYSE, CHOOSE_THEMES, SUGGESTIONS_A_PERSON
from budget.models import Theme, ThemeBallot, ThemeVote
from budget.starting_themes import STARTING_THEMES
from tests.factories.budget import BudgetTrajectoryFactory, ThemeFactory, step_that_allows
from tests.factories.choosing import BallotFactory
from tests.factories.core import AreaFactory, ParticipantFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.mails import in_english
from trajecten.domain import participants
from trajecten.domain.moderation import deciding as moderating
from trajecten.enums import Moderation, ParticipantKind
from trajecten.models import Activity, Notification, Participant
from trajecten.registry import NothingToSay

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def trajectory(in_scope: Any) -> Any:
    return BudgetTrajectoryFactory(act=CHOOSE_THEMES)


@pytest.fixture
def themes(trajectory: Any) -> list[Any]:
    return [ThemeFactory(trajectory=trajectory) for _ in range(3)]


def page(trajectory: Any, name: str = "themas/") -> str:
    return f"/polderwijk/begroting/traject/{trajectory.pk}/{name}"


def form(*themes: Any, **more: Any) -> dict[str, Any]:
    return {"themes": [theme.pk for theme in themes], "kind": "resident", **more}


def at_once(municipality: Any, *acts: Callable[[], Any]) -> None:
    def once(act: Callable[[], Any]) -> None:
        try:
            with scope(municipality=municipality):
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(once, acts))


def votes() -> dict[int, int]:
    found: dict[int, int] = {}
    for theme in ThemeVote.objects.filter(ballot__confirmed_at__isnull=False).values_list("theme", flat=True):
        found[theme] = found.get(theme, 0) + 1
    return found


# -- With an account


def test_an_account_votes_at_once_and_can_change_it(
    trajectory: Any, themes: list[Any], resident_client: Client, areas: list[Any]
) -> None:
    resident_client.post(page(trajectory), form(*themes[:2], home_area=areas[0].pk, kind="professional"))
    assert votes() == {themes[0].pk: 1, themes[1].pk: 1}

    answer = resident_client.post(page(trajectory), form(themes[2]))

    assert answer.status_code == 302
    assert votes() == {themes[2].pk: 1}
    assert ThemeBallot.objects.count() == 1
    person = Participant.objects.get()
    assert (person.kind, person.home_area) == (ParticipantKind.RESIDENT, areas[0])


def test_without_a_theme_it_is_refused_beside_the_field_and_the_rest_is_kept(
    trajectory: Any, themes: list[Any], client: Client
) -> None:
    answer = client.post(page(trajectory), {"kind": "professional", "email": "kiest@example.org"})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Choose at least one theme." in shown
    assert 'value="kiest@example.org"' in shown
    assert not ThemeBallot.objects.exists()


def test_when_the_step_is_closed_nobody_votes(
    trajectory: Any, themes: list[Any], resident_client: Client
) -> None:
    trajectory.current_step = "programmes"
    trajectory.save()

    assert resident_client.post(page(trajectory), form(themes[0])).status_code == 422
    assert votes() == {}


def test_a_theme_of_another_trajectory_or_that_others_may_not_read_is_refused(trajectory: Any) -> None:
    person = ParticipantFactory()
    for theme in (ThemeFactory(), ThemeFactory(trajectory=trajectory, moderation=Moderation.PENDING)):
        with pytest.raises(ChoosingRefused):
            voting.vote(trajectory=trajectory, by=person, choice=Choice((theme,)))


# -- With a mail address


def test_a_guest_counts_once_the_address_confirms_it(
    trajectory: Any, themes: list[Any], client: Client
) -> None:
    client.post(page(trajectory), form(themes[0], email="kiest@example.org"))
    ballot = ThemeBallot.objects.get()
    assert votes() == {}
    mail = in_english(Notification.objects.get(key="budget.theme_vote_asked"))
    own = f"/polderwijk/begroting/themas/mijn/{ballot.token}/"
    assert own in mail.body

    assert client.get(own).status_code == 200
    assert client.get(f"{own}bevestigen/").status_code == 302
    assert votes() == {}
    client.post(f"{own}bevestigen/")
    client.post(f"{own}bevestigen/")

    assert votes() == {themes[0].pk: 1}


def test_who_types_anothers_address_changes_nothing_of_theirs(
    trajectory: Any, themes: list[Any], client: Client
) -> None:
    guest = ParticipantFactory(email="kiest@example.org")
    BallotFactory(trajectory=trajectory, participant=guest, themes=[themes[0]])

    client.post(page(trajectory), form(themes[1], email="KIEST@example.org"))

    assert votes() == {themes[0].pk: 1}
    assert "already" in in_english(Notification.objects.get()).body


def test_what_another_typed_since_is_not_confirmed_by_the_link_of_before(
    trajectory: Any, themes: list[Any]
) -> None:
    def link(themes: list[Any], **told: Any) -> str:
        choice = Choice(tuple(themes), **told)
        asked = {"email": "kiest@example.org", "language": "en", "choice": choice}
        return voting.ask_to_vote(trajectory=trajectory, **asked).token

    links = [
        link(themes[:1]),
        link(themes[:2]),
        link(themes[:2], area=AreaFactory()),
        link(themes[:2], kind=ParticipantKind.ENTREPRENEUR),
    ]
    assert len(set(links)) == 4
    assert link(themes[:2], kind=ParticipantKind.ENTREPRENEUR) == links[-1]


def test_a_guest_changes_and_takes_back_by_the_own_page(
    trajectory: Any, themes: list[Any], client: Client
) -> None:
    ballot = BallotFactory(trajectory=trajectory, themes=[themes[0]])
    own = f"/polderwijk/begroting/themas/mijn/{ballot.token}/"

    client.post(own, form(themes[1]))
    assert votes() == {themes[1].pk: 1}
    assert f'action="{own}intrekken/"' in client.get(own).content.decode()
    client.post(f"{own}intrekken/")

    assert votes() == {}
    assert client.get(own).status_code == 404


def test_who_signs_in_later_counts_once(trajectory: Any, themes: list[Any], resident: Any) -> None:
    mine = participants.of_user(municipality=trajectory.municipality, user=resident)
    voting.vote(trajectory=trajectory, by=mine, choice=Choice((themes[0],)))
    guest = ParticipantFactory(email="ander@example.org")
    BallotFactory(trajectory=trajectory, participant=guest, themes=[themes[1]])

    participants.adopt_guests(user=resident, email="ander@example.org")

    assert votes() == {themes[0].pk: 1}
    merging.unite_ballots(key=0, into=mine)


def test_a_member_votes_by_their_own_link(trajectory: Any, themes: list[Any], client: Client) -> None:
    member = EnrolmentFactory(trajectory=trajectory)

    client.post(f"/polderwijk/begroting/mee/{member.token}/themas/", form(themes[0]))

    assert ThemeBallot.objects.get().participant == member.participant
    assert votes() == {themes[0].pk: 1}


# -- On paper


def test_a_sheet_counts_once_however_often_it_is_sent(
    trajectory: Any, themes: list[Any], handler_client: Client
) -> None:
    address = f"/polderwijk/begroting/werk/traject/{trajectory.pk}/themas/papier/"
    sheet = form(themes[0], key=str(uuid.uuid4()))

    handler_client.post(address, sheet)
    handler_client.post(address, sheet)
    handler_client.post(address, form(themes[0], key=str(uuid.uuid4())))

    assert votes() == {themes[0].pk: 2}
    assert not ThemeBallot.objects.filter(participant__isnull=False).exists()


# -- At once


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_vote_set(municipality: Any) -> None:
    with scope(municipality=municipality):
        trajectory = BudgetTrajectoryFactory(municipality=municipality, act=CHOOSE_THEMES)
        themes = [ThemeFactory(trajectory=trajectory) for _ in range(4)]
        person = ParticipantFactory(municipality=municipality)

    def vote(theme: Any) -> None:
        with scope(municipality=municipality):
            voting.vote(trajectory=trajectory, by=person, choice=Choice((theme,)))
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(vote, themes))
    with scope(municipality=municipality):
        assert ThemeBallot.objects.filter(participant=person).count() == 1
        assert sum(votes().values()) == 1


@pytest.mark.django_db(transaction=True)
def test_who_confirms_while_they_sign_in_waits_for_that(
    municipality: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserFactory(email="bea@example.org")
    with scope(municipality=municipality):
        trajectory = BudgetTrajectoryFactory(municipality=municipality, act=CHOOSE_THEMES)
        guest = ParticipantFactory(municipality=municipality, email=user.email)
        ballot = BallotFactory(trajectory=trajectory, participant=guest, waiting=True)
        mine = ParticipantFactory(municipality=municipality, user=user, email=None)
    is_merging, merge = Event(), participants._merge

    def slowly(*people: Participant) -> None:
        is_merging.set()
        sleep(0.5)
        merge(*people)

    def confirm() -> None:
        assert is_merging.wait(5)
        voting.confirm(ballot=ballot)

    monkeypatch.setattr(participants, "_merge", slowly)
    at_once(municipality, lambda: participants.adopt_guests(user=user, email=user.email), confirm)
    with scope(municipality=municipality):
        found = ThemeBallot.objects.get()
    assert (found.participant, found.is_confirmed) == (mine, True)


@pytest.mark.django_db(transaction=True)
def test_taking_back_waits_for_who_confirms_meanwhile(
    municipality: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(municipality=municipality):
        trajectory = BudgetTrajectoryFactory(municipality=municipality, act=CHOOSE_THEMES)
        ballot = BallotFactory(trajectory=trajectory, waiting=True)
    is_found, newest = Event(), voting._newest

    def slowly(ballot: ThemeBallot) -> ThemeBallot:
        found = newest(ballot)
        is_found.set()
        sleep(0.5)
        return found

    def withdraw() -> None:
        assert is_found.wait(5)
        voting.withdraw(ballot=ballot)

    monkeypatch.setattr(voting, "_newest", slowly)
    at_once(municipality, lambda: voting.confirm(ballot=ballot), withdraw)
    with scope(municipality=municipality):
        assert not ThemeBallot.objects.exists()


def test_who_never_confirmed_is_forgotten_with_the_address(
    trajectory: Any, themes: list[Any], client: Client
) -> None:
    ballot = voting.ask_to_vote(
        trajectory=trajectory, email="bea@example.org", language="nl", choice=Choice((themes[0],))
    )
    Notification.objects.update(state="sent", sent_at=timezone.now())
    own = f"/polderwijk/begroting/themas/mijn/{ballot.token}/intrekken/"
    answer = client.post(own, follow=True)
    assert "We forgot your choice." in answer.content.decode()
    assert not Participant.objects.filter(email="bea@example.org").exists()


def test_what_counts_since_is_not_taken_back_after_the_step(trajectory: Any, themes: list[Any]) -> None:
    stale = BallotFactory(trajectory=trajectory, themes=themes[:1], waiting=True)
    voting.confirm(ballot=ThemeBallot.objects.get(pk=stale.pk))
    type(trajectory).objects.update(current_step=step_that_allows(ANALYSE))
    with pytest.raises(ChoosingRefused):
        voting.withdraw(ballot=stale)
    assert ThemeBallot.objects.exists()


def test_changing_what_was_taken_back_in_another_window_says_so(
    trajectory: Any, themes: list[Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballot, change = BallotFactory(trajectory=trajectory, themes=[themes[0]]), voting.change

    def after_it_went(**what: Any) -> ThemeBallot:
        voting.withdraw(ballot=ballot)
        return change(**what)

    monkeypatch.setattr(voting, "change", after_it_went)
    own = f"/polderwijk/begroting/themas/mijn/{ballot.token}/"
    answer = client.post(own, form(themes[1]), follow=True)
    assert answer.status_code == 404
    assert "Your choice was taken back" in answer.content.decode()


# -- Suggesting


def test_a_suggestion_is_read_first_and_can_be_chosen_then(
    trajectory: Any, themes: list[Any], resident_client: Client, handler: Any
) -> None:
    own = {"title": "Rust in de straat", "text": "Minder lawaai."}
    resident_client.post(page(trajectory, "themas/voorstellen/"), own)
    made = Theme.objects.get(is_suggested=True)
    assert made.moderation == Moderation.PENDING
    assert "Rust in de straat" not in Client().get(page(trajectory)).content.decode()
    assert resident_client.post(page(trajectory), form(made)).status_code == 422

    moderating.publish(contribution=made, by=handler)

    assert "Rust in de straat" in Client().get(page(trajectory)).content.decode()
    resident_client.post(page(trajectory), form(made))
    assert votes() == {made.pk: 1}


def test_without_reading_first_a_suggestion_is_public_at_once(trajectory: Any) -> None:
    trajectory.premoderation = False
    trajectory.save()
    made = suggesting.suggest(trajectory=trajectory, by=ParticipantFactory(), title="Rust", text="Stil")
    assert made.is_public


def test_a_title_that_is_there_and_one_too_many_are_refused(trajectory: Any, themes: list[Any]) -> None:
    person = ParticipantFactory()
    with pytest.raises(ChoosingRefused) as refused:
        suggesting.suggest(trajectory=trajectory, by=person, title=themes[0].title.upper(), text="Stil")
    assert refused.value.field == "title"
    for number in range(SUGGESTIONS_A_PERSON):
        suggesting.suggest(trajectory=trajectory, by=person, title=f"Rust {number}", text="Stil")
    with pytest.raises(ChoosingRefused):
        suggesting.suggest(trajectory=trajectory, by=person, title="Nog een", text="Stil")


# -- Counting


def test_small_numbers_are_hidden_and_can_not_be_worked_out(trajectory: Any, themes: list[Any]) -> None:
    wijk = AreaFactory(kind="wijk", code="WK999901", name="Noord")
    buurt = AreaFactory(kind="buurt", code="BU99990101", name="De Linde", parent=wijk)
    south = AreaFactory(kind="wijk", code="WK999902", name="Zuid")
    for number in range(12):
        area = buurt if number < 6 else wijk if number < 9 else south
        BallotFactory(trajectory=trajectory, area=area, themes=[themes[0]])
    BallotFactory(trajectory=trajectory, waiting=True, themes=[themes[0]])

    found = counting.results(trajectory)

    first = found.rows[0]
    assert (found.voters, first.theme, first.votes) == (12, themes[0], 12)
    assert first.by_area == {wijk.pk: None, south.pk: None}
    assert first.by_kind == {"resident": 12}
    assert [group.name for group in found.areas] == ["Noord", "Zuid"]


def test_groups_of_five_and_more_are_shown(trajectory: Any, themes: list[Any]) -> None:
    for number in range(11):
        kind = ParticipantKind.PROFESSIONAL if number < 5 else ParticipantKind.RESIDENT
        BallotFactory(trajectory=trajectory, kind=kind, themes=[themes[number % 2]])

    assert counting.results(trajectory).voters_by_kind == {"resident": 6, "professional": 5}


def test_the_page_asks_as_much_for_one_voter_as_for_thirty(
    trajectory: Any, themes: list[Any], client: Client, django_assert_max_num_queries: Any
) -> None:
    BallotFactory(trajectory=trajectory, themes=themes, area=AreaFactory(code="WK998888"))
    client.get(page(trajectory))
    with django_assert_max_num_queries(40) as one:
        client.get(page(trajectory))
    for number in range(29):
        BallotFactory(trajectory=trajectory, themes=themes, area=AreaFactory(code=f"WK9977{number:02}"))
        ThemeFactory(trajectory=trajectory)
    with django_assert_max_num_queries(len(one)) as many:
        assert client.get(page(trajectory)).status_code == 200
    assert len(many) <= len(one)


def test_what_is_hidden_is_not_called_small(
    trajectory: Any, themes: list[Any], areas: list[Any], client: Client
) -> None:
    """Seven of nine live in one district: the seven can be hidden for the two."""
    for number in range(9):
        BallotFactory(trajectory=trajectory, themes=[themes[0]], area=areas[number // 7])
    tables = client.get(page(trajectory)).context["tables"]
    cells = [cell for table in tables for _name, row in table.rows for cell in row]
    assert "niet getoond" in cells or "not shown" in cells
    assert not [cell for cell in cells if "5" in cell]


def test_who_chose_reads_afterwards_what_they_chose(
    trajectory: Any, themes: list[Any], client: Client
) -> None:
    counts, waits = (BallotFactory(trajectory=trajectory, themes=themes[:2]) for _ in range(2))
    waits.confirmed_at = None
    waits.save()
    trajectory.current_step = step_that_allows(ANALYSE)
    trajectory.save()
    own = [client.get(f"/polderwijk/begroting/themas/mijn/{each.token}/") for each in (counts, waits)]
    assert [page.context["own_themes"] for page in own] == [themes[:2], []]
    left = f"/polderwijk/begroting/themas/mijn/{waits.token}/intrekken/"
    assert [left in page.content.decode() for page in own] == [False, True]
    client.post(left)
    assert list(ThemeBallot.objects.all()) == [counts]


# -- Deciding


def test_the_choice_is_public_recorded_and_told_once(
    trajectory: Any, themes: list[Any], coordinator_client: Client, client: Client
) -> None:
    voter = BallotFactory(trajectory=trajectory, themes=[themes[0]]).participant
    member = EnrolmentFactory(trajectory=trajectory).participant
    address = f"/polderwijk/begroting/werk/traject/{trajectory.pk}/themas/kiezen/"
    given = {f"chosen_{themes[0].pk}": "on", f"reason_{themes[0].pk}": "Dit kozen de meesten."}

    assert coordinator_client.post(address, given).status_code == 302
    coordinator_client.post(address, given)

    told = Notification.objects.filter(key="budget.themes_chosen")
    assert {row.participant for row in told} == {voter, member}
    assert told.count() == 2
    assert "Dit kozen de meesten." in in_english(told.first()).body
    assert "Dit kozen de meesten." in client.get(page(trajectory)).content.decode()
    assert Activity.objects.filter(verb="themes_chosen", is_public=True).count() == 1


def test_the_mail_about_the_choice_leaves_out_what_was_hidden_since(
    trajectory: Any, themes: list[Any], coordinator: Any
) -> None:
    BallotFactory(trajectory=trajectory, themes=[themes[0]])
    reasons = {themes[0].pk: "Dit kozen de meesten.", themes[1].pk: "Dit ook."}
    deciding.choose(trajectory=trajectory, reasons=reasons, by=coordinator)
    row = Notification.objects.get(key="budget.themes_chosen")
    moderating.hide(contribution=themes[0], by=coordinator, reason="personal")
    body = in_english(row).body
    assert (themes[0].title in body, themes[1].title in body) == (False, True)
    moderating.hide(contribution=themes[1], by=coordinator, reason="personal")
    with pytest.raises(NothingToSay):
        in_english(row)


def test_who_chose_it_does_not_read_what_was_hidden_since_either(
    trajectory: Any, themes: list[Any], coordinator: Any
) -> None:
    ballot = BallotFactory(trajectory=trajectory, themes=themes[:2])
    assert voting.counted(ballot) == themes[:2]
    moderating.hide(contribution=themes[0], by=coordinator, reason="personal")
    assert voting.counted(ballot) == themes[1:2]


def test_a_theme_is_not_chosen_without_a_reason(trajectory: Any, themes: list[Any], coordinator: Any) -> None:
    with pytest.raises(ChoosingRefused) as refused:
        deciding.choose(trajectory=trajectory, reasons={themes[0].pk: " "}, by=coordinator)
    assert refused.value.field == f"reason_{themes[0].pk}"
    assert not Theme.objects.filter(is_chosen=True).exists()


def test_the_desk_leads_to_reading_what_somebody_suggested(
    trajectory: Any, themes: list[Any], coordinator_client: Client
) -> None:
    waiting = ThemeFactory(trajectory=trajectory, is_suggested=True, moderation=Moderation.PENDING)
    desk = coordinator_client.get(f"/polderwijk/begroting/werk/traject/{trajectory.pk}/themas/")
    way = f"/polderwijk/werk/moderatie/budget.theme/{waiting.pk}/"
    assert way in desk.content.decode()
    assert coordinator_client.get(way).status_code == 200


def test_themes_are_chosen_from_in_the_order_of_their_votes(
    trajectory: Any, themes: list[Any], coordinator_client: Client
) -> None:
    BallotFactory(trajectory=trajectory, themes=[themes[2]])
    desk = coordinator_client.get(f"/polderwijk/begroting/werk/traject/{trajectory.pk}/themas/")
    assert [theme for theme, _chosen, _reason in desk.context["choose_form"].rows] == [
        themes[2],
        themes[0],
        themes[1],
    ]


# -- Cards


def test_the_starting_set_comes_once(trajectory: Any, coordinator: Any) -> None:
    assert cards.begin(trajectory=trajectory, by=coordinator) == len(STARTING_THEMES)
    assert cards.begin(trajectory=trajectory, by=coordinator) == 0


def test_a_card_somebody_voted_for_stays(trajectory: Any, themes: list[Any], coordinator: Any) -> None:
    BallotFactory(trajectory=trajectory, themes=[themes[0]])
    with pytest.raises(ChoosingRefused):
        cards.remove(theme=themes[0], by=coordinator)
    cards.remove(theme=themes[1], by=coordinator)
    assert set(Theme.objects.all()) == {themes[0], themes[2]}


def test_a_card_needs_task_fields_that_exist(trajectory: Any, coordinator_client: Client) -> None:
    address = f"/polderwijk/begroting/werk/traject/{trajectory.pk}/themas/nieuw/"
    card = {"title": "Wonen", "text": "Een dak", "icon": "home"}

    refused = coordinator_client.post(address, {**card, "task_fields": "8.3, 9.9"})
    assert refused.status_code == 422
    assert "9.9" in refused.content.decode()
    coordinator_client.post(address, {**card, "task_fields": "8.3 6.3, 8.3"})

    assert Theme.objects.get().task_fields == ["8.3", "6.3"]


def test_cards_are_not_changed_after_the_choice(in_scope: Any, coordinator: Any) -> None:
    with pytest.raises(ChoosingRefused):
        cards.begin(trajectory=BudgetTrajectoryFactory(act=ANALYSE), by=coordinator)


def test_elsewhere_it_does_not_exist(trajectory: Any, client: Client, other_municipality: Any) -> None:
    assert (
        client.get(f"/{other_municipality.slug}/begroting/traject/{trajectory.pk}/themas/").status_code == 404
    )
