"""What residents see of adopted money: said, confirmed, changed, taken back, counted, moderated, and forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from budget.domain.monitoring import observing, sightings
from budget.domain.monitoring.observing import Sight
from budget.domain.monitoring.refusals import MonitorRefused
from budget.enums import Seen
from budget.method import PROPOSE
from budget.models import Observation
from tests.factories.budget_monitor import AmendmentLineFactory, ObservationFactory
from tests.factories.core import AreaFactory, ParticipantFactory, StepRecordFactory
from tests.mails import composed
from trajecten import registry
from trajecten.demo.past import Past
from trajecten.domain import participants
from trajecten.domain.moderation import deciding, queue
from trajecten.domain.my_data import erasing
from trajecten.domain.retention import running
from trajecten.enums import ErasedWords, Moderation, TrajectoryStatus
from trajecten.models import Notification, Participant, Trajectory

pytestmark = [pytest.mark.usefixtures("in_scope", "english")]

SIGHT = Sight(Seen.LITTLE, "Het is vaak dicht.")


@pytest.fixture
def line(in_scope: Any) -> Any:
    return AmendmentLineFactory()


def by_mail(line: Any, email: str = "bewoner@example.org", sight: Sight = SIGHT) -> Observation:
    return observing.ask_to_observe(line=line, email=email, language="en", sight=sight)


def total(line: Any) -> int:
    return sightings.of_lines([line.pk])[line.pk].total


def test_with_an_account_it_counts_at_once_and_words_are_read_first(line: Any) -> None:
    made = observing.observe(line=line, by=ParticipantFactory(), sight=SIGHT)
    assert (made.moderation, total(line)) == (Moderation.PENDING, 1)
    assert sightings.of_lines([line.pk])[line.pk].words == ()
    assert observing.observe(line=line, by=ParticipantFactory(), sight=Sight(Seen.YES)).is_public


def test_once_a_person_who_can_change_it(line: Any) -> None:
    person = ParticipantFactory()
    first = observing.observe(line=line, by=person, sight=Sight(Seen.NO))
    again = observing.observe(line=line, by=person, sight=SIGHT)
    assert (again.pk, again.sees, again.moderation, total(line)) == (first.pk, "little", "pending", 1)


def test_the_same_words_are_not_read_again_and_hidden_ones_always_are(line: Any) -> None:
    Trajectory.objects.update(premoderation=False)
    line.outcome_line.line.round.trajectory.refresh_from_db()
    person = ParticipantFactory()
    made = observing.observe(line=line, by=person, sight=SIGHT)
    assert made.moderation == Moderation.PUBLISHED
    Observation.objects.update(moderation=Moderation.HIDDEN)
    assert observing.observe(line=line, by=person, sight=SIGHT).moderation == Moderation.HIDDEN
    other = Sight(Seen.LITTLE, "Anders.")
    assert observing.observe(line=line, by=person, sight=other).moderation == Moderation.PENDING


def test_words_that_were_hidden_do_not_come_back_by_emptying_them_first(line: Any) -> None:
    Trajectory.objects.update(premoderation=False)
    line.outcome_line.line.round.trajectory.refresh_from_db()
    person = ParticipantFactory()
    observing.observe(line=line, by=person, sight=SIGHT)
    Observation.objects.update(moderation=Moderation.HIDDEN)
    assert observing.observe(line=line, by=person, sight=Sight(Seen.NO)).moderation == Moderation.HIDDEN
    assert observing.observe(line=line, by=person, sight=SIGHT).moderation == Moderation.PENDING


@pytest.mark.parametrize("between", ["Anders.", ""])
def test_words_that_were_hidden_do_not_come_back_by_changing_them_twice(
    line: Any, handler: Any, between: str
) -> None:
    Trajectory.objects.update(premoderation=False)
    line.outcome_line.line.round.trajectory.refresh_from_db()
    person = ParticipantFactory()
    made = observing.observe(line=line, by=person, sight=SIGHT)
    deciding.hide(contribution=made, by=handler, reason="personal")
    for text in ("Eerst wat anders.", between, SIGHT.text):
        made = observing.observe(line=line, by=person, sight=Sight(Seen.LITTLE, text))
    assert made.moderation == Moderation.PENDING
    deciding.publish(contribution=made, by=handler)
    other = Sight(Seen.LITTLE, "Weer anders.")
    assert observing.observe(line=line, by=person, sight=other).moderation == Moderation.PUBLISHED


def test_what_another_typed_since_is_not_confirmed_by_the_link_of_before(line: Any) -> None:
    first = by_mail(line).token
    assert by_mail(line).token == first
    elsewhere = by_mail(line, sight=Sight(SIGHT.sees, SIGHT.text, AreaFactory())).token
    assert elsewhere != first
    assert by_mail(line, sight=Sight(Seen.NO, "Niets.")).token not in (first, elsewhere)
    assert Notification.objects.filter(key="budget.observation_asked").count() == 3


def test_an_address_counts_from_when_it_is_confirmed_and_is_read_by_nobody_before(line: Any) -> None:
    made = by_mail(line)
    assert (total(line), queue.waiting()) == (0, 0)
    (row,) = Notification.objects.filter(key="budget.observation_asked")
    assert f"/polderwijk/begroting/gezien/{made.token}/" in composed(row).body
    made = observing.confirm(observation=made)
    assert (total(line), queue.waiting(), made.moderation) == (1, 1, Moderation.PENDING)
    assert observing.confirm(observation=made).confirmed_at == made.confirmed_at


def test_typing_an_address_changes_nothing_of_what_it_confirmed(line: Any) -> None:
    made = observing.confirm(observation=by_mail(line))
    by_mail(line, sight=Sight(Seen.YES, "Alles is goed."))
    made.refresh_from_db()
    assert (made.sees, made.text) == ("little", "Het is vaak dicht.")
    assert "Your own page about" in composed(Notification.objects.latest("pk")).subject


def test_refused_when_it_is_not_followed_or_not_asked(line: Any) -> None:
    person = ParticipantFactory()
    with pytest.raises(MonitorRefused):
        observing.observe(line=AmendmentLineFactory(adopted=0), by=person, sight=SIGHT)
    council = next(
        step.key for step in line.outcome_line.line.round.trajectory.method.steps if PROPOSE in step.allows
    )
    Trajectory.objects.update(current_step=council)
    for act in (lambda: observing.observe(line=line, by=person, sight=SIGHT), lambda: by_mail(line)):
        with pytest.raises(MonitorRefused):
            act()
    assert not Observation.objects.exists()


def test_taking_it_back_leaves_nothing(line: Any) -> None:
    made = observing.observe(line=line, by=ParticipantFactory(), sight=SIGHT)
    observing.take_back(observation=made)
    observing.take_back(observation=Observation(pk=made.pk, line=line))
    assert (total(line), Observation.objects.count()) == (0, 0)


def test_areas_are_told_of_enough_people_only(line: Any) -> None:
    few, many = AreaFactory(name="Weinig"), AreaFactory(name="Veel")
    buurt = AreaFactory(name="Buurt", buurt=True, parent=many)
    for n in range(6):
        ObservationFactory(line=line, area=buurt if n % 2 else many, sees=Seen.YES)
    for _n in range(5):
        ObservationFactory(line=line)
    found = sightings.of_lines([line.pk])[line.pk]
    assert (found.total, dict(found.counts), found.areas) == (11, {"yes": 6, "little": 5}, {"Veel": 6})
    ObservationFactory(line=line, area=few)
    assert sightings.of_lines([line.pk])[line.pk].areas["Weinig"] is None


def test_hidden_and_unconfirmed_do_not_count_and_words_are_the_newest(line: Any) -> None:
    for fields in ({"moderation": "hidden"}, {"confirmed_at": None}):
        ObservationFactory(line=line, **fields)
    made = [ObservationFactory(line=line, text=f"Woorden {n}") for n in range(sightings.WORDS + 2)]
    found = sightings.of_lines([line.pk])[line.pk]
    assert found.total == len(made)
    assert [said.pk for said in found.words] == [said.pk for said in reversed(made)][: sightings.WORDS]


def test_it_is_a_contribution_that_can_be_moderated(line: Any, handler: Any, handler_client: Client) -> None:
    made = observing.observe(line=line, by=ParticipantFactory(), sight=SIGHT)
    kind = registry.contribution_kind(Observation)
    row = kind.load([made.pk])[made.pk]
    assert (kind.title(row), kind.public_title(row)) == (
        "Het is vaak dicht.",
        "What somebody sees of: Regel 6.3",
    )
    for address, browser in (
        (kind.public_url(row), Client()),
        (kind.own_url(row), Client()),
        (kind.staff_url(row), handler_client),
    ):
        assert browser.get(address).status_code == 200
    assert list(kind.behind([made.pk])) == [made.author]
    deciding.publish(contribution=made, by=handler)
    assert [said.text for said in sightings.of_lines([line.pk])[line.pk].words] == ["Het is vaak dicht."]


def test_loading_takes_one_statement_for_one_and_for_thirty(
    line: Any, django_assert_num_queries: Any
) -> None:
    kind = registry.contribution_kind(Observation)
    keys = [ObservationFactory(line=line).pk for _ in range(30)]
    for some in (keys[:1], keys):
        with django_assert_num_queries(1):
            rows = kind.load(some).values()
            assert [
                (kind.title(row), kind.public_url(row), kind.staff_url(row), kind.own_url(row))
                for row in rows
            ]


# -- Personal data ---------------------------------------------------------------------------------------------


def test_it_is_in_the_export_and_on_my_overview(line: Any, resident: Any) -> None:
    me = participants.of_user(municipality=line.municipality, user=resident)
    made = observing.observe(line=line, by=me, sight=SIGHT)
    told = next(part for part in registry.personal_data() if part.key == "budget.observations")
    (kept,) = told.export(me)
    assert {fact.key: fact.value for fact in kept.facts}["text"] == "Het is vaak dicht."
    (result,) = [result for pages in registry.pages() for result in pages.mine(line.municipality, me)]
    assert (result.title, made.token in result.url) == ("Regel 6.3", True)


@pytest.mark.parametrize(
    ("words", "moderation", "text"),
    [
        (ErasedWords.PUBLIC, "published", "Het inlooppunt is vaak dicht."),
        (ErasedWords.PUBLIC, "pending", ""),
        (ErasedWords.ALL, "pending", "Het inlooppunt is vaak dicht."),
        (ErasedWords.NONE, "published", ""),
    ],
)
def test_who_is_erased_goes_and_the_answer_stays(line: Any, words: str, moderation: str, text: str) -> None:
    made = ObservationFactory(line=line, moderation=moderation, area=AreaFactory())
    ObservationFactory(line=AmendmentLineFactory(), author=made.author, confirmed_at=None)
    erasing.erase(participant=made.author, words=words)
    kept = Observation.objects.get()
    assert (kept.author, kept.text, kept.area, kept.token != made.token) == (None, text, None, True)
    assert total(line) == 1


def test_a_guest_who_becomes_an_account_has_one_answer(line: Any, resident: Any) -> None:
    guests = ObservationFactory(line=line, author__email="bewoner2@example.org", sees=Seen.YES, text="")
    mine = ObservationFactory(line=line, author__user=resident, sees=Seen.NO, confirmed_at=None)
    participants.adopt_guests(user=resident, email="bewoner2@example.org")
    assert not Participant.objects.filter(pk=guests.author_id).exists()
    kept = Observation.objects.get()
    assert (kept.pk, kept.author, kept.sees, bool(kept.confirmed_at)) == (mine.pk, mine.author, "yes", True)


def test_what_is_kept_goes_in_time(line: Any, in_scope: Any) -> None:
    typed = ObservationFactory(line=line, confirmed_at=None)
    guest = ObservationFactory(line=line, moderation=Moderation.PENDING)
    Observation.objects.filter(pk=typed.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert running.run()
    assert list(Observation.objects.values_list("pk", flat=True)) == [guest.pk]
    assert not Participant.objects.filter(pk=typed.author_id).exists()

    recent = ObservationFactory(line=AmendmentLineFactory(), moderation=Moderation.PENDING)
    for row, days in ((recent, 364), (guest, 366)):
        Trajectory.objects.filter(pk=row.trajectory_id).update(
            status=TrajectoryStatus.ARCHIVED, current_step=""
        )
        with Past().at(timezone.now() - timedelta(days=days)):
            StepRecordFactory(trajectory=row.trajectory, step="monitor", event="closed")
    assert running.run()
    recent.refresh_from_db()
    assert recent.text
    guest.refresh_from_db()
    assert (guest.author, guest.text, guest.moderation, total(line)) == (None, "", "published", 1)
