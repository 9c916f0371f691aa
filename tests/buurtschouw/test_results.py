"""What came of a walk: scores, what changed, observations with answers; who may read it; and the PDF."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.contrib.gis.geos import LineString
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import TableRowBox

from buurtschouw.domain.results import drawing, observed, readers, report, scored, since
from buurtschouw.domain.statistics.tally import Tally
from buurtschouw.enums import Measure
from buurtschouw.models import Schouw
from tests.factories.buurtschouw import AnswerFactory, CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import AttachmentFactory, CommitmentFactory, ParticipantFactory, VerdictFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.feedback import EvaluationReplyFactory, LessonFactory
from tests.factories.preparing import ScoreFactory, StatementFactory, StopFactory
from tests.templates.markup import tree
from trajecten.charts import BarRow, BarTable, Series
from trajecten.enums import Moderation, TrajectoryStatus

pytestmark = pytest.mark.usefixtures("in_scope", "english")


def held(days_ago: int = 30, **fields: Any) -> Schouw:
    return SchouwFactory(step="feedback", walk_at=timezone.now() - timedelta(days=days_ago), **fields)


def url(walk: Schouw, name: str = "results") -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": "polderwijk", "pk": walk.pk})


def give(stop: Any, statement: Any, *values: int) -> None:
    for value in values:
        ScoreFactory(stop=stop, statement=statement, value=value)


# -- Scores ----------------------------------------------------------------------------------------------------


def test_a_stop_has_the_mean_and_the_spread_of_all_its_scores(schouw: Schouw) -> None:
    stop, empty = StopFactory(schouw=schouw), StopFactory(schouw=schouw)
    give(stop, StatementFactory(), 1, 5, 3)
    give(stop, StatementFactory(), 5)
    first, second = scored.of_walk(schouw).stops
    assert (first.figures.mean, first.figures.walkers, first.figures.lowest, first.figures.highest) == (
        3.5,
        3,
        1,
        5,
    )
    assert first.figures.spread == pytest.approx(1.6583, abs=0.0001)
    assert (second.stop, second.figures) == (empty, None)


def test_fewer_than_three_walkers_is_said(schouw: Schouw) -> None:
    few, enough = StopFactory(schouw=schouw, name="Hoek"), StopFactory(schouw=schouw, name="Plein")
    statement = StatementFactory()
    give(few, statement, 2, 2)
    give(enough, statement, 2, 3, 3)
    notes = [str(row.note) for row in scored.stop_chart(scored.of_walk(schouw)).rows]
    assert ["Fewer than 3" in note for note in notes] == [True, False]


# -- What changed ----------------------------------------------------------------------------------------------


@pytest.fixture
def before(areas: list[Any]) -> Schouw:
    return held(400, trajectory__areas=[areas[0]])


@pytest.fixture
def after(before: Schouw, areas: list[Any]) -> Schouw:
    return held(30, trajectory__areas=[areas[0]])


def test_the_same_statement_at_the_same_stop_is_set_beside_what_it_was(before: Schouw, after: Schouw) -> None:
    then = StopFactory(schouw=before)
    now, other = StopFactory(schouw=after, same_as=then), StopFactory(schouw=after)
    same, only_now = StatementFactory(), StatementFactory()
    give(then, same, 2, 2, 2)
    for stop in (now, other):
        give(stop, same, 4, 4, 5)
        give(stop, only_now, 1, 1, 1)
    (compared,) = since.since(after, scored.of_walk(after)).compared
    assert (compared.stop, compared.statement, compared.is_few) == (now, same, False)
    assert compared.difference == pytest.approx(2.333, abs=0.001)
    chart = since.since(after, scored.of_walk(after)).charts[0]
    assert [(row.values[2], row.tone) for row in chart.rows] == [("+2.3", "good")]
    assert "A grey bar: less than half a point" in Client().get(url(after)).content.decode()


def test_a_walk_is_compared_with_that_of_its_stops_else_with_the_last_one_here(
    before: Schouw, after: Schouw, areas: list[Any]
) -> None:
    between = held(200, trajectory__areas=[areas[0]])
    held(100, trajectory__areas=[areas[1]])
    assert since.previous(after) == between
    StopFactory(schouw=after, same_as=StopFactory(schouw=before))
    assert since.previous(after) == before
    assert since.previous(before) is None


def test_walks_without_stops_are_compared_by_what_was_noted(before: Schouw, after: Schouw) -> None:
    theme = CategoryFactory(name="Groen")
    ReportFactory.create_batch(3, schouw=before, category=theme)
    ReportFactory(schouw=after, category=theme)
    ReportFactory(schouw=after, category=theme, kind="compliment")
    kinds, themes = since.since(after, scored.of_walk(after)).charts
    assert [row.values for row in kinds.rows] == [(3, 1, "−2"), (0, 1, "+1"), (0, 0, "0")]
    assert [(row.label, row.values) for row in themes.rows] == [("Groen", (3, 2, "−1"))]


# -- Observations ----------------------------------------------------------------------------------------------


def test_each_observation_has_its_last_answer_with_words_only_where_it_is_public(schouw: Schouw) -> None:
    public = ReportFactory(schouw=schouw, public=True)
    hidden, waiting = ReportFactory(schouw=schouw, hidden=True), ReportFactory(schouw=schouw)
    AnswerFactory(report=public, message="Wij gaan kijken.")
    AnswerFactory(report=public, status="done", message="Gemaakt.")
    AnswerFactory(report=hidden, message="Mevrouw Jansma, dank u.")
    found = {each.report: each.answer for each in observed.with_answers(observed.of_walk(schouw))}
    assert (found[public].words, found[hidden].words, found[waiting]) == ("Gemaakt.", "", None)


def test_observations_come_in_the_order_of_the_stops(schouw: Schouw) -> None:
    elsewhere = ReportFactory(schouw=schouw)
    second, first = (StopFactory(schouw=schouw, position=number) for number in (2, 1))
    at_second, at_first = ReportFactory(schouw=schouw, stop=second), ReportFactory(schouw=schouw, stop=first)
    assert list(observed.of_walk(schouw)) == [at_first, at_second, elsewhere]


# -- Who may read it -------------------------------------------------------------------------------------------


def test_results_are_public_from_the_feedback_on(schouw: Schouw) -> None:
    not_yet = Client().get(url(schouw))
    assert (not_yet.status_code, not_yet.headers["Cache-Control"]) == (404, "private, no-store")
    assert "The results are not there yet" in not_yet.content.decode()
    assert "The results are not there yet" not in Client().get(f"{url(schouw)}x").content.decode()
    assert Client().get(url(schouw, "results-pdf")).status_code == 404
    over = held()
    over.trajectory.status, over.trajectory.current_step = TrajectoryStatus.EVALUATED, ""
    over.trajectory.save()
    for walk in (held(), over):
        assert (Client().get(url(walk)).status_code, readers.are_public(walk)) == (200, True)


def test_before_that_the_core_group_reads_them_and_others_who_take_part_do_not(
    schouw: Schouw, resident: Any, resident_client: Client
) -> None:
    enrolment = EnrolmentFactory(
        trajectory=schouw.trajectory, participant=ParticipantFactory(user=resident), role="member"
    )
    assert resident_client.get(url(schouw)).status_code == 404
    enrolment.role = "core_group"
    enrolment.save()
    answer = resident_client.get(url(schouw))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


# -- The page and the PDF --------------------------------------------------------------------------------------


def test_a_walk_without_stops_scores_or_reports_still_has_a_page_and_a_pdf() -> None:
    walk = held()
    page = Client().get(url(walk)).content.decode()
    assert "Nobody gave scores on this walk." in page
    assert Client().get(url(walk, "results-pdf")).content.startswith(b"%PDF")


def test_the_page_tells_what_came_of_it(before: Schouw, after: Schouw) -> None:
    give(StopFactory(schouw=after, name="Speelplein"), StatementFactory(text="De stoep is vlak."), 4, 4, 4)
    answered = ReportFactory(schouw=after, public=True, text="Losse tegel.")
    AnswerFactory(report=answered, message="Gemaakt op dinsdag.")
    ReportFactory(schouw=after, text="Geheim.")
    CommitmentFactory(trajectory=after.trajectory, text="Een nieuwe bank.")
    LessonFactory(schouw=after, text="Eerder beginnen.", is_public=True)
    LessonFactory(schouw=after, text="Niet voor buiten.")
    page = Client().get(url(after)).content.decode()
    told = ["Speelplein", "De stoep is vlak.", "Losse tegel.", "Gemaakt op dinsdag.", "Eerder beginnen."]
    assert [words for words in told if words not in page] == []
    assert ("Geheim." in page, "Niet voor buiten." in page) == (False, False)


def test_a_list_of_contents_leads_to_each_part_that_is_there_the_promises_first(
    before: Schouw, after: Schouw
) -> None:
    def contents(walk: Schouw) -> list[str]:
        page = tree(Client().get(url(walk)).content.decode())
        (nav,) = [nav for nav in page.every("nav") if nav.attributes.get("aria-labelledby") == "contents"]
        parts = [link.attributes["href"].removeprefix("#") for link in nav.every("a")]
        found = [heading.attributes.get("id") for heading in page.every("h2")]
        assert [part for part in found if part in parts] == parts
        return parts

    bare = ["scores", "noted", "thought", "physical"]
    assert contents(before) == bare
    CommitmentFactory(trajectory=before.trajectory)
    LessonFactory(schouw=before, is_public=True)
    assert contents(before) == ["promised", *bare, "learned"]
    give(StopFactory(schouw=before), StatementFactory(), 3)
    assert "since" not in contents(before)


def test_an_observation_shows_its_photos(after: Schouw) -> None:
    photo = AttachmentFactory(target=ReportFactory(schouw=after, public=True), is_public=True)
    answered = Client().get(url(after))
    assert answered.status_code == 200
    assert f"/{photo.uuid}/" in answered.content.decode().split('class="portal-card results-observation"')[1]


def test_the_page_does_as_many_statements_for_thirty_observations_as_for_two(
    before: Schouw, after: Schouw, django_assert_max_num_queries: Any
) -> None:
    def statements() -> int:
        with django_assert_max_num_queries(100) as counted:
            assert Client().get(url(after)).status_code == 200
        return len(counted)

    def add(number: int) -> None:
        stop, statement = StopFactory(schouw=after, same_as=StopFactory(schouw=before)), StatementFactory()
        give(stop.same_as, statement, 3)
        give(stop, statement, 4)
        for made in ReportFactory.create_batch(number, schouw=after, stop=stop, public=True):
            AnswerFactory(report=made)
        CommitmentFactory.create_batch(number, trajectory=after.trajectory)

    add(2)
    few = statements()
    add(28)
    assert statements() == few


def test_the_pdf_is_made_once_until_something_changes(after: Schouw, monkeypatch: Any) -> None:
    from buurtschouw.views import results_paper

    made: list[int] = []
    monkeypatch.setattr(results_paper, "pdf", lambda schouw, language: made.append(1) or b"%PDF")
    cache.clear()
    one = ReportFactory(schouw=after)
    for _time in range(2):
        Client().get(url(after, "results-pdf"))
    assert len(made) == 1
    one.moderation = Moderation.PUBLISHED
    one.save(update_fields=["moderation"])
    Client().get(url(after, "results-pdf"))
    assert len(made) == 2
    LessonFactory(schouw=after, is_public=True)
    Client().get(url(after, "results-pdf"))
    assert len(made) == 3


def test_the_pdf_is_made_again_when_what_is_counted_in_it_changed(after: Schouw, monkeypatch: Any) -> None:
    """Also where nobody wrote a word: a verdict of one tap, and scores of the walk itself."""
    from buurtschouw.views import results_paper

    made: list[int] = []
    monkeypatch.setattr(results_paper, "pdf", lambda schouw, language: made.append(1) or b"%PDF")
    cache.clear()
    verdict = VerdictFactory(target=ReportFactory(schouw=after), value="yes")
    reply = EvaluationReplyFactory(evaluation=after.evaluation, answers={"useful": "4"})

    def times() -> int:
        Client().get(url(after, "results-pdf"))
        return len(made)

    assert (times(), times()) == (1, 1)
    verdict.value = "partly"
    verdict.save(update_fields=["value"])
    assert (times(), times()) == (2, 2)
    reply.answers = {"useful": "5"}
    reply.save(update_fields=["answers", "changed_at"])
    assert (times(), times()) == (3, 3)


def test_the_drawing_has_everything_within_it(schouw: Schouw) -> None:
    schouw.route = LineString((4.91, 52.51), (4.92, 52.515), srid=4326)
    schouw.save()
    StopFactory(schouw=schouw)
    ReportFactory(schouw=schouw)
    made = drawing.drawing(schouw)
    places = [*made.stops, *made.reports]
    assert all(0 <= place.x <= made.width and 0 <= place.y <= made.height for place in places)
    assert (len(made.stops), len(made.reports), made.stops[0].label) == (1, 1, "1")
    north, south = (float(point.split(",")[1]) for point in reversed(made.route.split()))
    assert north < south


def test_nothing_with_a_place_has_no_drawing() -> None:
    assert drawing.drawing(SchouwFactory()) is None


@pytest.mark.parametrize(
    ("number", "words"), [(0.0, "0 working days"), (1.0, "1 working day"), (2.5, "2.5 working days")]
)
def test_days_are_told_as_people_read_them(number: float, words: str) -> None:
    assert report.days(number) == words


@pytest.mark.parametrize(
    ("days", "says"), [(0, "nine in ten on the same day"), (3, "nine in ten within 3 working days")]
)
def test_no_days_at_all_are_called_the_same_day(days: int, says: str) -> None:
    tally = Tally()
    tally.add(Measure.ANSWERED, days, 4)
    assert report.times("First answer", tally, Measure.ANSWERED).note == says


def test_no_row_of_a_table_stands_alone_on_a_page_of_the_pdf_nor_without_its_name() -> None:
    css = CSS(string=render_to_string("buurtschouw/results/document.css"))
    series = (Series("gemiddeld", "plain", decimals=1), Series("lopers", "plain", drawn=False))
    chart = BarTable("x", "Scores", "Thema", series, [BarRow("Groen", (3.5, 2))] * 6)
    table = render_to_string("buurtschouw/results/_paper_chart.html", {"chart": chart, "accent": "#0b5d4e"})
    split = 0
    for above in range(190, 236, 4):
        html = f"<div style='height: {above}mm'></div>{table}"
        made = HTML(string=html).render(stylesheets=[css])
        with_table = [found for page in made.pages if (found := _table_rows(page._page_box))]
        split += len(with_table) > 1
        assert all(found >= 4 for found in with_table), "its name, the head and two rows"
        read = pypdf.PdfReader(io.BytesIO(made.write_pdf()))
        assert sum("Scores" in page.extract_text() for page in read.pages) == len(with_table)
    assert split


def _table_rows(box: Any) -> int:
    inside = sum(_table_rows(child) for child in getattr(box, "children", None) or ())
    return inside + isinstance(box, TableRowBox)
