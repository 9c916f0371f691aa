"""The app of a walker as the server sees it: its page, its worker, and what it sends."""

import io
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from buurtschouw.models import Report, Score
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.walking import ScoreFactory, StatementFactory, StopFactory
from trajecten.domain import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]


@pytest.fixture
def walker(schouw: Any) -> Any:
    return EnrolmentFactory(trajectory=schouw.trajectory, participant__display_name="Ria")


@pytest.fixture
def url(walker: Any) -> str:
    return f"/polderwijk/lopen/{walker.token}/"


@pytest.fixture
def stop(schouw: Any) -> Any:
    return StopFactory(schouw=schouw, position=1, name="Speeltuin")


@pytest.fixture
def statement(schouw: Any, category: Any) -> Any:
    made = StatementFactory(category=category)
    schouw.statements.add(made)
    return made


@pytest.fixture
def body(category: Any, stop: Any) -> dict[str, Any]:
    return {
        "kind": "compliment",
        "category": category.pk,
        "lat": 52.51,
        "lon": 4.915,
        "accuracy": 8,
        "text": "De bank staat in de zon.",
        "stop": stop.pk,
        "observed_at": (timezone.now() - timedelta(minutes=3)).isoformat(),
    }


def observe(url: str, body: Any, key: Any = None) -> Any:
    return Client().post(
        f"{url}waarnemingen",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(key or uuid.uuid4())},
    )


def put_scores(url: str, *rows: Any) -> Any:
    return Client().put(f"{url}scores", json.dumps({"scores": rows}), content_type="application/json")


def mark(stop: Any, statement: Any, value: int = 4, **changes: Any) -> dict[str, Any]:
    at = (timezone.now() - timedelta(minutes=1)).isoformat()
    return {"stop": stop.pk, "statement": statement.pk, "value": value, "scored_at": at, **changes}


# -- The page and its worker ----------------------------------------------------------------------------------


def test_the_page_holds_the_walk_itself(url: str, stop: Any, statement: Any) -> None:
    page = Client().get(url)
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    for part in ("Speeltuin", statement.text):
        assert part in page.content.decode()


def test_a_stop_with_themes_asks_the_statements_of_those_only(
    url: str, schouw: Any, stop: Any, statement: Any
) -> None:
    other = StatementFactory(category=CategoryFactory(name="Groen"))
    schouw.statements.add(other)
    stop.themes.add(other.category)
    (shown,) = Client().get(f"{url}stand").json()["walk"]["stops"]
    assert shown["statements"] == [other.pk]


def test_the_manifest_stays_within_the_walk(url: str, schouw: Any) -> None:
    manifest = Client().get(f"{url}app.webmanifest")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    told = manifest.json()
    assert (told["name"], told["start_url"], told["scope"]) == (schouw.trajectory.title, url, url)
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


def test_the_worker_is_asked_for_each_time_and_keeps_what_the_page_loads(url: str) -> None:
    worker = Client().get(f"{url}worker.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Content-Type"].startswith("text/javascript")
    head, _, code = worker.content.decode().partition(";\n")
    told = json.loads(head.removeprefix("self.WALK = "))
    assert told["kept"][0] == url
    page = Client().get(url).content.decode()
    loaded = [part for part in told["kept"] if part.startswith(django_settings.STATIC_URL)]
    assert sum(part in page for part in loaded) >= 6
    assert 'addEventListener("fetch"' in code
    assert '"GET"' in code


def test_a_token_of_something_else_opens_no_walk(municipality: Any) -> None:
    from tests.factories.core import TrajectoryFactory

    elsewhere = EnrolmentFactory(trajectory=TrajectoryFactory(municipality=municipality))
    for path in ("", "app.webmanifest", "worker.js", "stand"):
        assert Client().get(f"/polderwijk/lopen/{elsewhere.token}/{path}").status_code == 404


def test_another_municipality_knows_no_such_walk(url: str, other_municipality: Any) -> None:
    assert Client().get(url.replace("polderwijk", "duinstad")).status_code == 404


# -- Observations ---------------------------------------------------------------------------------------------


def test_an_observation_is_a_report_of_the_walker(url: str, body: Any, walker: Any, stop: Any) -> None:
    answer = observe(url, body)
    assert answer.status_code == 201, answer.content
    report = Report.objects.get()
    assert (report.author, report.kind, report.origin, report.stop) == (
        walker.participant,
        "compliment",
        "walk",
        stop,
    )
    assert report.observed_at.isoformat() == body["observed_at"]
    assert answer.json()["photos_url"].endswith(f"{report.token}/fotos")


def test_the_same_again_is_the_same_and_other_content_is_refused(url: str, body: Any) -> None:
    key = uuid.uuid4()
    first, again = observe(url, body, key), observe(url, body, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for change in ({"kind": "idea"}, {"stop": ""}, {"text": "Iets anders."}):
        assert observe(url, {**body, **change}, key).status_code == 409
    assert Report.objects.count() == 1


def test_it_is_the_same_also_when_its_stop_and_its_theme_are_gone_since(
    url: str, body: Any, stop: Any, category: Any
) -> None:
    key = uuid.uuid4()
    observe(url, body, key)
    stop.delete()
    assert observe(url, body, key).status_code == 200
    category.is_active = False
    category.save()
    assert observe(url, body, key).status_code == 200


def test_a_stop_that_was_taken_off_the_route_refuses_nothing(url: str, body: Any, stop: Any) -> None:
    stop.delete()
    key = uuid.uuid4()
    assert observe(url, body, key).status_code == 201
    assert observe(url, body, key).status_code == 200
    assert Report.objects.get().stop is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "complaint"}, "kind"),
        ({"observed_at": ""}, "observed_at"),
        ({"observed_at": "gisteren"}, "observed_at"),
        ({"observed_at": "0001-01-01T00:00:00Z"}, "observed_at"),
        ({"stop": "een"}, "stop"),
        ({"text": ""}, "text"),
        ({"lat": "", "lon": ""}, "address"),
        ({"lat": 51.0}, "address"),
    ],
)
def test_what_can_t_be_taken_in_says_why(url: str, body: Any, change: Any, field: str) -> None:
    answer = observe(url, {**body, **change})
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not Report.objects.exists()


def test_what_was_seen_during_the_walk_comes_after_it_too(
    url: str, body: Any, schouw: Any, coordinator: Any
) -> None:
    reason = {"override_reason": "Klaar."}
    steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator, **reason)
    assert observe(url, body).status_code == 201
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    assert observe(url, {**body, "observed_at": later}).status_code == 422


def test_the_app_hears_that_the_walk_is_over_but_not_that_it_is_to_come(
    url: str, schouw: Any, coordinator: Any
) -> None:
    def told() -> tuple[str, bool]:
        said = Client().get(f"{url}stand").json()
        return said["closed"].partition(".")[0], said["is_over"]

    assert told() == ("", False)
    schouw.trajectory.current_step = "preparation"
    schouw.trajectory.save()
    assert told() == ("Reporting for this walk is not possible yet", False)
    schouw.trajectory.current_step = "walk"
    schouw.trajectory.save()
    steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator, override_reason="Klaar.")
    assert told() == ("Reports for this walk are closed", True)


def test_who_is_on_the_waiting_list_reads_what_that_means(url: str, walker: Any) -> None:
    assert Client().get(f"{url}stand").json()["waiting"] == ""
    walker.status, walker.joined_at, walker.waiting_since = "waiting", None, timezone.now()
    walker.save()
    assert "on the waiting list" in Client().get(f"{url}stand").json()["waiting"]


def test_too_many_in_an_hour_wait(url: str, body: Any, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    statuses = [observe(url, body).status_code for _ in range(5)]
    assert statuses == [201] * 4 + [429]


def test_a_group_that_sends_by_one_network_is_not_held_up_by_each_other(
    url: str, body: Any, schouw: Any, settings: Any
) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    others = [EnrolmentFactory(trajectory=schouw.trajectory).token for _ in range(2)]
    for walker in (url, *(f"/polderwijk/lopen/{token}/" for token in others)):
        photos_url = observe(walker, body).json()["photos_url"]
        statuses = [
            Client().put(f"{photos_url}/{uuid.uuid4()}", _photo(shade), content_type="image/jpeg").status_code
            for shade in range(5)
        ]
        assert statuses == [201] * 5


def _photo(shade: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (20, 20), (shade, 0, 0)).save(made, "JPEG")
    return made.getvalue()


def test_with_another_walker_s_key_nothing_of_theirs_is_told(url: str, body: Any, schouw: Any) -> None:
    theirs = ReportFactory(schouw=schouw)
    answer = observe(url, body, theirs.key)
    assert answer.status_code == 409
    assert theirs.token not in answer.content.decode()


# -- Scores ---------------------------------------------------------------------------------------------------


def test_scores_are_kept_and_shown_with_the_group_s(url: str, stop: Any, statement: Any, walker: Any) -> None:
    ScoreFactory(stop=stop, statement=statement, value=2)
    answer = put_scores(url, mark(stop, statement, 5))
    assert (answer.status_code, answer.json()) == (200, {"kept": [0], "refused": []})
    assert Score.objects.get(walker=walker.participant).value == 5
    state = Client().get(f"{url}stand").json()
    assert [(row["stop"], row["value"]) for row in state["scores"]] == [(stop.pk, 5)]
    (group,) = state["group"]
    assert (group["mean"], group["spread"], group["n"]) == (3.5, 1.5, 2)


def test_each_score_that_is_refused_says_why(url: str, stop: Any, statement: Any) -> None:
    good, odd = mark(stop, statement), mark(stop, statement, value=9)
    answer = put_scores(url, {"stop": "x"}, odd, good, 7).json()
    assert answer["kept"] == [2]
    assert sorted(refused["place"] for refused in answer["refused"]) == [0, 1, 3]


@pytest.mark.parametrize("sent", [b"x", b"[]", b'{"scores": 1}', b"[" * 5000, b'{"scores": {}}'])
def test_what_is_no_list_of_scores_is_refused(url: str, sent: bytes) -> None:
    assert Client().put(f"{url}scores", sent, content_type="application/json").status_code == 422
    assert Client().put(f"{url}scores", b"{}", content_type="text/plain").status_code == 415


def test_what_the_app_asks_grows_in_no_statements(
    url: str, schouw: Any, walker: Any, stop: Any, statement: Any, category: Any
) -> None:
    pages = (f"{url}stand", url, f"/polderwijk/schouw/{schouw.pk}/scores/")

    def asked() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert Client().get(page).status_code == 200
            found.append(len(captured))
        return found

    def fill(number: int) -> None:
        made = StatementFactory(category=category)
        schouw.statements.add(made)
        at = StopFactory(schouw=schouw, position=number)
        ScoreFactory(stop=at, statement=made)
        ScoreFactory(stop=at, statement=made, walker=walker.participant)
        ReportFactory(schouw=schouw, category=category, author=walker.participant, origin="walk")

    fill(2)
    asked()
    few = asked()
    for number in range(3, 33):
        fill(number)
    assert asked() == few


# -- Answers on the spot --------------------------------------------------------------------------------------


@pytest.fixture
def official(schouw: Any, handler: Any, sign_in: Any) -> tuple[str, Client]:
    """The app of a handler who walks along, and the browser they are signed in with."""
    mine = EnrolmentFactory(trajectory=schouw.trajectory, participant__user=handler)
    return f"/polderwijk/lopen/{mine.token}/", sign_in(handler)


def answered(url: str, browser: Client, report: Any, **changes: Any) -> Any:
    given = {"version": report.version, "status": "done", "message": "Meteen gedaan.", **changes}
    path = f"{url}meldingen/{report.pk}/antwoord"
    return browser.post(path, json.dumps(given), content_type="application/json")


def test_an_official_answers_on_the_spot(official: Any, report: Any) -> None:
    url, browser = official
    (row,) = browser.get(f"{url}stand").json()["to_answer"]
    assert (row["number"], row["version"], "done" in row["allowed"]) == (report.pk, report.version, True)
    answer = answered(url, browser, report)
    assert (answer.status_code, answer.json()) == (200, {"to_answer": []})
    report.refresh_from_db()
    assert (report.status, report.answers.get().message) == ("done", "Meteen gedaan.")


def test_who_was_second_hears_so_and_what_is_wrong_is_said_by_field(official: Any, report: Any) -> None:
    url, browser = official
    answered(url, browser, report, status="in_progress")
    second = answered(url, browser, report)
    assert second.status_code == 409
    assert "In progress" in second.json()["detail"]
    report.refresh_from_db()
    assert "message" in answered(url, browser, report, message=" ").json()["errors"]
    assert "status" in answered(url, browser, report, status="acknowledged").json()["errors"]


def test_nobody_else_answers(official: Any, url: str, report: Any, resident_client: Client) -> None:
    theirs, browser = official
    assert answered(theirs, Client(), report).status_code == 403
    assert answered(theirs, resident_client, report).status_code == 403
    assert answered(url, browser, report).status_code == 403
    assert "to_answer" not in Client().get(f"{theirs}stand").json()


def test_a_report_of_another_walk_is_not_answered_here(official: Any) -> None:
    url, browser = official
    assert answered(url, browser, ReportFactory()).status_code == 404


# -- Coming in ------------------------------------------------------------------------------------------------


def test_a_name_is_enough_to_walk_along(schouw: Any) -> None:
    page = f"/polderwijk/schouw/{schouw.pk}/meelopen/"
    form = {"key": uuid.uuid4(), "name": "Ria"}
    first, again = Client().post(page, form), Client().post(page, form)
    assert first.status_code == 302
    assert first.url == again.url
    assert "/lopen/" in first.url
    assert Client().get(first.url).status_code == 200


def test_what_is_missing_is_said_and_nothing_typed_is_lost(schouw: Any) -> None:
    page = f"/polderwijk/schouw/{schouw.pk}/meelopen/"
    answer = Client().post(page, {"key": uuid.uuid4(), "name": "", "email": "ria@example"})
    assert answer.status_code == 422
    assert "Fill in a name" in answer.content.decode()
    assert "ria@example" in answer.content.decode()


def test_who_is_signed_in_presses_a_button(schouw: Any, resident_client: Client) -> None:
    page = f"/polderwijk/schouw/{schouw.pk}/meelopen/"
    assert 'name="name"' not in resident_client.get(page).content.decode()
    assert "/lopen/" in resident_client.post(page).url


def test_a_walk_that_is_over_lets_nobody_in_and_says_so(schouw: Any) -> None:
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    page = f"/polderwijk/schouw/{schouw.pk}/meelopen/"
    for answer in (Client().get(page), Client().post(page, {"key": uuid.uuid4(), "name": "Ria"})):
        assert "This walk is over" in answer.content.decode()


def test_others_are_let_in_by_a_code_on_the_screen(schouw: Any) -> None:
    page = f"/polderwijk/schouw/{schouw.pk}/meelopen/"
    assert f"http://testserver{page}" in Client().get(f"{page}delen/").content.decode()
    assert Client().get(f"{page}qr.svg").headers["Content-Type"] == "image/svg+xml"
