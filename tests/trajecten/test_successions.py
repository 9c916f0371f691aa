"""A contribution that becomes something in another method: prepared, asked about, taken back, picked up there."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import FollowFactory, ParticipantFactory, TrajectoryFactory
from tests.factories.ideas import IdeaReportFactory
from tests.mails import in_english
from trajecten import registry
from trajecten.domain.overview import waiting
from trajecten.domain.overview.mine import Mine
from trajecten.domain.successions import asking, preparing, telling
from trajecten.domain.successions.refusals import SuccessionRefused
from trajecten.domain.telling import fanning_out
from trajecten.enums import Along, SuccessionState
from trajecten.models import Companion, Notification, Participant, Succession, Trajectory
from trajecten.registry import successions
from trajecten.transitions import TransitionRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WORDS = {"title": "Ruilkast", "text": "Een kast om boeken te ruilen."}


@pytest.fixture
def idea(schouw: Any, category: Any, areas: list[Any]) -> Any:
    return IdeaReportFactory(schouw=schouw, category=category, area=areas[0])


@pytest.fixture
def prepare(idea: Any, handler: Any) -> Any:
    def prepare(**fields: Any) -> Succession:
        given = {"origin": idea, "target": "stuur", "by": handler, **WORDS, **fields}
        return preparing.prepare(**given)

    return prepare


@pytest.fixture
def garden(monkeypatch: pytest.MonkeyPatch, in_scope: Any) -> str:
    """A method that can pick something up: it makes a trajectory of it."""

    def begin(*, succession: Succession, by: Any) -> Trajectory:
        return TrajectoryFactory(title=succession.title)

    monkeypatch.setattr(successions, "_successors", type(successions._successors)(successions._successors))
    registry.register_successor(registry.Successor("garden", "Tuin", "Een tuin.", begin))
    return "garden"


def told(key: str) -> set[Participant]:
    return {row.participant for row in Notification.objects.filter(key=key).select_related("participant")}


def test_burgers_aan_het_stuur_offers_what_an_idea_can_become() -> None:
    assert "stuur" in {each.key for each in registry.successors()}


def test_a_key_is_registered_once(garden: str) -> None:
    with pytest.raises(ValueError, match="registered twice"):
        registry.register_successor(registry.Successor(garden, "Anders", ""))


def test_what_is_prepared_stands_once_for_a_target_until_it_is_taken_back(prepare: Any, handler: Any) -> None:
    made = prepare()
    with pytest.raises(SuccessionRefused):
        prepare()
    for _ in range(2):
        preparing.take_back(succession=made, by=handler)
    again = prepare()
    assert preparing.standing_of(again.origin) == again
    assert Succession.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"target": "elders"}, "target"), ({"title": " "}, "title"), ({"text": ""}, "text")],
)
def test_what_is_refused_says_where(prepare: Any, fields: dict[str, str], field: str) -> None:
    with pytest.raises(SuccessionRefused) as refused:
        prepare(**fields)
    assert refused.value.field == field
    assert not Succession.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_prepare_it_once(prepare: Any, in_scope: Any) -> None:
    def once(_: int) -> bool:
        try:
            with scope(municipality=in_scope):
                prepare()
        except SuccessionRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(once, range(3))) == [False, False, True]
    assert Succession.objects.count() == 1


def test_who_is_asked_answers_by_a_link_of_their_own_and_may_change_it(prepare: Any) -> None:
    leads, joins = ParticipantFactory(), ParticipantFactory()
    made = prepare(companions=[(leads, True), (joins, False)])
    assert told(telling.ASKED) == {leads, joins}
    token = asking.token(made.companions.get(leads=True))
    url = reverse("succession-along", kwargs={"gemeente": "polderwijk", "token": token})
    mail = in_english(Notification.objects.get(key=telling.ASKED, participant=leads))
    assert url in str(mail.body)
    assert Companion.objects.get(participant=leads).answer == Along.ASKED
    page = Client().get(url).content.decode()
    assert "Een kast om boeken te ruilen." in page
    assert Client().post(url, {}).status_code == 422
    for answer in ("yes", "no", "yes"):
        assert Client().post(url, {"answer": answer}, follow=True).status_code == 200
        assert Companion.objects.get(participant=leads).answer == answer
    assert Companion.objects.get(participant=joins).answer == Along.ASKED


def test_a_link_of_another_municipality_or_made_up_opens_nothing(
    prepare: Any, other_municipality: Any
) -> None:
    made = prepare(companions=[(ParticipantFactory(), False)])
    token = asking.token(made.companions.get())
    for slug, given in ((other_municipality.slug, token), ("polderwijk", "W10.abc")):
        assert Client().get(f"/{slug}/vervolg/{given}/").status_code == 404


def test_taking_back_is_told_and_ends_the_question(prepare: Any, handler: Any) -> None:
    people = [ParticipantFactory() for _ in range(3)]
    made = prepare(companions=[(person, False) for person in people])
    asking.answer(companion=made.companions.get(participant=people[0]), goes=False)
    preparing.take_back(succession=made, by=handler)
    assert told(telling.TAKEN_BACK) == set(people[1:])
    with pytest.raises(SuccessionRefused):
        asking.answer(companion=made.companions.get(participant=people[1]), goes=True)
    with pytest.raises(TransitionRefused):
        preparing.begin(succession=made, by=handler)


def test_without_a_way_to_begin_there_it_waits(
    prepare: Any, handler: Any, coordinator_client: Client
) -> None:
    made = prepare()
    with pytest.raises(SuccessionRefused):
        preparing.begin(succession=made, by=handler)
    page = coordinator_client.get(f"/polderwijk/werk/vervolg/{made.pk}/").content.decode()
    assert "Until then it waits here." in page
    assert "Pick it up" not in page


def test_picking_up_makes_it_there_once_and_tells_who_did_not_say_no(
    prepare: Any, garden: str, handler: Any, coordinator_client: Client
) -> None:
    yes, silent, no = (ParticipantFactory() for _ in range(3))
    made = prepare(target=garden, companions=[(person, False) for person in (yes, silent, no)])
    asking.answer(companion=made.companions.get(participant=yes), goes=True)
    asking.answer(companion=made.companions.get(participant=no), goes=False)
    assert "Pick it up" in coordinator_client.get(f"/polderwijk/werk/vervolg/{made.pk}/").content.decode()
    for _ in range(2):
        coordinator_client.post(f"/polderwijk/werk/vervolg/{made.pk}/oppakken/")
    made.refresh_from_db()
    assert made.state == SuccessionState.BEGUN
    assert made.result == Trajectory.objects.get(title="Ruilkast")
    assert told(telling.BEGUN) == {yes, silent}
    with pytest.raises(TransitionRefused):
        preparing.take_back(succession=made, by=handler)


def test_the_database_holds_what_belongs_to_each_state(prepare: Any) -> None:
    made = prepare()
    for fields in ({"state": "begun"}, {"state": "taken_back"}, {"result_id": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.filter(pk=made.pk).update(**fields)


def test_followers_of_what_was_said_hear_of_it(idea: Any, prepare: Any, handler: Any, resident: Any) -> None:
    follower = ParticipantFactory(user=resident)
    FollowFactory(target=idea, participant=follower)
    made = prepare()
    fanning_out.fan_out_due()
    (first,) = Notification.objects.filter(key=telling.FOLLOWED)
    assert "is prepared to become part of" in str(in_english(first).body)
    preparing.take_back(succession=made, by=handler)
    fanning_out.fan_out_due()
    assert "after all" in str(in_english(Notification.objects.filter(key=telling.FOLLOWED).last()).body)


def test_it_waits_on_my_overview_until_it_is_answered(prepare: Any, in_scope: Any, resident: Any) -> None:
    me = ParticipantFactory(user=resident)
    made = prepare(companions=[(me, True)])
    (wait,) = waiting.of(Mine(in_scope, me))
    assert wait.title == "Ruilkast"
    assert Client().get(wait.url).status_code == 200
    asking.answer(companion=made.companions.get(), goes=True)
    assert waiting.of(Mine(in_scope, me)) == []


def test_the_list_shows_what_waits_first_in_the_same_number_of_statements(
    schouw: Any, category: Any, handler: Any, coordinator_client: Client, django_assert_max_num_queries: Any
) -> None:
    from django.test.utils import CaptureQueriesContext

    def made(number: int) -> Succession:
        origin = ReportFactory(schouw=schouw, category=category, public=True)
        return preparing.prepare(
            origin=origin,
            target="stuur",
            title=f"Nummer {number}",
            text="Tekst",
            by=handler,
            companions=[(ParticipantFactory(), False)],
        )

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = coordinator_client.get("/polderwijk/werk/vervolg/")
        assert page.status_code == 200
        return len(asked)

    first = made(0)
    statements()
    one = statements()
    for number in range(1, 30):
        made(number)
    preparing.take_back(succession=first, by=handler)
    assert statements() == one
    rows = [row["succession"] for row in coordinator_client.get("/polderwijk/werk/vervolg/").context["rows"]]
    assert rows[-1] == first
    assert [row.asked for row in rows] == [1] * 30


def test_an_adviser_sees_what_is_of_their_trajectory(
    prepare: Any, sign_in: Any, adviser: Any, schouw: Any
) -> None:
    made = prepare()
    browser = sign_in(adviser)
    shown = browser.get("/polderwijk/werk/vervolg/", {"trajectory": schouw.trajectory_id})
    assert made.title in shown.content.decode()
    assert browser.get("/polderwijk/werk/vervolg/").status_code == 404
