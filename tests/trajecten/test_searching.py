"""Searching: what is found, by whom, in which form of a word; and that nothing hidden ever is."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from hypothesis import given
from hypothesis import strategies as st

from buurtschouw.domain import answering
from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import (
    CommitmentFactory,
    CommitmentOriginFactory,
    CouncilItemFactory,
    ParticipantFactory,
)
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from trajecten.domain.searching import finding, vocabulary
from trajecten.domain.searching.kinds import Reader, kinds
from trajecten.models import CouncilItem, Word

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def look(in_scope: Any) -> Any:
    """The titles that were found, by kind."""

    def look(typed: str, **reader: Any) -> dict[str, list[str]]:
        groups = finding.preview(words=finding.words_of(typed), reader=Reader(in_scope, **reader))
        return {group.kind.key: sorted(found.entry.title for found in group.found) for group in groups}

    return look


@pytest.mark.parametrize(
    "typed", ["stoeptegel", "Stoeptegels", "stoep", "losse tegel", "LOSSE  stoeptegels!"]
)
def test_every_form_of_a_word_is_found(schouw: Any, look: Any, typed: str) -> None:
    ReportFactory(schouw=schouw, public=True, text="Er liggen losse stoeptegels. Een tegel wiebelt.")
    assert look(typed) == {"report": ["Er liggen losse stoeptegels. Een tegel wiebelt."]}


@pytest.mark.parametrize(
    "typed", ["", "   ", "de het een", "!!", "'); DROP TABLE", "a & b | !c", "\x00", "<->", "🙂"]
)
def test_what_is_no_word_finds_nothing_and_breaks_nothing(schouw: Any, look: Any, typed: str) -> None:
    ReportFactory(schouw=schouw, public=True)
    assert look(typed) == {}


def test_words_of_all_kinds_are_found(schouw: Any, look: Any) -> None:
    report = ReportFactory(schouw=schouw, public=True, text="De lantaarn is kapot")
    origin = CommitmentOriginFactory(contribution=report, commitment__text="De lantaarn wordt vervangen")
    MeetingFactory(trajectory=schouw.trajectory, title="Avond", agenda="Over de lantaarns")
    CouncilItemFactory(title="Meer licht", summary="Bewoners vragen lantaarns.")
    other = SchouwFactory(trajectory__title="Lantaarns in De Linde")

    assert look("lantaarn") == {
        "trajectory": [other.trajectory.title],
        "commitment": [origin.commitment.text],
        "report": ["De lantaarn is kapot"],
        "councilitem": ["Meer licht"],
        "meeting": ["Avond"],
    }
    assert look("Linde") == {
        "trajectory": sorted([schouw.trajectory.title, other.trajectory.title]),
        "meeting": ["Avond"],
        "area": ["De Linde"],
    }


def test_what_is_hidden_is_not_found_from_that_moment_on(schouw: Any, look: Any, handler: Any) -> None:
    report = ReportFactory(schouw=schouw, text="De lantaarn is kapot")
    CommitmentOriginFactory(contribution=report, commitment__text="De lantaarn wordt vervangen")
    assert look("lantaarn") == {}
    answering.moderate(report=report, by=handler, moderation="published")
    assert set(look("lantaarn")) == {"report", "commitment"}
    vocabulary.collect(schouw.municipality)
    answering.moderate(
        report=Report.objects.get(pk=report.pk), by=handler, moderation="hidden", reason="personal"
    )

    assert look("lantaarn") == {}
    page = Client().get("/polderwijk/zoeken/?q=lantaarm").content.decode()
    assert ("lantaarn" in page, "Nothing was found" in page) == (False, True)


def test_officials_find_everything_of_their_municipality(schouw: Any, look: Any) -> None:
    ReportFactory(schouw=schouw, text="De lantaarn is kapot", address="Dorpsstraat 12")
    MeetingFactory(trajectory=schouw.trajectory, title="Lantaarns", is_public=False)

    assert look("lantaarn", is_staff=True) == {"report": ["De lantaarn is kapot"], "meeting": ["Lantaarns"]}
    assert look("dorpsstraat", is_staff=True) == {"report": ["De lantaarn is kapot"]}


def test_an_address_is_not_found_by_others(schouw: Any, look: Any) -> None:
    ReportFactory(schouw=schouw, public=True, text="Kapot", address="Dorpsstraat 12")
    assert look("dorpsstraat") == {}


def test_a_closed_meeting_stays_inside(schouw: Any, look: Any) -> None:
    guest = ParticipantFactory()
    AttendanceFactory(participant=guest, meeting__title="Geheim overleg", meeting__is_public=False)

    assert look("geheim") == {}
    assert look("geheim", participant=guest) == {"meeting": ["Geheim overleg"]}


def test_nothing_of_another_municipality_is_found(schouw: Any, look: Any, other_municipality: Any) -> None:
    ReportFactory(
        schouw=SchouwFactory(municipality=other_municipality), public=True, text="De lantaarn is kapot"
    )
    assert look("lantaarn", is_staff=True) == {}


def test_a_word_that_was_typed_wrongly_is_understood(schouw: Any) -> None:
    ReportFactory(schouw=schouw, public=True, text="De lantaarn knippert <b>al</b> weken")
    vocabulary.collect(schouw.municipality)
    page = Client().get("/polderwijk/zoeken/?q=lamtaarn+kniperen").content.decode()

    assert "Nothing was found for “lamtaarn kniperen”" in page
    assert "<mark>lantaarn</mark> <mark>knippert</mark>" in page
    assert ("<b>al" in page, "&lt;b&gt;al" in page) == (False, True)


def test_words_are_collected_from_what_everybody_may_read(schouw: Any) -> None:
    ReportFactory(schouw=schouw, text="Geheimzinnig")
    ReportFactory(schouw=schouw, public=True, text="Lantaarn 12 aan")
    assert vocabulary.collect_all() == 1
    assert vocabulary.collect_all() == 1

    known = set(Word.objects.values_list("word", flat=True))
    assert ("lantaarn" in known, "geheimzinnig" in known, "12" in known, "aan" in known) == (
        True,
        False,
        False,
        False,
    )
    assert vocabulary.meant(["lantarn", "aan", "xyzzy"], schouw.municipality) == ["lantaarn", "aan", "xyzzy"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Fill in a word."),
        ("   ", "Fill in a word."),
        ("🙂", "There is no word in “🙂”. Fill in a word."),
        ("!!!", "There is no word in “!!!”. Fill in a word."),
        ("xyzzy", "Nothing was found for “xyzzy”"),
        ("x" * 500, "That is a lot. These words were searched:"),
        ("een twee drie vier vijf zes zeven acht negen", "vijf zes zeven acht</p>"),
    ],
)
def test_a_search_that_finds_nothing_says_why(schouw: Any, typed: str, says: str) -> None:
    page = Client().get("/polderwijk/zoeken/", {"q": typed}).content.decode()
    assert says in page


def test_before_anything_was_asked_there_is_only_the_form(schouw: Any) -> None:
    assert 'role="status"' not in Client().get("/polderwijk/zoeken/").content.decode().partition("<main")[2]


def test_a_council_item_leads_to_its_page(in_scope: Any, handler_client: Client) -> None:
    item = CouncilItemFactory(title="Bomen in het Havenkwartier")
    for browser, place in ((Client(), "raad"), (handler_client, "werk/raad")):
        page = browser.get("/polderwijk/zoeken/?q=Havenkwartier+bomen").content.decode()
        assert f'href="/polderwijk/{place}/{item.pk}/"' in page


def test_words_of_council_items_have_an_index_that_a_search_can_use(in_scope: Any) -> None:
    kind = finding.kind_named("councilitem")
    assert kind
    with scopes_disabled(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = CouncilItem.objects.order_by().annotate(
            where=Cast("municipality", IntegerField()), words=kind.vector(Reader(in_scope))
        )
        plan = rows.filter(where=in_scope.pk, words=finding.query_of(["bomen"])).explain()
    assert "council_words" in plan


@given(st.text(alphabet="a<>&\"'\x02\x03\x00/ mark"))
def test_text_of_people_never_becomes_markup(text: str) -> None:
    html = finding.marked(text)
    assert set(html.replace("<mark>", "").replace("</mark>", "")) & set("<>\"'") == set()


def test_all_of_one_kind_in_pages(schouw: Any) -> None:
    for number in range(17):
        ReportFactory(schouw=schouw, public=True, text=f"Lantaarn {number} is kapot")
    preview = Client().get("/polderwijk/zoeken/?q=lantaarn")
    assert (len(preview.context["groups"][0].found), preview.context["groups"][0].has_more) == (4, True)
    pages = [Client().get(f"/polderwijk/zoeken/?q=lantaarn&soort=report&page={page}") for page in (1, 2)]
    assert [len(page.context["found"]) for page in pages] == [15, 2]
    assert "See all reports" in preview.content.decode()


def test_the_best_match_comes_first(schouw: Any, in_scope: Any) -> None:
    ReportFactory(schouw=schouw, public=True, text="Lantaarn, lantaarn, lantaarn!")
    ReportFactory(schouw=schouw, public=True, text="Er is hier van alles, ook een lantaarn, dacht ik zo.")
    kind = finding.kind_named("report")
    assert kind
    found = finding.matches(kind=kind, words=["lantaarn"], reader=Reader(in_scope))
    assert [row.text[:8] for row in found] == ["Lantaarn", "Er is hi"]


def test_every_kind_can_say_what_it_finds(schouw: Any, in_scope: Any) -> None:
    assert len({kind.key for kind in kinds()}) == len(kinds())
    for reader in (Reader(in_scope), Reader(in_scope, is_staff=True)):
        for kind in kinds():
            assert list(finding.matches(kind=kind, words=["xyzzy"], reader=reader)) == []


def test_an_official_is_led_to_the_own_pages(schouw: Any, handler_client: Client) -> None:
    report = ReportFactory(schouw=schouw, text="De lantaarn is kapot")
    page = handler_client.get("/polderwijk/zoeken/?q=lantaarn").content.decode()
    assert f"/polderwijk/werk/meldingen/{report.pk}/" in page


@pytest.mark.parametrize("query", ["?q=lantaarn", "?q=lantaarn&soort=report"])
def test_a_search_asks_the_database_as_often_for_one_as_for_many(schouw: Any, query: str) -> None:
    counts = []
    for rows in (1, 29):
        for _row in range(rows):
            report = ReportFactory(schouw=schouw, public=True, text="De lantaarn is kapot")
            CommitmentOriginFactory(
                contribution=report,
                commitment=CommitmentFactory(trajectory=schouw.trajectory, text="De lantaarn"),
            )
            MeetingFactory(trajectory=schouw.trajectory, title="Lantaarns")
            CouncilItemFactory(title="Lantaarns")
        caches["memory"].clear()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/polderwijk/zoeken/{query}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] < 20
