"""Lessons: written after a walk, read at the preparation of the next one in the same neighbourhood."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtschouw.domain import lessons
from buurtschouw.domain.lessons import LessonRefused
from buurtschouw.models import Lesson, LessonUse, Schouw
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import AreaFactory, ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.feedback import LessonFactory

pytestmark = pytest.mark.usefixtures("in_scope", "english")


def held(days_ago: int, *areas: Any) -> Schouw:
    return SchouwFactory(walk_at=timezone.now() - timedelta(days=days_ago), trajectory__areas=list(areas))


def url(name: str, schouw: Schouw, **parts: Any) -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": "polderwijk", "pk": schouw.pk, **parts})


def test_the_next_walk_sees_the_lessons_of_earlier_ones_here_the_last_walk_first(areas: list[Any]) -> None:
    old, recent, elsewhere = held(700, areas[0]), held(300, areas[0]), held(100, areas[1])
    for walk in (old, recent, elsewhere):
        LessonFactory(schouw=walk, text=f"Les {walk.pk}")
    coming = SchouwFactory(walk_at=None, trajectory__areas=[areas[0]])
    assert [each.lesson.schouw for each in lessons.for_next(coming)] == [recent, old]
    assert [each.lesson.schouw for each in lessons.for_next(recent)] == [old]


def test_a_neighbourhood_goes_by_its_code_and_a_wijk_goes_together_with_its_buurten(areas: list[Any]) -> None:
    buurt = AreaFactory(code="BU99010103", kind="buurt", name="Vogelweide", parent=areas[0])
    of_last_year = AreaFactory(code="WK990101", name="De Linde", year=areas[0].year - 1)
    for area in (buurt, of_last_year):
        LessonFactory(schouw=held(300, area))
    coming = SchouwFactory(walk_at=None, trajectory__areas=[areas[0]])
    assert len(lessons.for_next(coming)) == 2
    of_buurt = SchouwFactory(walk_at=None, trajectory__areas=[buurt])
    assert len(lessons.for_next(of_buurt)) == 2


def test_a_lesson_is_taken_along_or_left_for_a_reason(areas: list[Any], coordinator: Any) -> None:
    lesson, coming = (
        LessonFactory(schouw=held(300, areas[0])),
        SchouwFactory(walk_at=None, trajectory__areas=[areas[0]]),
    )
    with pytest.raises(LessonRefused) as refused:
        lessons.use(lesson=lesson, schouw=coming, by=coordinator, is_taken=False, reason=" ")
    assert refused.value.field == "reason"
    lessons.use(lesson=lesson, schouw=coming, by=coordinator, is_taken=False, reason="Te weinig mensen.")
    lessons.use(lesson=lesson, schouw=coming, by=coordinator, is_taken=True, reason="vervalt")
    (carried,) = lessons.for_next(coming)
    assert (carried.use.is_taken, carried.use.reason, LessonUse.objects.count()) == (True, "", 1)


def test_a_lesson_of_elsewhere_or_later_is_refused(areas: list[Any], coordinator: Any) -> None:
    lesson = LessonFactory(schouw=held(100, areas[1]))
    for walk in (held(50, areas[0]), held(300, areas[1])):
        with pytest.raises(LessonRefused):
            lessons.use(lesson=lesson, schouw=walk, by=coordinator, is_taken=True)


def test_a_lesson_needs_words_and_a_step_that_there_is(schouw: Schouw, coordinator: Any) -> None:
    for given, field in (({"text": " "}, "text"), ({"text": "Kort.", "step": "elders"}, "step")):
        with pytest.raises(LessonRefused) as refused:
            lessons.write(schouw=schouw, by=coordinator, advice="keep", **given)
        assert refused.value.field == field


def test_the_core_group_writes_and_an_official_lets_everybody_read(
    schouw: Schouw, resident: Any, resident_client: Client, coordinator_client: Client
) -> None:
    enrolment = EnrolmentFactory(
        trajectory=schouw.trajectory, participant=ParticipantFactory(user=resident), role="core_group"
    )
    form = {"advice": "change", "text": "Eerder flyeren.", "who": "de kerngroep", "is_public": "on"}
    assert resident_client.post(url("lessons", schouw), form).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.by_participant, lesson.is_public, lesson.by) == (enrolment.participant, False, None)
    coordinator_client.post(url("lesson", schouw, lesson=lesson.pk), form)
    lesson.refresh_from_db()
    assert lesson.is_public
    enrolment.role = "member"
    enrolment.save()
    assert resident_client.get(url("lessons", schouw)).status_code == 404


def test_what_was_typed_stays_when_it_is_refused(schouw: Schouw, coordinator_client: Client) -> None:
    answer = coordinator_client.post(url("lessons", schouw), {"text": "Eerder flyeren."})
    page = answer.content.decode()
    assert (answer.status_code, "Eerder flyeren." in page, "Choose one of the two." in page) == (
        422,
        True,
        True,
    )


def test_the_preparation_shows_them_with_a_form_that_asks_why_not(
    areas: list[Any], schouw: Schouw, coordinator_client: Client
) -> None:
    lesson = LessonFactory(schouw=held(300, areas[0]), text="Loop in twee groepen.")
    assert "Loop in twee groepen." in coordinator_client.get(url("schouw-edit", schouw)).content.decode()
    address = url("lesson-use", schouw, lesson=lesson.pk)
    refused = coordinator_client.post(address, {"taken": "no", "reason": ""})
    assert (refused.status_code, "Write down why not now" in refused.content.decode()) == (422, True)
    assert coordinator_client.post(address, {"taken": "no", "reason": "Te klein."}).status_code == 302
    assert LessonUse.objects.get().reason == "Te klein."


def test_thirty_lessons_are_read_in_as_many_statements_as_one(
    areas: list[Any], django_assert_num_queries: Any
) -> None:
    walk, coming = held(300, areas[0]), SchouwFactory(walk_at=None, trajectory__areas=[areas[0]])
    for number in (1, 29):
        LessonFactory.create_batch(number, schouw=walk)
        with django_assert_num_queries(3):
            assert [each.lesson.schouw.trajectory.title for each in lessons.for_next(coming)]


def test_the_page_of_the_preparation_shows_them_too(
    areas: list[Any], schouw: Schouw, coordinator_client: Client
) -> None:
    LessonFactory(schouw=held(300, areas[0]), text="Loop in twee groepen.")
    assert "Loop in twee groepen." in coordinator_client.get(url("preparation", schouw)).content.decode()
