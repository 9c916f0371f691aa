"""What is kept of people with what was forwarded: in their data, when it is erased, and after its term."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from buurtschouw.domain.my_data.reports import erase_reports, reports
from buurtschouw.models import Forward, Report
from tests.factories.buurtschouw import ReportFactory
from tests.factories.forwarding import DestinationFactory, ForwardFactory, ForwardUpdateFactory
from trajecten.domain.retention import running
from trajecten.enums import ErasedWords

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]


def now(row: Any) -> Any:
    row.refresh_from_db()
    return row


@pytest.fixture
def forward() -> Forward:
    """With the address of the reporter, and with news in words."""
    made = ForwardFactory(
        accepted=True,
        reference="R-1",
        destination=DestinationFactory(name="De provincie"),
        shares_contact=True,
        contact_agreed="Mevrouw zei het aan de telefoon",
        last_error="Een foto van Jan kwam niet aan.",
    )
    ForwardUpdateFactory(forward=made, words="Mevrouw De Vries is gebeld.")
    return made


def words(forward: Forward) -> tuple[str, str, list[str]]:
    now(forward)
    told = list(forward.updates.values_list("words", flat=True))
    return forward.contact_agreed, forward.last_error, told


def test_my_data_says_where_it_went_and_whether_the_address_went_along(forward: Forward) -> None:
    (kept,) = reports(forward.report.author)
    said = {fact.key: fact.value for fact in kept.facts}
    assert said["forwarded"] == "De provincie (number R-1), with your mail address"


def test_erasing_takes_it_back_and_takes_the_words(forward: Forward) -> None:
    erase_reports(forward.report.author, ErasedWords.ALL)
    assert words(forward) == ("–", "", [""])
    assert (forward.state, now(forward.report).handed_to) == ("withdrawn", "")
    assert forward.reference == "R-1"


def close(forward: Forward, days: int) -> None:
    Forward.objects.filter(pk=forward.pk).update(state="finished", poll_at=None)
    Report.objects.filter(pk=forward.report_id).update(
        handed_to="", closed_at=timezone.now() - timedelta(days=days)
    )


@pytest.mark.parametrize(("days", "is_gone"), [(364, False), (366, True)])
def test_the_words_go_a_year_after_the_report_was_closed(days: int, is_gone: bool, forward: Forward) -> None:
    close(forward, days)
    assert running.run()
    assert (words(forward) == ("–", "", [""])) is is_gone


def test_what_is_there_still_is_left_alone(forward: Forward) -> None:
    Report.objects.filter(pk=forward.report_id).update(closed_at=timezone.now() - timedelta(days=400))
    assert running.run()
    assert words(forward)[2] == ["Mevrouw De Vries is gebeld."]


def test_a_report_that_was_not_forwarded_says_nothing() -> None:
    (kept,) = reports(ReportFactory().author)
    assert {fact.key: fact.value for fact in kept.facts}["forwarded"] == ""
