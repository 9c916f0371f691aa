"""Verdicts on anything, with a report as the thing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ParticipantFactory, VerdictFactory
from trajecten.domain import verdicts
from trajecten.models import Verdict


@pytest.fixture
def give(report: Any) -> Any:
    def give(value: str, words: str = "", **changes: Any) -> tuple[Verdict, bool]:
        given = {"target": report, "round_number": 1, "participant": report.author, **changes}
        return verdicts.give(value=value, words=words, **given)

    return give


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


@contextmanager
def freeze(day: str) -> Iterator[None]:
    with mock.patch.object(timezone, "now", return_value=moment(day)):
        yield


def told(report: Any) -> list[tuple[int, str, str]]:
    return list(verdicts.of(report).values_list("round", "value", "words"))


def test_a_verdict_is_kept_with_its_words(give: Any, report: Any) -> None:
    verdict, is_new = give("partly", "De helft ligt er nog.")
    assert is_new
    assert verdict.municipality == report.municipality
    assert told(report) == [(1, "partly", "De helft ligt er nog.")]


def test_the_same_again_is_not_new_and_keeps_the_words(give: Any, report: Any) -> None:
    give("no", "Nog los.")
    assert give("no")[1] is False
    assert told(report) == [(1, "no", "Nog los.")]


def test_words_can_come_later(give: Any, report: Any) -> None:
    give("no")
    assert give("no", "Nog los.")[1] is False
    assert told(report) == [(1, "no", "Nog los.")]


def test_another_verdict_in_the_same_round_replaces_it_and_drops_its_words(give: Any, report: Any) -> None:
    give("no", "Nog los.")
    assert give("yes")[1] is True
    assert told(report) == [(1, "yes", "")]


def test_the_moment_is_that_of_the_answer_that_stands(give: Any, report: Any) -> None:
    with freeze("2026-03-02"):
        first = give("yes")[0].at
    with freeze("2026-03-04"):
        give("yes", "Mooi.")
    assert verdicts.of(report).get().at == first
    with freeze("2026-05-06"):
        give("no")
    assert verdicts.of(report).get().at == moment("2026-05-06")


def test_a_next_round_has_a_verdict_of_its_own(give: Any, report: Any) -> None:
    give("no")
    give("yes", round_number=2)
    assert told(report) == [(1, "no", ""), (2, "yes", "")]


def test_everybody_has_one_verdict_also_who_left_no_address(give: Any, report: Any) -> None:
    give("no")
    give("yes", participant=ParticipantFactory())
    give("partly", participant=None)
    assert give("no", participant=None)[1] is True
    assert [value for _, value, _ in told(report)] == ["no", "yes", "no"]


def test_a_verdict_on_one_thing_is_not_on_another(give: Any, report: Any, category: Any) -> None:
    give("yes")
    assert not verdicts.of(ReportFactory(schouw=report.schouw, category=category)).exists()


def test_the_database_keeps_one_a_round(give: Any, report: Any) -> None:
    give("yes")
    with pytest.raises(IntegrityError):
        VerdictFactory(target=report, participant=report.author, value="no")
