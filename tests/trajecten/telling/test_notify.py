"""The outbox: owed once, delivered once, found again after whatever went wrong."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError
from structlog.contextvars import bound_contextvars, get_contextvars

from tests.factories.core import ParticipantFactory
from trajecten import registry
from trajecten.domain.telling import composing, delivering, notify, waking
from trajecten.enums import NotificationState
from trajecten.models import Municipality, Notification, Participant
from trajecten.registry import telling

pytestmark = pytest.mark.django_db

KEY = "buurtschouw.report_received"


@pytest.fixture(autouse=True)
def nobody_was_woken() -> None:
    cache.delete(waking.AWAKE_KEY)


@pytest.fixture
def asked() -> Any:
    """What was asked of the broker."""
    with mock.patch.object(waking.current_app, "send_task") as send_task:
        yield send_task


@pytest.fixture
def owe(report: Any, municipality: Any) -> Any:
    def owe(delivery_key: str = "one", **changed: Any) -> None:
        values = {"key": KEY, "to": report.author, "municipality": municipality, "about": report}
        notify.owe(**{**values, "delivery_key": delivery_key, **changed})

    return owe


def state(delivery_key: str = "one") -> str:
    return Notification.objects.get(delivery_key=delivery_key).state


# -- Owing ----------------------------------------------------------------------------------------------------


def test_the_same_delivery_key_is_owed_once(owe: Any) -> None:
    owe()
    owe()
    assert Notification.objects.count() == 1


def test_an_unknown_message_is_refused(owe: Any) -> None:
    with pytest.raises(KeyError):
        owe(key="buurtschouw.no_such_message")


def test_what_is_rolled_back_is_not_owed(
    owe: Any, asked: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        owe()
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    asked.assert_not_called()


def test_the_row_keeps_the_request_that_owed_it(owe: Any) -> None:
    with bound_contextvars(request_id="een-verzoek"):
        owe()
    assert Notification.objects.get().request_id == "een-verzoek"


# -- Waking ---------------------------------------------------------------------------------------------------


def test_a_burst_wakes_the_worker_once(owe: Any, asked: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            owe(f"number-{number}")
    asked.assert_called_once_with(waking.DELIVER_TASK)


def test_a_row_that_comes_while_the_worker_works_wakes_it_again(owe: Any, asked: Any) -> None:
    waking.wake()
    delivering.deliver_due()
    waking.wake()
    assert asked.call_count == 2


@pytest.mark.parametrize("fault", [OperationalError, OSError, RedisConnectionError, ReadOnlyError])
def test_a_broker_that_is_away_refuses_nothing_and_is_asked_again(asked: Any, fault: type[Exception]) -> None:
    asked.side_effect = fault()
    waking.wake()
    asked.side_effect = None
    waking.wake()
    assert asked.call_count == 2


def test_an_unknown_fault_of_the_broker_does_not_reach_a_request_that_is_committed(
    owe: Any, asked: Any, django_capture_on_commit_callbacks: Any
) -> None:
    asked.side_effect = RuntimeError()
    with django_capture_on_commit_callbacks() as callbacks:
        owe()
    assert len(callbacks) == 1
    assert [is_robust for _, _, is_robust in connection.run_on_commit] == [True]


# -- Delivering -----------------------------------------------------------------------------------------------


def test_what_is_due_is_sent_once(owe: Any, report: Any) -> None:
    owe()
    assert delivering.deliver_due() == 1
    assert delivering.deliver_due() == 0
    assert delivering.deliver(delivery_key="one") == "busy"
    assert [message.to for message in mail.outbox] == [[report.author.email]]
    assert state() == NotificationState.SENT


def test_the_longest_waiting_goes_first(owe: Any) -> None:
    for minutes in (1, 3, 2):
        with time_machine.travel(timezone.now() - timedelta(minutes=minutes), tick=False):
            owe(f"{minutes} minutes")
    with mock.patch.object(delivering, "deliver") as deliver:
        delivering.deliver_due()
    order = [call.kwargs["delivery_key"] for call in deliver.call_args_list]
    assert order == ["3 minutes", "2 minutes", "1 minutes"]


def test_a_full_batch_wakes_the_worker_for_the_rest(owe: Any, asked: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(delivering, "BATCH", 2)
    for number in range(3):
        owe(f"number-{number}")
    assert delivering.deliver_due() == 2
    asked.assert_called_once_with(waking.DELIVER_TASK)
    assert delivering.deliver_due() == 1


def test_log_lines_of_a_delivery_have_the_request_that_owed_it(owe: Any) -> None:
    with bound_contextvars(request_id="een-verzoek"):
        owe()
    seen = []

    def note(**_: Any) -> None:
        seen.append(get_contextvars()["request_id"])

    with mock.patch.object(delivering, "deliver", side_effect=note):
        delivering.deliver_due()
    assert seen == ["een-verzoek"]


def test_a_mail_server_that_is_away_is_tried_again_later_and_later(owe: Any) -> None:
    owe()
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=SMTPServerDisconnected()):
        delivering.deliver_due()
    row = Notification.objects.get()
    assert (row.state, row.attempts, row.error) == (NotificationState.QUEUED, 1, "SMTPServerDisconnected")
    assert row.due_at > timezone.now()
    assert delivering.deliver_due() == 0
    with time_machine.travel(row.due_at + timedelta(seconds=1), tick=False):
        assert delivering.deliver_due() == 1
    assert state() == NotificationState.SENT


def test_after_the_last_attempt_it_has_failed(owe: Any) -> None:
    owe()
    Notification.objects.update(attempts=delivering.MAX_ATTEMPTS - 1)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError()):
        delivering.deliver_due()
    assert state() == NotificationState.FAILED


@pytest.mark.parametrize(
    ("code", "wanted"), [(550, NotificationState.FAILED), (450, NotificationState.QUEUED)]
)
def test_a_refused_address_fails_at_once_unless_the_refusal_is_temporary(
    owe: Any, report: Any, code: int, wanted: str
) -> None:
    owe()
    refusal = SMTPRecipientsRefused({report.author.email: (code, b"no")})
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=refusal):
        delivering.deliver_due()
    assert state() == wanted


def test_who_has_no_address_any_more_gets_nothing(owe: Any, report: Any) -> None:
    owe()
    Participant.objects.filter(pk=report.author_id).update(email=None)
    delivering.deliver_due()
    assert (state(), mail.outbox) == (NotificationState.DROPPED, [])


def test_the_same_key_gives_the_same_message_id_and_no_key_is_in_it(owe: Any) -> None:
    assert composing.message_id("one") == composing.message_id("one") != composing.message_id("two")
    assert "one" not in composing.message_id("one").partition("@")[0]


def test_no_address_is_in_the_error_or_the_log(owe: Any, report: Any, caplog: Any) -> None:
    owe()
    refusal = SMTPRecipientsRefused({report.author.email: (550, b"no")})
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=refusal):
        delivering.deliver_due()
    assert report.author.email not in Notification.objects.get().error
    assert report.author.email not in caplog.text


# -- What goes wrong with one row holds up no other -------------------------------------------------------------

UNSENDABLE = f"a@{60 * 'é'}.nl"


def outcomes() -> dict[str, tuple[str, int, str]]:
    rows = Notification.objects.order_by("pk").values_list("delivery_key", "state", "attempts", "error")
    return {key: (state, attempts, error) for key, state, attempts, error in rows}


def test_an_address_that_no_mail_can_be_sent_to_fails_and_the_next_is_sent(owe: Any) -> None:
    owe("bad", to=ParticipantFactory(email=UNSENDABLE))
    owe("good")
    assert delivering.deliver_due() == 2
    assert outcomes() == {
        "bad": (NotificationState.FAILED, 1, "UnicodeError"),
        "good": (NotificationState.SENT, 1, ""),
    }


def test_a_fault_in_making_a_mail_is_tried_again_later(owe: Any) -> None:
    owe("bad")
    owe("good")
    Notification.objects.filter(delivery_key="bad").update(key="buurtschouw.no_such_message")
    delivering.deliver_due()
    assert outcomes() == {
        "bad": (NotificationState.QUEUED, 1, "KeyError"),
        "good": (NotificationState.SENT, 1, ""),
    }


def test_a_fault_of_the_database_in_making_a_mail_is_written_down(owe: Any, monkeypatch: Any) -> None:
    def broken(_row: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    owe()
    message = registry.message(KEY)
    monkeypatch.setitem(telling._messages, KEY, type(message)(**{**vars(message), "context": broken}))
    delivering.deliver_due()
    assert outcomes() == {"one": (NotificationState.QUEUED, 1, "DataError")}


def test_a_contact_address_that_is_none_loses_no_mail(owe: Any, municipality: Any) -> None:
    """An administrator can still put it right."""
    Municipality.objects.update(contact_email=UNSENDABLE)
    owe()
    delivering.deliver_due()
    assert outcomes() == {"one": (NotificationState.QUEUED, 1, "UnicodeError")}


def test_a_row_that_can_t_be_written_down_is_left_for_the_next_sweep(owe: Any) -> None:
    owe("bad")
    owe("good")
    deliver = delivering.deliver

    def fails_once(*, delivery_key: str, batch: Any) -> str:
        if delivery_key == "bad":
            raise RuntimeError
        return deliver(delivery_key=delivery_key, batch=batch)

    with mock.patch.object(delivering, "deliver", side_effect=fails_once):
        assert delivering.deliver_due() == 2
    assert outcomes() == {"bad": (NotificationState.QUEUED, 0, ""), "good": (NotificationState.SENT, 1, "")}


# -- Who it is from -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "Gemeente Polderwijk"), ("en", "Municipality of Polderwijk")]
)
def test_a_mail_is_from_the_municipality_at_the_portal_s_address(
    owe: Any, report: Any, settings: Any, language: str, name: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Portaal <portaal@example.org>"
    owe(to=ParticipantFactory(language=language))
    delivering.deliver_due()
    (message,) = mail.outbox
    assert message.from_email == f"{name} <portaal@example.org>"
    assert message.reply_to == ["gemeente@example.org"]


def test_the_boundary_of_the_municipality_is_not_read(owe: Any) -> None:
    owe()
    with CaptureQueriesContext(connection) as asked:
        delivering.deliver_due()
    assert [query for query in asked.captured_queries if '"boundary"' in query["sql"]] == []
