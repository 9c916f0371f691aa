"""The promises for officials: the list, making one, how it stands, changing it, and what it answers."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import (
    CommitmentFactory,
    CommitmentOriginFactory,
    ParticipantFactory,
    TeamFactory,
    VerdictFactory,
)
from trajecten.domain import contributions
from trajecten.domain.promises import making, moving, turns
from trajecten.models import Attachment, Commitment

URL = "/polderwijk/werk/toezeggingen/"
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def promise(report: Any, handler: Any) -> Commitment:
    return making.promise_for(
        trajectory=report.trajectory,
        origins=[report],
        text="Wij leggen een zebrapad aan.",
        deadline=LATER,
        owner=handler,
        by=handler,
    )


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    file.seek(0)
    file.name = "foto.jpg"
    return file


def progress(promise: Commitment, **given: Any) -> dict[str, Any]:
    key = "0b2ac9d0-3c3e-4d0e-9a5f-0a1a4c1d7c11"
    return {"version": promise.version, "key": key, "status": "", "words": "", **given}


# -- The list -------------------------------------------------------------------------------------------------


def test_by_date_with_filters(
    handler_client: Any, promise: Commitment, handler: Any, coordinator: Any
) -> None:
    late = CommitmentFactory(
        trajectory=promise.trajectory, owner=coordinator, deadline=TODAY - timedelta(days=2)
    )
    soon = CommitmentFactory(
        trajectory=promise.trajectory, owner=coordinator, deadline=TODAY, team=TeamFactory(), text="De brug"
    )
    done = CommitmentFactory(trajectory=promise.trajectory, owner=coordinator, status="done", deadline=TODAY)

    def shown(query: str = "") -> list[int]:
        return [row.promise.pk for row in handler_client.get(f"{URL}?{query}").context["rows"]]

    assert shown() == [late.pk, soon.pk, promise.pk]
    assert shown("status=all") == [late.pk, soon.pk, done.pk, promise.pk]
    assert shown("due=overdue") == [late.pk]
    assert shown("due=week") == [soon.pk]
    assert shown("due=later") == shown(f"owner={handler.pk}") == [promise.pk]
    assert shown(f"team={soon.team_id}") == shown("words=brug") == [soon.pk]
    assert shown(f"words=%23{done.pk}&status=all") == shown("status=done") == [done.pk]


def test_one_row_and_thirty_take_the_same_number_of_statements(
    handler_client: Any, promise: Commitment, handler: Any, areas: Any
) -> None:
    def statements() -> int:
        handler_client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            handler_client.get(URL)
        return len(captured)

    one = statements()
    for _ in range(29):
        CommitmentFactory(
            trajectory=promise.trajectory, owner=None, owner_participant=ParticipantFactory(),
            area=areas[0], team=TeamFactory(),
        )  # fmt: skip
    assert statements() == one


def test_an_adviser_sees_the_promises_of_the_own_trajectory_only(
    sign_in: Any, adviser: Any, promise: Commitment
) -> None:
    browser = sign_in(adviser)
    assert browser.get(URL).status_code == 404
    assert browser.get(f"{URL}?trajectory={promise.trajectory_id}").status_code == 200
    page = browser.get(f"{URL}{promise.pk}/")
    assert page.status_code == 200
    assert not page.context["may_change"]


def test_the_figures_keep_the_rest_of_the_filter(handler_client: Any, promise: Commitment) -> None:
    late = CommitmentFactory(trajectory=promise.trajectory, deadline=TODAY - timedelta(days=2))
    CommitmentFactory(trajectory=SchouwFactory().trajectory, deadline=TODAY - timedelta(days=2))
    page = handler_client.get(f"{URL}?trajectory={promise.trajectory_id}&status=done&words=x")
    urls = [figure.url for figure in page.context["figures"]]
    kept = f"{URL}?trajectory={promise.trajectory_id}"
    assert urls == [
        kept,
        f"{URL}?due=overdue&trajectory={promise.trajectory_id}",
        f"{URL}?status=broken&trajectory={promise.trajectory_id}",
        "",
    ]
    assert page.context["figures"][1].value == 1
    assert [row.promise.pk for row in handler_client.get(urls[1]).context["rows"]] == [late.pk]


def test_every_link_and_choice_of_an_adviser_opens(sign_in: Any, adviser: Any, promise: Commitment) -> None:
    other = SchouwFactory().trajectory
    browser = sign_in(adviser)
    page = browser.get(f"{URL}?trajectory={promise.trajectory_id}&due=week")
    context = page.context
    links = [figure.url for figure in context["figures"] if figure.url]
    for link in (*links, context["clear_url"]):
        assert browser.get(link).status_code == 200, link
    choices = [str(value) for value, _label in context["form"].fields["trajectory"].choices]
    assert choices == [str(promise.trajectory_id)]
    assert other.title not in page.content.decode()


def test_only_what_residents_say_is_said(handler_client: Any, promise: Commitment, english: None) -> None:
    Commitment.objects.update(round=1, verdict_no=1)
    page = handler_client.get(URL).content.decode()
    assert ("1 no" in page, "0 yes" in page, "0 partly" in page) == (True, False, False)


def test_the_coordinator_gets_the_lines_for_another_website(
    coordinator_client: Any, handler_client: Any, promise: Commitment
) -> None:
    assert "beloofd-en-gedaan/kader/" in coordinator_client.get(URL).context["snippet"]
    assert handler_client.get(URL).context["snippet"] == ""


# -- A new one ------------------------------------------------------------------------------------------------


def new(handler: Any, **given: Any) -> dict[str, Any]:
    written = {"text": "Wij planten bomen.", "deadline": LATER.isoformat()}
    return {**written, "who": "official", "owner": handler.pk, **given}


def test_searching_finds_contributions_and_keeps_what_was_typed(
    handler_client: Any, handler: Any, report: Any
) -> None:
    lamp = ReportFactory(schouw=report.schouw, category=report.category, text="De lantaarn is kapot")
    key = contributions.search(str(report.pk), report.municipality)[0].key
    answer = handler_client.post(f"{URL}nieuw/", new(handler, words="lantaarn", search="1", origins=[key]))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f"{key.split('-')[0]}-{lamp.pk}" in page
    assert f'value="{key}"' in page
    assert "Wij planten bomen." in page
    assert not Commitment.objects.exists()


def test_searching_takes_any_form_of_a_word_and_whatever_is_typed(
    handler_client: Any, handler: Any, report: Any
) -> None:
    lamp = ReportFactory(schouw=report.schouw, category=report.category, text="Kapotte lantaarns hier")
    found = contributions.search("lantaarn kapot", report.municipality)
    assert [each.row for each in found] == [lamp]
    assert [each.row for each in contributions.search(f"#{lamp.pk}", report.municipality)] == [lamp]
    for words in ("\x00", "lan\x00taarn", "%_\\", "", "'"):
        assert handler_client.get(f"{URL}nieuw/", {"words": words}).status_code == 200
        answer = handler_client.post(f"{URL}nieuw/", new(handler, words=words, search="1"))
        assert answer.status_code == 200


def test_the_list_is_searched_by_any_form_of_a_word(handler_client: Any, promise: Commitment) -> None:
    def shown(words: str) -> list[int]:
        answer = handler_client.get(URL, {"words": words})
        return [row.promise.pk for row in answer.context["rows"]]

    assert shown("zebrapaden") == shown("zebrapad") == shown(f"#{promise.pk}") == [promise.pk]
    assert shown("!!") == shown("stoep") == []


def test_a_promise_is_made_in_answer_to_what_was_ticked(
    handler_client: Any, handler: Any, report: Any
) -> None:
    other = ReportFactory(schouw=report.schouw, category=report.category)
    keys = [contributions.search(str(row.pk), report.municipality)[0].key for row in (report, other)]
    answer = handler_client.post(f"{URL}nieuw/", new(handler, origins=keys))
    made = Commitment.objects.get()
    assert answer.headers["Location"] == f"{URL}{made.pk}/"
    assert (made.trajectory, made.origins.count()) == (report.trajectory, 2)


def test_a_resident_is_named_by_the_address_that_the_official_knows(
    handler_client: Any, handler: Any, schouw: Any
) -> None:
    known = ParticipantFactory(email="bewoner@example.org")
    given = new(handler, who="resident", owner_email="Bewoner@example.org", trajectory=schouw.trajectory_id)
    handler_client.post(f"{URL}nieuw/", given)
    made = Commitment.objects.get()
    assert (made.owner_participant, made.owner) == (known, None)


def test_what_stands_in_a_field_that_does_not_count_is_left_out(
    handler_client: Any, handler: Any, schouw: Any
) -> None:
    given = new(handler, owner_email="geen adres", owner_group="Groep", trajectory=schouw.trajectory_id)
    assert handler_client.post(f"{URL}nieuw/", given).status_code == 302
    made = Commitment.objects.get()
    assert (made.owner, made.owner_participant, made.owner_group) == (handler, None, "")


def test_what_is_wrong_is_summed_up_in_the_order_of_the_page(handler_client: Any, schouw: Any) -> None:
    answer = handler_client.post(f"{URL}nieuw/", {"who": "resident", "owner_email": "x"})
    assert answer.status_code == 422
    wrong = [field.name for field in answer.context["form"] if field.errors]
    assert wrong == ["trajectory", "text", "deadline", "owner_email"]
    page = answer.content.decode()
    summary = [page.index(f'href="#id_{name}"') for name in wrong]
    assert summary == sorted(summary)
    at = [page.index(f'id="id_{name}"') for name in wrong]
    assert at == sorted(at)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "ooit"}, "deadline"),
        ({"deadline": "9999-12-31"}, "deadline"),
        ({"owner": ""}, "owner"),
        ({"who": ""}, "who"),
        ({"who": "iemand"}, "who"),
        ({"who": "group"}, "owner_group"),
        ({"who": "resident"}, "owner_email"),
        ({"who": "resident", "owner_email": "niemand@example.org"}, "owner_email"),
        ({"trajectory": ""}, "trajectory"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    handler_client: Any, handler: Any, schouw: Any, changes: dict[str, str], field: str
) -> None:
    given = new(handler, trajectory=schouw.trajectory_id)
    answer = handler_client.post(f"{URL}nieuw/", {**given, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Commitment.objects.exists()


def test_what_is_of_another_municipality_is_no_origin(
    handler_client: Any, handler: Any, schouw: Any, other_municipality: Any
) -> None:
    elsewhere = ReportFactory(schouw=SchouwFactory(municipality=other_municipality))
    key = contributions.key_of(elsewhere)
    answer = handler_client.post(f"{URL}nieuw/", new(handler, trajectory=schouw.trajectory_id, origins=[key]))
    assert answer.status_code == 422


# -- How it stands --------------------------------------------------------------------------------------------


def test_words_and_photos_go_into_the_history(handler_client: Any, promise: Commitment) -> None:
    url = f"{URL}{promise.pk}/stand/"
    given = progress(promise, words="De verf is er.", photos=[picture()], evidence="https://example.org/verf")
    assert handler_client.post(url, given).status_code == 302
    turn = turns.of(promise).last()
    assert (turn.words, turn.evidence) == ("De verf is er.", "https://example.org/verf")
    photo = Attachment.objects.get()
    assert (photo.target, photo.is_public) == (turn, False)


def test_photos_are_public_when_the_official_says_so(handler_client: Any, promise: Commitment) -> None:
    given = progress(promise, words="Klaar.", photos=[picture()], photos_are_public="on", status="done")
    handler_client.post(f"{URL}{promise.pk}/stand/", given)
    assert Attachment.objects.get().is_public
    promise.refresh_from_db()
    assert (promise.status, promise.round) == ("done", 1)


def test_with_a_mistake_photos_and_words_are_kept(handler_client: Any, promise: Commitment) -> None:
    given = progress(promise, words="Jammer.", photos=[picture()], status="broken")
    answer = handler_client.post(f"{URL}{promise.pk}/stand/", given)
    assert answer.status_code == 422
    assert "reason" in answer.context["progress_form"].errors
    assert len(answer.context["kept_photos"]) == 1
    assert "Jammer." in answer.content.decode()


def test_a_file_that_is_no_photo_is_said(handler_client: Any, promise: Commitment) -> None:
    file = io.BytesIO(b"geen foto")
    file.name = "brief.jpg"
    answer = handler_client.post(f"{URL}{promise.pk}/stand/", progress(promise, words="x", photos=[file]))
    assert answer.status_code == 422
    assert "brief.jpg" in answer.content.decode()


def test_who_was_second_sees_what_happened_and_keeps_what_was_typed(
    handler_client: Any, promise: Commitment, coordinator: Any
) -> None:
    moving.move(commitment=promise, status="in_progress", by=coordinator, text="Ik ben begonnen.")
    answer = handler_client.post(
        f"{URL}{promise.pk}/stand/", progress(promise, words="Klaar.", status="done")
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ik ben begonnen." in page
    assert "Klaar." in page
    assert answer.context["progress_form"]["version"].value() == 2
    assert Commitment.objects.get().status == "in_progress"


@pytest.mark.parametrize("status", ["promised", "in_progress"])
def test_a_status_that_may_not_follow_is_refused(
    handler_client: Any, promise: Commitment, handler: Any, status: str
) -> None:
    done = moving.move(commitment=promise, status="done", by=handler)
    answer = handler_client.post(f"{URL}{promise.pk}/stand/", progress(done, words="x", status=status))
    assert answer.status_code == 422
    assert "status" in answer.context["progress_form"].errors


@pytest.mark.parametrize("key", ["", "geen-sleutel"])
def test_without_a_key_nothing_breaks(handler_client: Any, promise: Commitment, key: str) -> None:
    answer = handler_client.post(f"{URL}{promise.pk}/stand/", progress(promise, words="x", key=key))
    assert answer.status_code == 422


# -- Changing it ----------------------------------------------------------------------------------------------


def test_another_date_needs_a_reason(handler_client: Any, promise: Commitment, handler: Any) -> None:
    given = new(handler, text=promise.text, version=1, deadline=(LATER + timedelta(days=9)).isoformat())
    answer = handler_client.post(f"{URL}{promise.pk}/wijzigen/", given)
    assert answer.status_code == 422
    assert "reason" in answer.context["change_form"].errors
    assert (
        handler_client.post(f"{URL}{promise.pk}/wijzigen/", {**given, "reason": "Vorst."}).status_code == 302
    )
    promise.refresh_from_db()
    assert promise.deadline == LATER + timedelta(days=9)


def test_a_change_of_an_older_version_comes_back(
    handler_client: Any, promise: Commitment, handler: Any, coordinator: Any
) -> None:
    moving.update(commitment=promise, by=coordinator, words="Nieuws.")
    answer = handler_client.post(
        f"{URL}{promise.pk}/wijzigen/", new(handler, text="Anders", version=1, reason="x")
    )
    assert answer.status_code == 409
    assert "Nieuws." in answer.content.decode()
    assert Commitment.objects.get().text == "Wij leggen een zebrapad aan."


# -- What it answers, and what residents say ------------------------------------------------------------------


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_that_can_t_be_is_refused_with_why(
    handler_client: Any, promise: Commitment, handler: Any, day: date
) -> None:
    given = new(handler, deadline=day.isoformat(), trajectory=promise.trajectory_id, version=1, reason="Zo.")
    for where in ("nieuw/", f"{promise.pk}/wijzigen/"):
        answer = handler_client.post(f"{URL}{where}", given)
        assert answer.status_code == 422
        form = answer.context["form" if where == "nieuw/" else "change_form"]
        assert list(form.errors) == ["deadline"]
    assert Commitment.objects.get().deadline == LATER


def test_the_date_of_a_promise_that_is_late_may_stay(
    handler_client: Any, promise: Commitment, handler: Any
) -> None:
    past = TODAY - timedelta(days=3)
    Commitment.objects.update(deadline=past)
    given = new(handler, text="Anders.", version=1, reason="Duidelijker.", deadline=past.isoformat())
    assert handler_client.post(f"{URL}{promise.pk}/wijzigen/", given).status_code == 302
    promise.refresh_from_db()
    assert (promise.text, promise.deadline) == ("Anders.", past)


def test_the_same_change_sent_twice_is_one_change(
    handler_client: Any, coordinator_client: Any, promise: Commitment, handler: Any
) -> None:
    given = new(handler, text="Anders.", version=1, reason="Vorst.")
    for _ in range(2):
        assert handler_client.post(f"{URL}{promise.pk}/wijzigen/", given).status_code == 302
    assert turns.of(promise).count() == 2
    other = {**given, "text": "Weer anders."}
    assert handler_client.post(f"{URL}{promise.pk}/wijzigen/", other).status_code == 409
    assert coordinator_client.post(f"{URL}{promise.pk}/wijzigen/", given).status_code == 409


@pytest.mark.parametrize("told", [{"words": "De verf is besteld."}, {"status": "done", "words": "Klaar."}])
def test_the_same_news_sent_twice_is_told_once(
    handler_client: Any, coordinator_client: Any, promise: Commitment, told: Any
) -> None:
    given = progress(promise, **told)
    for _ in range(2):
        assert handler_client.post(f"{URL}{promise.pk}/stand/", given).status_code == 302
    assert turns.of(promise).count() == 2
    assert coordinator_client.post(f"{URL}{promise.pk}/stand/", given).status_code == 409
    other = {**given, "words": "Iets anders."}
    assert handler_client.post(f"{URL}{promise.pk}/stand/", other).status_code == 409


def test_another_owner_is_told_in_the_history(
    handler_client: Any, promise: Commitment, coordinator: Any, english: None
) -> None:
    given = new(coordinator, text=promise.text, version=1)
    assert handler_client.post(f"{URL}{promise.pk}/wijzigen/", given).status_code == 302
    page = Client().get(f"/polderwijk/beloofd-en-gedaan/{promise.pk}/").content.decode()
    assert "Somebody else looks after this now." in page
    assert coordinator.name not in page


def test_one_more_contribution_is_found_and_added(
    handler_client: Any, promise: Commitment, report: Any
) -> None:
    lamp = ReportFactory(schouw=report.schouw, category=report.category, text="De lantaarn is kapot")
    url = f"{URL}{promise.pk}/herkomst/"
    found = handler_client.post(url, {"words": "lantaarn"}).context["found"]
    assert [entry.row for entry in found] == [lamp]
    assert handler_client.post(url, {"origin": found[0].key}).status_code == 302
    assert promise.origins.count() == 2
    for words in ("", "xyzzy"):
        assert handler_client.post(url, {"words": words}).status_code == 422


def test_officials_read_the_words_without_the_names(handler_client: Any, promise: Commitment) -> None:
    who = ParticipantFactory(display_name="Sanne Bewoner")
    Commitment.objects.update(status="done", round=1, verdict_no=1)
    VerdictFactory(target=promise, participant=who, value="no", words="De verf is alweer weg.")
    page = handler_client.get(f"{URL}{promise.pk}/").content.decode()
    assert "De verf is alweer weg." in page
    assert "Sanne Bewoner" not in page


def test_a_promise_on_a_report_of_which_nobody_reads_the_words_shows_it_to_officials(
    handler_client: Any, promise: Commitment, report: Any
) -> None:
    CommitmentOriginFactory(
        commitment=promise, contribution=ReportFactory(schouw=report.schouw, text="Alleen intern")
    )
    assert "Alleen intern" in handler_client.get(f"{URL}{promise.pk}/").content.decode()
