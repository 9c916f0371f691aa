"""The pages of ideas: the ranked list and map, joining by a form, the own page, and the desk of officials."""

from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buurtschouw.domain.ideas import joining, power, telling
from buurtschouw.domain.ideas.joining import Offer
from buurtschouw.models import Idea, Joining, Judgement, PullerMessage
from tests.factories.core import ParticipantFactory
from tests.factories.ideas import IdeaReportFactory, JoiningFactory
from tests.templates.markup import tree
from trajecten.domain.overview.mine import Mine
from trajecten.models import Activity, Commitment, Companion, Notification, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST, DESK = "/polderwijk/ideeen/", "/polderwijk/werk/ideeen/"


@pytest.fixture
def make(schouw: Any, category: Any, areas: list[Any]) -> Any:
    def make(**fields: Any) -> Any:
        return IdeaReportFactory(**{"schouw": schouw, "category": category, "area": areas[0], **fields})

    return make


@pytest.fixture
def idea(make: Any) -> Any:
    return make()


def page_of(report: Any) -> str:
    return f"/polderwijk/meldingen/{report.pk}/"


def join(report: Any, browser: Client | None = None, **fields: Any) -> Any:
    path = f"/polderwijk/ideeen/{report.pk}/meedoen/"
    return (browser or Client()).post(path, {"hours": "3", "can_do": "Verven", "role": "joins", **fields})


# -- The list and the map -------------------------------------------------------------------------------------


def test_the_list_is_by_power_and_leaves_out_what_is_hidden_or_finished(make: Any) -> None:
    weak, strong = make(text="Zwak"), make(text="Sterk", idea__pullers=1)
    make(text="Verborgen", public=False, hidden=True, idea__pullers=2)
    make(text="Klaar", done=True, idea__is_ranked=False)
    unread = make(text="Ongelezen", public=False, moderation="pending")
    shown = Client().get(LIST)
    assert [row["idea"].report for row in shown.context["rows"]] == [strong, weak, unread]
    assert "Ongelezen" not in shown.content.decode()


def test_the_list_is_narrowed_by_area_and_the_map_shows_the_same(make: Any, areas: list[Any]) -> None:
    make(text="West"), make(text="Oost", area=areas[1])
    shown = Client().get(LIST, {"area": areas[1].pk})
    assert [row["idea"].report.text for row in shown.context["rows"]] == ["Oost"]
    features = Client().get("/polderwijk/ideeen.geojson", {"area": areas[1].pk}).json()["features"]
    assert [each["properties"]["title"] for each in features] == ["Oost"]
    assert features[0]["properties"]["status"] == "initiative power 15"


@pytest.mark.parametrize("path", [LIST, DESK, "/polderwijk/ideeen.geojson", f"{DESK[:-1]}.csv"])
def test_as_many_statements_for_one_as_for_thirty(make: Any, handler_client: Client, path: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = handler_client.get(path)
            b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        return len(asked)

    JoiningFactory(report=make(idea__pullers=1), pulling=True)
    statements()
    one = statements()
    for n in range(29):
        place = Point(4.87 + n / 500, 52.5, srid=4326)
        JoiningFactory(report=make(idea__pullers=1, point=place), pulling=True)
    assert statements() == one


def test_the_index_of_the_ranked_list_is_used(make: Any, in_scope: Any) -> None:
    """With few rows the planner may scan, so scans are made dear."""
    make()
    from buurtschouw.domain.ideas import listing

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = listing.ranked(listing.IdeaFilter())[:25].explain()
    assert "idea_ranked" in plan


# -- One idea -------------------------------------------------------------------------------------------------


def test_the_page_says_why_it_ranks_where_it_does(idea: Any) -> None:
    JoiningFactory(report=idea, pulling=True, is_named=True, participant__display_name="Bo de Buur")
    power.renew(report=idea)
    shown = Client().get(page_of(idea)).content.decode()
    for words in (
        "Initiative power",
        "1 person pulls it",
        "Pulled by Bo de Buur",
        "More people who join. The first ones count most.",
        "The municipality judges whether it is feasible.",
    ):
        assert words in shown
    parts = Client().get(page_of(idea)).context["parts"]
    assert sum(part.points for part in parts) == pytest.approx(Idea.objects.get(report=idea).power)
    assert sum(part.maximum for part in parts) == 100


def test_a_melding_has_nothing_of_it(report: Any) -> None:
    shown = Client().get(page_of(report)).content.decode()
    assert "Initiative power" not in shown
    assert join(report).status_code == 404


def test_names_and_offers_of_who_did_not_want_that_are_on_no_public_page(idea: Any) -> None:
    JoiningFactory(report=idea, pulling=True, participant__display_name="Geheime Naam", can_do="Lassen")
    power.renew(report=idea)
    for path in (page_of(idea), LIST):
        shown = Client().get(path).content.decode()
        assert "Geheime Naam" not in shown
        assert "Lassen" not in shown
        assert "a resident" in shown


# -- Joining by the form --------------------------------------------------------------------------------------


def test_a_guest_joins_by_mail_and_confirms_by_a_button(idea: Any) -> None:
    answered = join(idea, email="buur@example.org", role="pulls")
    assert answered.headers["Location"] == f"{page_of(idea)}#main"
    made = Joining.objects.get()
    own = f"/polderwijk/ideeen/mee/{made.token}/"
    assert "Confirm it here" in Client().get(own).content.decode()
    assert not Joining.objects.filter(confirmed_at__isnull=False).exists()
    Client().post(f"{own}bevestigen/")
    assert Idea.objects.get(report=idea).pullers == 1
    assert "You pull this idea since" in Client().get(own).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"hours": "99"}, "Fill in at most 40 hours."),
        ({"hours": ""}, "Fill in a number of hours, for example 2."),
        ({"email": "geen adres"}, "e-mail address"),
    ],
)
def test_an_error_stands_on_the_page_and_nothing_typed_is_lost(idea: Any, fields: Any, words: str) -> None:
    answered = join(idea, **{"email": "buur@example.org", "can_do": "Verven en zagen", **fields})
    assert answered.status_code == 422
    shown = answered.content.decode()
    assert words in shown
    assert "Verven en zagen" in shown
    assert not Joining.objects.exists()


def test_who_is_signed_in_joins_at_once_and_comes_on_the_own_page(idea: Any, resident_client: Client) -> None:
    answered = join(idea, resident_client)
    made = Joining.objects.get()
    assert answered.headers["Location"] == f"/polderwijk/ideeen/mee/{made.token}/"
    assert made.is_confirmed
    assert "To your own page" in resident_client.get(page_of(idea)).content.decode()


def test_so_many_an_hour_from_one_connection(idea: Any, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 2
    codes = [join(idea, email=f"buur{number}@example.org").status_code for number in range(3)]
    assert codes == [302, 302, 422]


def test_the_own_page_changes_hands_back_writes_and_leaves(idea: Any) -> None:
    mine = joining.join(report=idea, by=ParticipantFactory(), offer=Offer(4), pulls=True)
    joining.join(report=idea, by=ParticipantFactory(display_name="Bo"), offer=Offer(2, "Zagen"))
    own, browser = f"/polderwijk/ideeen/mee/{mine.token}/", Client()
    shown = browser.get(own).content.decode()
    assert "Zagen" in shown
    assert "Bo" in shown
    assert browser.post(own, {"hours": "0"}).status_code == 422
    browser.post(own, {"hours": "8", "display_name": "Ali", "is_named": "on"})
    mine.refresh_from_db()
    assert (mine.hours, mine.public_name) == (8, "Ali")
    assert browser.post(f"{own}bericht/", {"text": ""}).status_code == 422
    browser.post(f"{own}bericht/", {"text": "Zaterdag?"})
    assert PullerMessage.objects.get().text == "Zaterdag?"
    browser.post(f"{own}teruggeven/")
    assert "Zagen" not in browser.get(own).content.decode()
    browser.post(f"{own}trekken/")
    assert Idea.objects.get(report=idea).pullers == 1
    browser.post(f"{own}stoppen/")
    assert browser.get(own).status_code == 404  # with what was told of stopping
    left, guessed = browser.get(own), browser.get(f"{own[:-2]}x/")
    assert left.status_code == guessed.status_code == browser.post(f"{own}stoppen/").status_code == 404
    assert "This link does not work any more" in left.content.decode()
    words = [tree(page.content.decode()).one("main").text for page in (left, guessed)]
    assert words[0] == words[1]
    assert Joining.objects.count() == 1


def test_who_pulls_finds_on_the_overview_that_somebody_joined(idea: Any, in_scope: Any) -> None:
    from buurtschouw.pages import waits

    mine = joining.join(report=idea, by=ParticipantFactory(), offer=Offer(4), pulls=True)
    me = Mine(in_scope, mine.participant)
    assert list(waits(me)) == []
    joining.join(report=idea, by=ParticipantFactory(), offer=Offer(2))
    (wait,) = waits(me)
    assert wait.url == f"/polderwijk/ideeen/mee/{mine.token}/"
    joining.write(joining=mine, text="Welkom")
    assert list(waits(me)) == []


# -- The desk -------------------------------------------------------------------------------------------------


def test_the_desk_says_what_is_needed_and_filters_on_it(make: Any, handler_client: Client) -> None:
    alone = make(text="Alleen", idea__joiners=2)
    pulled = make(text="Getrokken", idea__pullers=1, idea__feasibility="easy")
    hopeless = make(text="Kan niet", idea__feasibility="not_possible", idea__pullers=1)
    planned = make(text="Beloofd", planned=True, idea__pullers=1, idea__feasibility="easy")
    rows = {row["idea"].report: row["needs"] for row in handler_client.get(DESK).context["rows"]}
    assert rows[alone] == ["Judge whether it is feasible", "Find who pulls it: 2 who join wait"]
    assert rows[pulled] == ["Answer who pulls it"]
    assert rows[hopeless] == ["Say that it is not possible, and what is"]
    assert rows[planned] == []
    for asked, found in (("judgement", alone), ("puller", alone), ("judgement", alone)):
        narrowed = handler_client.get(DESK, {"needs": asked}).context["rows"]
        assert [row["idea"].report for row in narrowed] == [found]


def test_the_desk_as_files(idea: Any, handler_client: Client) -> None:
    lines = b"".join(handler_client.get("/polderwijk/werk/ideeen.csv")).decode().splitlines()
    assert "Initiative power" in lines[0]
    assert idea.text in lines[1]
    assert b"".join(handler_client.get("/polderwijk/werk/ideeen.xlsx")).startswith(b"PK")


def test_an_official_sees_who_joins_and_that_is_in_the_log(
    idea: Any, handler_client: Client, handler: Any
) -> None:
    JoiningFactory(report=idea, participant__display_name="Bo", participant__email="bo@example.org")
    shown = handler_client.get(f"{DESK}{idea.pk}/").content.decode()
    assert "Bo" in shown
    assert "bo@example.org" not in shown
    assert Activity.objects.filter(verb="looked_up", object_id=idea.pk, actor_user=handler).exists()


def test_judging_promising_and_hiding_a_name(idea: Any, handler_client: Client) -> None:
    named = JoiningFactory(report=idea, is_named=True, participant__display_name="Scheldwoord")
    path = f"{DESK}{idea.pk}/"
    assert handler_client.post(f"{path}oordeel/", {"level": "easy", "reason": ""}).status_code == 422
    handler_client.post(f"{path}oordeel/", {"level": "easy", "reason": "Er is plek."})
    assert Judgement.objects.get().reason == "Er is plek."
    handler_client.post(f"{path}naam/{named.pk}/")
    named.refresh_from_db()
    assert named.public_name == "a resident"
    typed = {"version": 1, "text": "Wij doen het.", "deadline": "2000-01-01"}
    refused = handler_client.post(f"{path}belofte/", typed)
    assert refused.status_code == 422
    assert "Wij doen het." in refused.content.decode()
    handler_client.post(f"{path}belofte/", {**typed, "deadline": idea.due_on.isoformat()})
    assert Commitment.objects.get().text == "Wij doen het."


def test_a_promise_on_an_old_page_keeps_what_was_typed(
    idea: Any, handler_client: Client, handler: Any
) -> None:
    from buurtschouw.domain import answering

    answering.assign(report=idea, by=handler, to=handler)
    typed = {"version": 1, "text": "Wij doen het.", "deadline": idea.due_on.isoformat()}
    answered = handler_client.post(f"{DESK}{idea.pk}/belofte/", typed)
    assert answered.status_code == 409
    assert "Wij doen het." in answered.content.decode()
    assert not Commitment.objects.exists()


def test_preparing_it_asks_who_joins_and_stands_on_the_page(
    idea: Any, handler_client: Client, coordinator_client: Client, sign_in: Any, clerk: Any
) -> None:
    puller = joining.join(report=idea, by=ParticipantFactory(), offer=Offer(4), pulls=True)
    words = {"target": "stuur", "title": "Ruilkast", "text": "Een kast."}
    handler_client.post(f"{DESK}{idea.pk}/doorgeven/", words)
    made = Succession.objects.get()
    asked = {each.participant: each.leads for each in Companion.objects.select_related("participant")}
    assert asked == {puller.participant: True, idea.author: False}
    assert "Prepared for Burgers aan het stuur" in Client().get(page_of(idea)).content.decode()
    linked = f'href="/polderwijk/werk/vervolg/{made.pk}/"'
    pages = [client.get(f"{DESK}{idea.pk}/") for client in (coordinator_client, sign_in(clerk))]
    assert [linked in page.content.decode() for page in pages] == [True, False]
    later = joining.join(report=idea, by=ParticipantFactory(), offer=Offer(1))
    assert Companion.objects.filter(participant=later.participant).exists()
    again = handler_client.post(f"{DESK}{idea.pk}/doorgeven/", words)
    assert again.status_code == 422
    coordinator_client.post(f"/polderwijk/werk/vervolg/{made.pk}/terug/")
    assert "Prepared for" not in Client().get(page_of(idea)).content.decode()
    assert Notification.objects.filter(key="trajecten.succession_taken_back").count() == 3
    assert not Notification.objects.filter(key=telling.NEWS, participant=None).exists()


def test_the_link_to_its_answers_says_what_is_to_be_done(make: Any, handler_client: Client) -> None:
    for fields, says in (
        ({}, "Read and answer"),
        ({"planned": True}, "Do it and report"),
        ({"done": True}, "See the idea"),
    ):
        idea = make(**fields)
        page = handler_client.get(f"{DESK}{idea.pk}/").content.decode()
        assert f'href="/polderwijk/werk/meldingen/{idea.pk}/">{says}</a>' in page
