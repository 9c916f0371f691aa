"""Sending a report to another system: what arrives there, and what happens when it goes wrong."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain import answering, following, todo
from buurtschouw.domain.forwarding import calling, ordering, sending
from buurtschouw.domain.forwarding.ordering import Along, ForwardRefused
from buurtschouw.domain.history import history
from buurtschouw.enums import ForwardState, ReportStatus
from buurtschouw.method import FORWARD_JITTER, FORWARD_LOST_AFTER, FORWARD_PAUSES
from buurtschouw.models import Forward, Report
from buurtschouw.tasks import send_forwards
from tests.factories.core import AttachmentFactory, UserFactory
from tests.standins.open311 import KEY, Open311
from tests.standins.serving import Answer
from tests.standins.signalen import SIGNALS, Signalen
from trajecten.models import Notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

Forwarded = Callable[..., Forward]


def now(row: Any) -> Any:
    row.refresh_from_db()
    return row


def told(key: str) -> list[Notification]:
    return list(Notification.objects.filter(key=f"buurtschouw.{key}"))


def titles(report: Report, **how: bool) -> list[str]:
    return [event.title for event in history(report, **how)]


# -- What is ordered ------------------------------------------------------------------------------------------


def test_is_owed_with_the_answer_and_sent_after_it(
    forwarded: Forwarded,
    duinstad: Any,
    report: Any,
    broker: list[str],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        forward = forwarded(duinstad)
        assert ordering.SEND_TASK not in broker
    assert ordering.SEND_TASK in broker
    assert (forward.state, forward.label) == (ForwardState.WAITING, "Afval › Grofvuil")
    assert (now(report).status, report.handed_to, report.round) == ("forwarded", "Gemeente Duinstad", 0)
    assert report.closed_at is not None


def test_the_reporter_hears_to_whom_and_is_not_asked_yet(
    forwarded: Forwarded, duinstad: Any, report: Any
) -> None:
    forwarded(duinstad)
    assert [row.about.forwarded_to for row in told("report_answered")] == ["Gemeente Duinstad"]
    assert not told("report_closed")
    with pytest.raises(following.VerdictRefused, match="Duinstad"):
        following.judge(report=report, value="yes")


def test_forwarding_without_a_system_asks_at_once_as_before(report: Any, handler: Any) -> None:
    answering.answer(
        report=report, by=handler, version=1, status="forwarded", message="Zo.", forwarded_to="Woonstichting"
    )
    assert (now(report).round, report.handed_to) == (1, "")
    assert told("report_closed")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_active": False}, "not in use"),
        ({"themes": []}, "no category"),
    ],
)
def test_these_are_refused_before_anything_is_written(
    change: dict[str, Any], words: str, forwarded: Forwarded, duinstad: Any, report: Any
) -> None:
    if "themes" in change:
        duinstad.themes.all().delete()
    else:
        type(duinstad).objects.filter(pk=duinstad.pk).update(**change)
    with pytest.raises(ForwardRefused, match=words):
        forwarded(duinstad)
    assert now(report).status == ReportStatus.NEW
    assert not Forward.objects.exists()


def test_a_report_without_a_pin_goes_to_open311_only(
    forwarded: Forwarded, duinstad: Any, province: Any, open311_server: Open311, report: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(point=None, address="bij de speeltuin")
    with pytest.raises(ForwardRefused, match="pin"):
        forwarded(duinstad)
    forwarded(province)
    send_forwards()
    sent = open311_server.posts("/open311/v2/requests.json")[0].form
    assert sent["address_string"] == "bij de speeltuin"
    assert "lat" not in sent


def test_an_address_goes_along_only_when_its_owner_agreed(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    with pytest.raises(ForwardRefused, match="agreed"):
        forwarded(duinstad, Along(contact=True))
    forwarded(duinstad, Along(contact=True, agreed="Aan de telefoon, 3 juni"))
    send_forwards()
    (made,) = signalen_server.signals.values()
    assert made["sent"]["reporter"] == {"email": report.author.email, "sharing_allowed": False}


def test_an_address_of_who_wants_no_mail_any_more_stays_here(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    forwarded(duinstad, Along(contact=True, agreed="Aan de telefoon"))
    type(report.author).objects.filter(pk=report.author_id).update(contact_withdrawn_at=timezone.now())
    send_forwards()
    (made,) = signalen_server.signals.values()
    assert made["sent"]["reporter"] == {"sharing_allowed": False}


def test_of_two_handlers_at_once_one_forwards(
    transactional_db: None, report: Any, handler: Any, duinstad: Any, municipality: Any
) -> None:
    start = Barrier(2)
    people = [handler, UserFactory()]

    def click(by: Any) -> str:
        try:
            with scope(municipality=municipality):
                start.wait()
                ordering.forward(
                    report=Report.objects.get(pk=report.pk),
                    by=by,
                    version=1,
                    destination=duinstad,
                    message="Door.",
                    along=Along(),
                )
        except answering.ReportChanged:
            return "changed"
        finally:
            connection.close()
        return "forwarded"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, people)) == ["changed", "forwarded"]
    assert Forward.objects.count() == 1


# -- It arrives -----------------------------------------------------------------------------------------------


def test_signalen_gets_words_place_and_category_and_nothing_of_the_reporter(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    forward = forwarded(duinstad)
    send_forwards()
    (made,) = signalen_server.signals.values()
    assert made["sent"] == {
        "text": report.text,
        "text_extra": f"This is report {report.pk} of the municipality of Polderwijk.",
        "category": {"sub_category": signalen_server.code()},
        "location": {"geometrie": {"type": "Point", "coordinates": [4.915, 52.51]}},
        "reporter": {"sharing_allowed": False},
        "incident_date_start": report.created_at.isoformat(timespec="seconds"),
    }
    assert (now(forward).state, forward.reference) == (ForwardState.ACCEPTED, "SIG-1000")
    assert forward.handle in signalen_server.signals
    assert titles(report, own=True)[-2:] == [
        "Forwarded to Gemeente Duinstad",
        "Received by Gemeente Duinstad, number SIG-1000",
    ]


def test_long_words_are_continued_where_there_is_room(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(text="a" * 3000 + "b" * 900)
    forwarded(duinstad)
    send_forwards()
    (made,) = signalen_server.signals.values()
    assert made["sent"]["text"] == "a" * 3000
    assert made["sent"]["text_extra"].startswith("b" * 900)


def test_photos_follow_one_by_one(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    for _photo in range(2):
        AttachmentFactory(target=report)
    forward = forwarded(duinstad, Along(photos=True))
    send_forwards()
    (made,) = signalen_server.signals.values()
    assert [type_ for _name, type_, _content in made["photos"]] == ["image/jpeg"] * 2
    assert (now(forward).photos_sent, forward.next_try_at) == (2, None)


def test_no_photo_goes_along_unless_chosen(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    AttachmentFactory(target=report)
    forwarded(duinstad)
    send_forwards()
    assert [made["photos"] for made in signalen_server.signals.values()] == [[]]


def test_a_photo_that_fails_is_sent_again_and_the_report_is_not(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    for _photo in range(2):
        AttachmentFactory(target=report)
    forward = forwarded(duinstad, Along(photos=True))
    real = signalen_server.handle
    failing = {"left": 1}

    def handle(request: Any) -> Any:
        if request.path.endswith("/attachments") and failing["left"]:
            failing["left"] -= 1
            return Answer(503)
        return real(request)

    signalen_server.handle = handle  # type: ignore[method-assign]
    send_forwards()
    assert (now(forward).state, forward.photos_sent) == (ForwardState.ACCEPTED, 0)
    assert "photos are not there yet" in forward.last_error
    with time_machine.travel(forward.next_try_at + timedelta(seconds=1), tick=False):
        send_forwards()
    assert (now(forward).photos_sent, forward.last_error, forward.next_try_at) == (2, "", None)
    assert len(signalen_server.posts(SIGNALS)) == len(signalen_server.signals) == 1


def test_photos_that_are_not_taken_leave_the_report_there(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    AttachmentFactory(target=report)
    signalen_server.takes_photos = False
    forward = forwarded(duinstad, Along(photos=True))
    send_forwards()
    assert (now(forward).state, forward.next_try_at) == (ForwardState.ACCEPTED, None)
    assert "A photo was not taken there" in forward.last_error
    assert "Public uploads not allowed" in forward.last_error


@pytest.mark.parametrize("form", ["json", "xml"])
def test_open311_gets_the_same_in_either_form(
    form: str, forwarded: Forwarded, province: Any, open311_server: Open311, report: Any
) -> None:
    open311_server.speaks = {form}
    type(province).objects.filter(pk=province.pk).update(uses_xml=form == "xml")
    forward = forwarded(province)
    send_forwards()
    (sent,) = open311_server.posts(f"/open311/v2/requests.{form}")
    assert sent.form == {
        "jurisdiction_id": "provincie.example.org",
        "api_key": KEY,
        "service_code": "017",
        "lat": "52.510000",
        "long": "4.915000",
        "description": f"{report.text}\n\nThis is report {report.pk} of the municipality of Polderwijk.",
    }
    assert (now(forward).state, forward.reference) == (ForwardState.ACCEPTED, "R-1")


def test_open311_gets_addresses_of_photos_that_open_them(
    forwarded: Forwarded, province: Any, open311_server: Open311, report: Any, client: Any, settings: Any
) -> None:
    photos = [AttachmentFactory(target=report) for _photo in range(2)]
    forward = forwarded(province, Along(photos=True))
    send_forwards()
    sent = open311_server.posts("/open311/v2/requests.json")[0].form
    assert sent["media_url"].endswith(f"/polderwijk/doorgestuurd/{forward.token}/fotos/{photos[0].uuid}")
    assert str(photos[1].uuid) in sent["description"]
    path = sent["media_url"].removeprefix(settings.BASE_URL)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    Forward.objects.update(state=ForwardState.WITHDRAWN)
    assert client.get(path).status_code == 404


def test_a_token_becomes_a_number(
    forwarded: Forwarded, province: Any, open311_server: Open311, no_pause: list[float]
) -> None:
    open311_server.gives_tokens = True
    forward = forwarded(province)
    send_forwards()
    assert (now(forward).reference, forward.their_token) == ("R-1", "")
    assert no_pause == [2.0, 2.0]


def test_a_number_that_is_long_in_coming_is_waited_for(
    forwarded: Forwarded, province: Any, open311_server: Open311, no_pause: list[float]
) -> None:
    open311_server.gives_tokens, open311_server.token_turns = True, 99
    forward = forwarded(province)
    send_forwards()
    assert (now(forward).state, forward.reference, forward.their_token) == ("accepted", "", "t/R-1")
    assert no_pause == [2.0] * 4


# -- It goes wrong --------------------------------------------------------------------------------------------


def test_is_tried_again_after_growing_pauses_and_then_comes_back(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any, handler: Any
) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.extend([Answer(500)] * 20)
    for pause in FORWARD_PAUSES:
        at = now(forward).next_try_at
        with time_machine.travel(at, tick=False):
            assert sending.send(number=forward.pk) == ForwardState.WAITING
        waited = (now(forward).next_try_at - at).total_seconds() / 60
        assert pause * (1 - FORWARD_JITTER) <= waited <= pause * (1 + FORWARD_JITTER)
        assert now(report).handed_to == "Gemeente Duinstad"
        assert not told("forward_failed")
    with time_machine.travel(now(forward).next_try_at, tick=False):
        assert sending.send(number=forward.pk) == ForwardState.FAILED
        for _sweep in range(3):
            send_forwards()
    assert len(signalen_server.posts(SIGNALS)) == len(FORWARD_PAUSES) + 1
    assert (now(report).status, report.handed_to, report.returned_from) == (
        "acknowledged",
        "",
        "Gemeente Duinstad",
    )
    assert [row.user for row in told("forward_failed")] == [handler]
    assert todo.todo(report).act == "Send it again, or answer"
    assert "It could not be forwarded to Gemeente Duinstad. The municipality looks at it again" in titles(
        report
    )


def test_two_do_not_come_back_at_the_same_second() -> None:
    pauses = {sending.pause_after(3) for _forward in range(20)}
    assert len(pauses) > 10


def test_waits_as_long_as_they_ask(forwarded: Forwarded, duinstad: Any, signalen_server: Signalen) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.append(Answer(429, headers={"Retry-After": "3600"}))
    before = timezone.now()
    send_forwards()
    assert timedelta(minutes=59) < now(forward).next_try_at - before < timedelta(minutes=61)


def test_does_not_wait_for_days(forwarded: Forwarded, duinstad: Any, signalen_server: Signalen) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.append(Answer(503, headers={"Retry-After": "200000"}))
    send_forwards()
    assert now(forward).state == ForwardState.FAILED
    assert "longer than a day" in forward.last_error


@pytest.mark.parametrize("asked", ["", "soon", "Wed, 99 Foo 2026", "-5", "1" * 12])
def test_a_strange_wish_to_wait_is_not_heard(asked: str) -> None:
    with pytest.raises(calling.Unreached) as caught:
        calling.Reply(503, {"retry-after": asked}, b"").checked()
    assert caught.value.wait is None


def test_what_they_refuse_comes_back_at_once_in_their_words(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any, handler: Any
) -> None:
    duinstad.themes.update(code=signalen_server.code("afval", "bestaat-niet"))
    forward = forwarded(duinstad)
    send_forwards()
    assert (now(forward).state, now(report).status) == (ForwardState.REFUSED, "acknowledged")
    assert "sub_category: Ongeldige hyperlink - Object bestaat niet." in forward.last_error
    assert [row.user for row in told("forward_failed")] == [handler]


def test_a_wrong_key_comes_back_at_once(
    forwarded: Forwarded, province: Any, open311_server: Open311, report: Any
) -> None:
    type(province).objects.filter(pk=province.pk).update(sealed_key="")
    forward = forwarded(province)
    send_forwards()
    assert now(forward).state == ForwardState.REFUSED
    assert "do not accept our key" in forward.last_error
    assert "Invalid api_key received" in forward.last_error


def test_who_looks_after_the_report_hears_it_and_the_team_does_not(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any, coordinator: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(assigned_to=coordinator)
    forwarded(duinstad)
    signalen_server.faults.append(Answer(400))
    send_forwards()
    assert [row.user for row in told("forward_failed")] == [coordinator]


def test_a_report_of_a_theme_without_a_team_is_told_to_the_coordinators(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, category: Any, coordinator: Any
) -> None:
    category.team = None
    category.save()
    forwarded(duinstad)
    signalen_server.faults.append(Answer(400))
    send_forwards()
    assert [row.user for row in told("forward_failed")] == [coordinator]


def test_a_server_that_is_away_is_tried_again(forwarded: Forwarded, duinstad: Any) -> None:
    type(duinstad).objects.filter(pk=duinstad.pk).update(url="http://127.0.0.1:9")
    forward = forwarded(duinstad)
    send_forwards()
    assert (now(forward).state, forward.unsure) == (ForwardState.WAITING, False)
    assert forward.last_error == "No connection could be made with their server."


def test_a_system_that_fails_does_not_keep_others_waiting(
    forwarded: Forwarded, duinstad: Any, province: Any, signalen_server: Signalen, schouw: Any, category: Any
) -> None:
    from tests.factories.buurtschouw import ReportFactory

    signalen_server.faults.extend([Answer(503)] * 9)
    for _report in range(6):
        forwarded(duinstad, of=ReportFactory(schouw=schouw, category=category))
    other = forwarded(province, of=ReportFactory(schouw=schouw, category=category))
    send_forwards()
    assert len(signalen_server.posts(SIGNALS)) == sending.MOST_FAILURES
    assert now(other).state == ForwardState.ACCEPTED


def test_what_waits_for_a_system_that_was_put_out_of_use_comes_back(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    forward = forwarded(duinstad)
    type(duinstad).objects.filter(pk=duinstad.pk).update(is_active=False)
    send_forwards()
    assert now(forward).state == ForwardState.REFUSED
    assert now(report).is_open
    assert not signalen_server.asked


# -- The answer is lost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "xml"])
def test_open311_is_asked_whether_it_has_it_before_it_is_sent_again(
    form: str, forwarded: Forwarded, province: Any, open311_server: Open311
) -> None:
    type(province).objects.filter(pk=province.pk).update(uses_xml=form == "xml")
    forward = forwarded(province)
    open311_server.faults.append("lost")
    send_forwards()
    assert (now(forward).state, forward.unsure) == (ForwardState.WAITING, True)
    with time_machine.travel(forward.next_try_at, tick=False):
        send_forwards()
    assert (now(forward).state, forward.reference, forward.unsure) == (ForwardState.ACCEPTED, "R-1", False)
    assert len(open311_server.requests) == 1


def test_what_open311_does_not_have_is_sent_again(
    forwarded: Forwarded, province: Any, open311_server: Open311
) -> None:
    forward = forwarded(province)
    open311_server.faults.append("deaf")
    send_forwards()
    assert not open311_server.requests
    with time_machine.travel(now(forward).next_try_at, tick=False):
        send_forwards()
    assert now(forward).state == ForwardState.ACCEPTED
    assert len(open311_server.requests) == 1


def test_signalen_never_gets_it_twice_by_itself(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any
) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.append("lost")
    send_forwards()
    assert (now(forward).state, forward.unsure) == (ForwardState.FAILED, True)
    assert "It may have arrived all the same" in forward.last_error
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        send_forwards()
    assert len(signalen_server.signals) == 1
    assert now(report).returned_from == "Gemeente Duinstad"


def test_an_official_who_looked_there_sends_it_again(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any, handler: Any
) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.append("deaf")
    send_forwards()
    ordering.send_again(forward=forward, by=handler)
    assert (now(report).status, report.handed_to, report.returned_at) == (
        "forwarded",
        "Gemeente Duinstad",
        None,
    )
    send_forwards()
    assert (now(forward).state, forward.turn) == (ForwardState.ACCEPTED, 2)
    assert len(signalen_server.signals) == 1


def test_a_second_failure_is_told_again(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, handler: Any
) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.extend([Answer(400), Answer(400)])
    send_forwards()
    ordering.send_again(forward=now(forward), by=handler)
    send_forwards()
    assert len(told("forward_failed")) == 2


def test_a_worker_that_is_killed_between_sending_and_writing_it_down_makes_no_second_one(
    forwarded: Forwarded, province: Any, open311_server: Open311, monkeypatch: Any
) -> None:
    forward = forwarded(province)

    class Killed(BaseException):
        pass

    def die(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(sending, "note_arrival", die)
        with pytest.raises(Killed):
            sending.send(number=forward.pk)
    assert now(forward).state == ForwardState.SENDING
    send_forwards()
    assert now(forward).attempts == 1  # as long as it may be alive it is left alone
    with time_machine.travel(timezone.now() + timedelta(minutes=FORWARD_LOST_AFTER, seconds=1), tick=False):
        send_forwards()
    assert (now(forward).state, forward.reference) == (ForwardState.ACCEPTED, "R-1")
    assert len(open311_server.requests) == 1


def test_two_workers_send_it_once(
    transactional_db: None,
    forwarded: Forwarded,
    duinstad: Any,
    signalen_server: Signalen,
) -> None:
    forward = forwarded(duinstad)
    signalen_server.delay = 0.3
    start = Barrier(4)

    def work(_worker: int) -> str:
        start.wait()
        try:
            return sending.send(number=forward.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == ["", "", "", "accepted"]
    assert len(signalen_server.signals) == 1


# -- It is taken back -----------------------------------------------------------------------------------------


def test_answering_takes_it_back(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any, handler: Any
) -> None:
    forward = forwarded(duinstad)
    answering.answer(
        report=report, by=handler, version=now(report).version, status="acknowledged", message="Toch zelf."
    )
    send_forwards()
    assert (now(forward).state, now(report).handed_to) == (ForwardState.WITHDRAWN, "")
    assert not signalen_server.asked


def test_what_arrives_while_it_is_taken_back_keeps_its_number(
    forwarded: Forwarded, duinstad: Any, report: Any, handler: Any, monkeypatch: Any
) -> None:
    forward = forwarded(duinstad)
    real = sending._sent

    def meanwhile(*args: Any) -> Any:
        receipt = real(*args)
        answering.answer(
            report=report,
            by=handler,
            version=now(report).version,
            status="acknowledged",
            message="Toch zelf.",
        )
        return receipt

    monkeypatch.setattr(sending, "_sent", meanwhile)
    send_forwards()
    assert (now(forward).state, forward.reference) == (ForwardState.WITHDRAWN, "SIG-1000")
    assert now(report).is_open


def test_send_again_is_refused_once_it_was_answered(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, report: Any, handler: Any
) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.append(Answer(400))
    send_forwards()
    answering.answer(report=report, by=handler, version=now(report).version, status="done", message="Gedaan.")
    with pytest.raises(ForwardRefused, match="answered since"):
        ordering.send_again(forward=forward, by=handler)


def test_send_again_twice_is_once_and_not_for_what_is_there(
    forwarded: Forwarded, duinstad: Any, signalen_server: Signalen, handler: Any
) -> None:
    forward = forwarded(duinstad)
    signalen_server.faults.append(Answer(400))
    send_forwards()
    ordering.send_again(forward=now(forward), by=handler)
    ordering.send_again(forward=now(forward), by=handler)
    assert now(forward).turn == 2
    send_forwards()
    with pytest.raises(ForwardRefused, match="sent already"):
        ordering.send_again(forward=now(forward), by=handler)


def test_another_may_be_chosen_after_a_failure(
    forwarded: Forwarded, duinstad: Any, province: Any, signalen_server: Signalen, handler: Any
) -> None:
    first = forwarded(duinstad)
    signalen_server.faults.append(Answer(400))
    send_forwards()
    second = forwarded(province)
    with pytest.raises(ForwardRefused):
        ordering.send_again(forward=now(first), by=handler)
    send_forwards()
    assert now(second).state == ForwardState.ACCEPTED
