"""The reporter's page by its secret link, the verdict by one click, and support by others."""

import html
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from buurtschouw.domain import answering
from buurtschouw.domain.queries import queue
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report, Support
from tests.factories.buurtschouw import AnswerFactory, CategoryFactory, NoteFactory, ReportFactory
from tests.mails import composed
from trajecten.domain import verdicts
from trajecten.models import Activity, Commitment, Notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def closed(schouw: Any, category: Any, handler: Any) -> Report:
    """A report that was called done once, by the one it is assigned to."""
    report = ReportFactory(schouw=schouw, category=category, assigned_to=handler)
    answering.answer(report=report, by=handler, status="done", message="Klaar.", version=report.version)
    report.refresh_from_db()
    return report


def page(report: Report) -> str:
    return f"/polderwijk/volg/{report.token}/"


def judge(report: Report, value: str, *, round_number: int = 1, **data: Any) -> Any:
    return Client().post(f"{page(report)}oordeel/{round_number}/{value}/", data, follow=True)


# -- The page -------------------------------------------------------------------------------------------------


def test_it_shows_what_was_said_and_answered_but_no_notes_or_names(report: Any, handler: Any) -> None:
    AnswerFactory(report=report, by=handler, message="Wij komen kijken.")
    NoteFactory(report=report, by=handler, text="Lastige melder.")
    shown = Client().get(page(report)).content.decode()
    assert report.text in shown
    assert "Wij komen kijken." in shown
    assert "Lastige melder." not in shown
    assert handler.name not in shown
    assert report.author.email not in shown


def test_the_whole_story_is_there_over_every_round(closed: Report, handler: Any) -> None:
    judge(closed, "no", words="Ligt er nog.")
    closed.refresh_from_db()
    answering.answer(report=closed, by=handler, status="done", message="Nu echt.", version=closed.version)
    answering.assign(report=closed, by=handler, to=None)
    answering.note(report=closed, by=handler, text="Stuur de volgende keer een ander.")
    shown = html.unescape(Client().get(page(closed)).content.decode())
    told = ["Klaar.", "Ligt er nog.", "The report is open again", "Nu echt."]
    places = [shown.index(words) for words in told]
    assert places == sorted(places)
    assert "Assigned" not in shown
    assert "Stuur de volgende keer" not in shown


def test_it_is_not_kept_by_caches_or_search_engines(report: Any) -> None:
    answer = Client().get(page(report))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "1", "%00", "%ff", "a" * 500])
def test_another_token_opens_nothing(report: Any, token: str) -> None:
    assert Client().get(f"/polderwijk/volg/{token}/").status_code == 404


def test_the_question_is_there_only_once_it_is_closed(report: Any, closed: Report) -> None:
    assert "Is it solved?" not in Client().get(page(report)).content.decode()
    assert "Is it solved?" in Client().get(page(closed)).content.decode()


def test_it_says_that_it_has_just_arrived_for_an_hour_only(report: Any) -> None:
    def said() -> bool:
        return "your report has arrived" in Client().get(f"{page(report)}?ontvangen").content.decode()

    assert said()
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(minutes=61))
    assert not said()


def test_a_term_that_passed_is_admitted_with_whom_to_call(report: Any, municipality: Any) -> None:
    municipality.contact_email = "gemeente@example.org"
    municipality.save()
    assert "The municipality is late" not in Client().get(page(report)).content.decode()
    Report.objects.filter(pk=report.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    shown = Client().get(page(report)).content.decode()
    late = shown[shown.index("The municipality is late") :].split("</div>")[0]
    assert f"report {report.pk}" in late
    assert "mailto:gemeente@example.org" in late


def test_words_that_are_the_title_stand_there_once(report: Any) -> None:
    assert Client().get(page(report)).content.decode().count(report.text) == 1


# -- The verdict ----------------------------------------------------------------------------------------------


def test_opening_the_link_in_the_mail_changes_nothing(closed: Report) -> None:
    assert Client().get(f"{page(closed)}oordeel/1/no/").status_code == 200
    assert Client().head(f"{page(closed)}oordeel/1/no/").status_code == 200
    assert not verdicts.of(closed).exists()


def test_no_opens_it_again_on_top_of_the_queue_with_a_new_term(
    closed: Report, handler: Any, schouw: Any
) -> None:
    ReportFactory(schouw=schouw, overdue=True)
    judge(closed, "no", words="Ligt er nog.")
    closed.refresh_from_db()
    assert closed.status == ReportStatus.ACKNOWLEDGED
    assert closed.returned_at is not None
    assert queue.reports(asked=QueueFilter(), user=handler).first() == closed
    assert verdicts.of(closed).get().words == "Ligt er nog."
    told = set(Notification.objects.exclude(key="buurtschouw.report_closed").values_list("key", flat=True))
    assert {"buurtschouw.report_reopened", "buurtschouw.report_came_back"} <= told


@pytest.mark.parametrize("value", ["yes", "partly"])
def test_other_answers_leave_it_closed(closed: Report, value: str) -> None:
    judge(closed, value)
    closed.refresh_from_db()
    assert closed.status == ReportStatus.DONE
    assert verdicts.of(closed).get().value == value


def test_the_same_answer_twice_counts_once_and_words_can_be_added(closed: Report) -> None:
    judge(closed, "no")
    judge(closed, "no", words="Er ligt nog een hoop.")
    assert verdicts.of(closed).get().words == "Er ligt nog een hoop."
    assert Notification.objects.filter(key="buurtschouw.report_reopened").count() == 1


def test_another_answer_takes_its_words_along(closed: Report) -> None:
    judge(closed, "yes", words="Mooi gedaan.")
    judge(closed, "no")
    verdict = verdicts.of(closed).get()
    assert (verdict.value, verdict.words) == ("no", "")


def test_after_a_no_the_page_asks_what_is_not_right_and_takes_the_words(closed: Report) -> None:
    shown = html.unescape(judge(closed, "no").content.decode())
    closed.refresh_from_db()
    due = date_format(closed.due_on, "j F")
    assert f"Thank you. Your report is open again. You will hear from us by {due}." in shown
    assert "What is not right yet?" in shown
    action = re.search(r'action="([^"]+)" data-explanation', shown)
    assert action
    shown = Client().post(action[1], {"value": "no", "words": "Ligt er nog."}, follow=True).content.decode()
    assert f"The municipality reads your explanation. You will hear from us by {due}." in shown
    assert "What is not right yet?" not in shown
    assert "Change my explanation" in shown
    assert verdicts.of(closed).get().words == "Ligt er nog."


def test_another_answer_can_be_given_folded_with_the_current_one_checked(closed: Report) -> None:
    shown = judge(closed, "partly").content.decode()
    (fold,) = re.findall(r"<details.*?</details>", shown, re.DOTALL)[-1:]
    assert "Change my answer" in fold
    (checked,) = re.findall(r"<input[^>]*checked[^>]*>", fold)
    assert 'value="partly"' in checked


def test_a_no_after_a_yes_came_back_when_it_was_said(closed: Report) -> None:
    judge(closed, "yes")
    verdicts.of(closed).update(at=timezone.now() - timedelta(days=60))
    judge(closed, "no")
    closed.refresh_from_db()
    assert timezone.now() - closed.returned_at < timedelta(minutes=1)
    assert closed.returned_at == verdicts.of(closed).get().at


def test_the_page_that_asks_has_the_question_once_and_answers_in_capitals(closed: Report) -> None:
    shown = Client().get(f"{page(closed)}oordeel/1/no/").content.decode()
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert main.count("Is it solved?") == 1
    assert "Send my answer</button>" in main
    assert re.findall(r"\b(Yes|Partly|No)\b", re.sub(r"<[^>]+>", " ", main)) == ["Yes", "Partly", "No"]


def test_an_answer_on_a_closing_that_was_overtaken_is_refused_kindly(closed: Report) -> None:
    judge(closed, "no")
    shown = judge(closed, "yes").content.decode()
    assert "This report is open again" in shown
    assert verdicts.of(closed).get().value == "no"


def test_the_link_in_an_old_mail_asks_to_look_at_the_newest_answer(closed: Report, handler: Any) -> None:
    judge(closed, "no")
    closed.refresh_from_db()
    answering.answer(report=closed, by=handler, status="done", message="Nu echt.", version=closed.version)
    shown = judge(closed, "yes", round_number=1).content.decode()
    assert "The municipality has answered again since then." in shown
    assert [verdict.value for verdict in verdicts.of(closed)] == ["no"]
    judge(closed, "yes", round_number=2)
    assert [(verdict.round, verdict.value) for verdict in verdicts.of(closed)] == [(1, "no"), (2, "yes")]


@pytest.mark.parametrize("round_number", [2, 99, 10**30])
def test_a_round_that_never_was_takes_no_verdict(closed: Report, round_number: int) -> None:
    assert judge(closed, "no", round_number=round_number).status_code == 200
    closed.refresh_from_db()
    assert closed.status == ReportStatus.DONE
    assert not verdicts.of(closed).exists()


@pytest.mark.parametrize("words", ["x" * 1001, "a\0b"])
def test_words_that_can_t_be_kept_are_refused_and_nothing_is_recorded(closed: Report, words: str) -> None:
    assert judge(closed, "no", words=words).status_code == 422
    assert not verdicts.of(closed).exists()


def test_each_link_in_the_mail_records_its_own_answer(closed: Report) -> None:
    owed = Notification.objects.get(key="buurtschouw.report_closed")
    links = re.findall(r"https?://[^\s/]+(/polderwijk/volg/\S+/oordeel/\S+)", composed(owed).body)
    assert len(links) == 3
    for link in links:
        assert Client().get(link).status_code == 200
    assert not verdicts.of(closed).exists()
    Client().post(links[0])
    assert verdicts.of(closed).get().value == "yes"


@pytest.mark.parametrize("path", ["oordeel/1/no/", ""])
def test_the_link_works_in_its_own_municipality_only(
    closed: Report, other_municipality: Any, path: str
) -> None:
    assert Client().get(f"/duinstad/volg/{closed.token}/{path}").status_code == 404
    assert Client().post(f"/duinstad/volg/{closed.token}/oordeel/1/no/").status_code == 404
    assert Client().post(f"/polderwijk/volg/{'x' * 32}/oordeel/1/no/").status_code == 404
    assert not verdicts.of(closed).exists()


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_verdict_and_one_reopening(closed: Report) -> None:
    def one(_: int) -> int:
        try:
            return judge(closed, "no").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(one, range(10))) == {200}
    closed.refresh_from_db()
    assert (verdicts.of(closed).count(), closed.version) == (1, 3)
    assert Activity.objects.filter(verb="reopened").count() == 1
    reopened = Notification.objects.filter(key="buurtschouw.report_reopened")
    assert reopened.count() == 1


def test_an_unknown_answer_is_asked_again(closed: Report) -> None:
    assert judge(closed, "misschien").status_code == 422
    assert not verdicts.of(closed).exists()


def test_a_report_that_was_never_closed_takes_no_verdict(report: Any) -> None:
    judge(report, "yes")
    assert not verdicts.of(report).exists()


def test_a_guest_and_somebody_unknown_can_both_answer(schouw: Any, category: Any, handler: Any) -> None:
    unknown = ReportFactory(schouw=schouw, category=category, anonymous=True)
    answering.answer(report=unknown, by=handler, status="done", message="Klaar.", version=unknown.version)
    judge(unknown, "partly")
    assert verdicts.of(unknown).get().participant is None


def test_no_reopens_the_promise_that_was_called_kept(report: Any, handler: Any) -> None:
    day = timezone.localdate() + timedelta(days=7)
    answering.answer(
        report=report, by=handler, status="planned", message="Volgende week.", planned_for=day, version=1
    )
    report.refresh_from_db()
    answering.answer(report=report, by=handler, status="done", message="Klaar.", version=report.version)
    assert Commitment.objects.get().status == "done"
    judge(report, "no")
    assert Commitment.objects.get().status == "in_progress"


# -- Support --------------------------------------------------------------------------------------------------


def nearby(schouw: Any, category: Any) -> str:
    query = f"?lat=52.51&lon=4.915&category={category.pk}"
    return Client().get(f"/polderwijk/schouw/{schouw.pk}/in-de-buurt{query}").content.decode()


# At 52.51° N a degree of latitude is 111.27 km and a degree of longitude 67.87 km (WGS84).
@pytest.mark.parametrize(
    ("east", "north", "is_shown"),
    [
        (0, 0, True),
        (49, 0, True),
        (51, 0, False),
        (0, 49, True),
        (0, 51, False),
        (34, 34, True),
        (37, 37, False),
    ],
)
def test_open_reports_within_fifty_metres_are_shown_first(
    schouw: Any, category: Any, east: int, north: int, is_shown: bool
) -> None:
    point = Point(4.915 + east / 67_870, 52.51 + north / 111_270, srid=4326)
    ReportFactory(schouw=schouw, category=category, point=point, public=True, text="Losse tegel")
    assert ("Losse tegel" in nearby(schouw, category)) is is_shown


def test_other_themes_and_closed_ones_are_not(schouw: Any, category: Any) -> None:
    ReportFactory(schouw=schouw, category=CategoryFactory(name="Anders"), public=True, text="Ander thema")
    ReportFactory(schouw=schouw, category=category, done=True, public=True, text="Al gedaan")
    shown = nearby(schouw, category)
    assert "Ander thema" not in shown
    assert "Al gedaan" not in shown


def test_somebody_counts_once_with_or_without_an_address(report: Any) -> None:
    browser = Client()
    for _ in range(2):
        browser.post(f"/polderwijk/meldingen/{report.pk}/steun/", {"email": ""})
    for _ in range(2):
        Client().post(f"/polderwijk/meldingen/{report.pk}/steun/", {"email": "Buur@example.org"})
    report.refresh_from_db()
    assert (report.supports, Support.objects.filter(report=report).count()) == (2, 2)


def test_who_supports_a_report_is_not_asked_again(report: Any) -> None:
    browser = Client()
    asked = "I support this report"
    assert asked in browser.get(f"/polderwijk/meldingen/{report.pk}/").content.decode()
    path = f"/polderwijk/meldingen/{report.pk}/steun/"
    shown = browser.post(path, {"email": "buur@example.org"}, follow=True).content.decode()
    assert asked not in shown
    assert "You support this report.</strong> We mail you what was done with it in the end." in shown
    assert asked in Client().get(f"/polderwijk/meldingen/{report.pk}/").content.decode()


def test_a_finished_report_can_be_made_again(closed: Report) -> None:
    shown = Client().get(f"/polderwijk/meldingen/{closed.pk}/").content.decode()
    assert "Is it there again?" in shown
    assert 'href="/polderwijk/melden/">Report it again</a>' in shown


def test_words_that_are_not_public_are_on_no_public_page(report: Any) -> None:
    for path in (f"/polderwijk/meldingen/{report.pk}/", "/polderwijk/meldingen/", "/polderwijk/"):
        assert report.text not in Client().get(path).content.decode()
    assert report.text not in Client().get("/polderwijk/meldingen.geojson").content.decode()


def test_a_photo_needs_the_token_and_is_refused_when_it_is_none(report: Any) -> None:
    address = f"{page(report)}fotos/{uuid.uuid4()}"
    answer = Client().put(address, b"geen foto", content_type="image/jpeg")
    assert answer.status_code == 422
    assert answer.json()["detail"]
