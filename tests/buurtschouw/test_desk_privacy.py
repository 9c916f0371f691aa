"""What the desk keeps of people: told to who asks, erased with them, and let go in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from buurtschouw.domain import merging, retention
from buurtschouw.domain.my_data.reports import erase_reports, reports
from buurtschouw.models import Bulk, BulkItem, Reply, Report
from tests.factories.buurtschouw import ReportFactory
from tests.factories.handling import BulkFactory, BulkItemFactory, QuestionFactory, ReplyFactory
from trajecten.enums import ErasedWords

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]

NOW = timezone.now


@pytest.fixture
def answered(schouw: Any, category: Any) -> Reply:
    question = QuestionFactory(report=ReportFactory(schouw=schouw, category=category, public=True))
    return ReplyFactory(question=question)


def test_answers_to_questions_are_exported_and_go_whatever_else_stays(answered: Reply) -> None:
    author = answered.report.author
    (kept,) = reports(author)
    assert {fact.key: fact.value for fact in kept.facts}["replies"] == answered.text
    erase_reports(author, ErasedWords.ALL)
    answered.refresh_from_db()
    assert (answered.text, Report.objects.get(pk=answered.report_id).text != "") == ("", True)


def test_answers_to_questions_are_let_go_after_the_report_was_closed(answered: Reply) -> None:
    assert not retention.replies(NOW()).exists()
    Report.objects.filter(pk=answered.report_id).update(
        status="done", closed_at=NOW() - timedelta(days=9), waiting_since=None, paused_term=None
    )
    assert not retention.replies(NOW() - timedelta(days=10)).exists()
    due = list(retention.replies(NOW() - timedelta(days=8)))
    assert due == [answered]
    retention.remove_replies(due)
    assert not retention.replies(NOW()).exists()


def test_what_was_prepared_for_several_reports_goes_with_its_words() -> None:
    bulk = BulkFactory()
    BulkItemFactory(bulk=bulk, message="Dank u wel.")
    assert not retention.acts_on_several(NOW() - timedelta(days=1)).exists()
    retention.remove_acts(list(retention.acts_on_several(NOW() + timedelta(seconds=1))))
    assert not Bulk.objects.exists()
    assert not BulkItem.objects.exists()


def test_who_reported_what_follows_another_is_kept_until_that_one_is_closed(
    schouw: Any, category: Any, handler: Any
) -> None:
    kept, other = ReportFactory.create_batch(2, schouw=schouw, category=category)
    merging.merge(report=other, into=kept, by=handler)
    Report.objects.filter(pk=other.pk).update(closed_at=NOW() - timedelta(days=400))
    before = NOW() - timedelta(days=365)
    assert not retention.reporters(before).exists()
    Report.objects.filter(pk=kept.pk).update(status="done", closed_at=NOW() - timedelta(days=366))
    assert set(retention.reporters(before)) == {kept, other}
