"""Messages in the portal: whose they are, what is read, how many queries a long list takes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.models import Report
from tests.factories.core import MunicipalityFactory, NotificationFactory, UserFactory
from trajecten.domain.moderation import deciding
from trajecten.domain.telling import delivering, inbox, texts
from trajecten.domain.telling.composing import Words
from trajecten.models import Notification, Participant

pytestmark = pytest.mark.usefixtures("english", "in_scope")

PAGE = "/polderwijk/berichten/"


def letter(user: Any, **changed: Any) -> Notification:
    return NotificationFactory(in_app=True, user=user, **changed)


def test_one_reads_one_s_own_messages_of_this_municipality_only(
    resident: Any, resident_client: Client
) -> None:
    mine = letter(resident, title="Voor mij")
    letter(UserFactory(), title="Voor een ander")
    letter(resident, title="Van elders", municipality=MunicipalityFactory(other=True))
    NotificationFactory(participant=None, user=resident, title="Nog niet bezorgd")
    page = resident_client.get(PAGE)
    assert list(page.context["page"]) == [mine]


def test_the_top_of_every_page_says_how_many_are_not_read(resident: Any, resident_client: Client) -> None:
    assert "not read" not in resident_client.get("/polderwijk/").content.decode()
    letter(resident)
    letter(resident)
    assert "2 not read" in " ".join(resident_client.get("/polderwijk/").content.decode().split())
    assert "not read" not in Client().get("/polderwijk/").content.decode()


def test_following_a_message_marks_it_as_read(resident: Any, resident_client: Client) -> None:
    row = letter(resident)
    answer = resident_client.get(f"{PAGE}{row.pk}/")
    assert answer.headers["Location"] == row.path
    row.refresh_from_db()
    assert row.read_at is not None


def test_a_message_about_nothing_leads_back_to_the_list(resident: Any, resident_client: Client) -> None:
    row = letter(resident, path="")
    assert resident_client.get(f"{PAGE}{row.pk}/").headers["Location"] == PAGE


def test_read_unread_and_all_read(resident: Any, resident_client: Client, in_scope: Any) -> None:
    rows = [letter(resident) for _ in range(3)]

    def unread() -> int:
        return inbox.unread(user=resident, municipality=in_scope)

    resident_client.post(PAGE, {"number": rows[0].pk, "read": "on"})
    assert unread() == 2
    resident_client.post(PAGE, {"number": rows[0].pk})
    assert unread() == 3
    resident_client.post(PAGE)
    assert unread() == 0
    assert "3 messages" in resident_client.get(PAGE).content.decode()


def test_somebody_else_s_message_does_not_exist(resident_client: Client) -> None:
    row = letter(UserFactory())
    assert resident_client.get(f"{PAGE}{row.pk}/").status_code == 404
    assert resident_client.post(PAGE, {"number": row.pk, "read": "on"}).status_code == 404
    assert resident_client.post(PAGE, {"number": "veel"}).status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_only_what_is_not_read(resident: Any, resident_client: Client) -> None:
    letter(resident, read_at="2026-11-01T12:00:00Z")
    fresh = letter(resident)
    page = resident_client.get(PAGE, {"show": "unread"})
    assert list(page.context["page"]) == [fresh]


def test_no_more_is_counted_than_one_shows(resident: Any, in_scope: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(inbox, "COUNTED", 2)
    for _ in range(5):
        letter(resident)
    assert inbox.unread(user=resident, municipality=in_scope) == 3


def test_one_and_thirty_messages_ask_the_database_the_same(resident: Any, resident_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert resident_client.get(PAGE).status_code == 200
        return len(captured)

    letter(resident)
    queries()
    one = queries()
    for _ in range(29):
        letter(resident)
    assert queries() == one


def test_the_newest_comes_first_whatever_was_written_down_first(
    resident: Any, resident_client: Client
) -> None:
    """A message that was delivered late, as in a digest that failed, lies between what came in that time."""
    rows = [letter(resident) for _ in range(3)]
    for days, row in zip((2, 9, 5), rows, strict=True):
        Notification.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days))
    assert list(resident_client.get(PAGE).context["page"]) == [rows[0], rows[2], rows[1]]


@pytest.mark.parametrize(
    ("body", "short"),
    [
        ("Hello,\n\nWe have your report.\n\nBye", "We have your report."),
        (
            "Hello,\n\nOn 1 May it was decided:\n\nAdopted\nThe reason: safe\n\nBye",
            "On 1 May it was decided: Adopted The reason: safe",
        ),
        ("Hello,\n\nThis:\n\nand that:\n\n- one\n- two\n\nBye", "This: and that: - one - two"),
        ("Hello,\n\nNothing follows:", "Nothing follows:"),
        ("Hello,", ""),
    ],
)
def test_the_text_in_the_list_says_something(body: str, short: str) -> None:
    assert Words(subject="", body=body, html="", url="", stop_url="").short == short


@pytest.mark.parametrize("email", [True, False])
def test_why_a_text_was_hidden_is_in_the_inbox_also_without_an_address(
    email: bool, resident: Any, handler: Any, report: Any, resident_client: Client
) -> None:
    Participant.objects.filter(pk=report.author_id).update(
        user=resident, email=resident.email if email else None, language="en"
    )
    deciding.hide(
        contribution=Report.objects.get(pk=report.pk), by=handler, reason="insult", words="Zonder dat woord."
    )
    delivering.deliver_due()
    (row,) = resident_client.get(PAGE).context["page"]
    assert row.title == "Others can't read what you wrote"
    assert row.path


@pytest.mark.parametrize(
    ("said", "title"),
    [("Het loopt.", "Het loopt"), ("En toen..", "En toen.."), ("Echt?", "Echt?"), ("…loopt…", "…loopt…")],
)
def test_a_title_within_a_sentence_has_no_full_stop_of_its_own(said: str, title: str) -> None:
    assert texts.as_title(said) == title
