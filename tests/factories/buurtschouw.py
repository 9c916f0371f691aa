"""Rows of the buurtschouw: a walk that is being held, its themes, and reports in every status."""

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.contrib.gis.geos import Point
from django.utils import timezone

from buurtschouw.enums import Icon, ReportStatus
from buurtschouw.method import METHOD
from buurtschouw.models import Answer, Category, Evaluation, Note, Report, Schouw, Support
from tests.factories.core import (
    MunicipalityFactory,
    ParticipantFactory,
    ScopedFactory,
    StepRecordFactory,
    TeamFactory,
    TrajectoryFactory,
    UserFactory,
)
from trajecten.enums import Moderation, StepEvent


def _in(days: int) -> Any:
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class CategoryFactory(ScopedFactory):
    class Meta:
        model = Category

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Thema {n:02}")
    icon = Icon.PAVEMENT
    team = factory.SubFactory(TeamFactory, municipality=factory.SelfAttribute("..municipality"))


class SchouwFactory(ScopedFactory):
    """A walk whose open step is ``step`` (with the records that led there); today, with one theme.

    ``categories=[...]`` replaces that theme, ``trajectory__areas=[...]`` sets the areas.
    """

    class Meta:
        model = Schouw
        skip_postgeneration_save = True

    class Params:
        step = "walk"

    municipality = factory.SubFactory(MunicipalityFactory)
    trajectory = factory.SubFactory(
        TrajectoryFactory,
        municipality=factory.SelfAttribute("..municipality"),
        method_key=METHOD.key,
        current_step=factory.SelfAttribute("..step"),
        title=factory.Sequence(lambda n: f"Buurtschouw {n:02}"),
    )
    walk_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    meeting_point = "Buurthuis De Linde"
    service_level_days = 5

    @factory.post_generation
    def categories(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if not create:
            return
        themes = extracted if extracted is not None else [CategoryFactory(municipality=self.municipality)]
        self.categories.set(themes)

    @factory.post_generation
    def step_records(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if not create or not self.trajectory.current_step:
            return
        open_at = METHOD.position(self.trajectory.current_step)
        for position, step in enumerate(METHOD.steps[: open_at + 1]):
            StepRecordFactory(trajectory=self.trajectory, step=step.key, event=StepEvent.OPENED)
            if position < open_at:
                StepRecordFactory(trajectory=self.trajectory, step=step.key, event=StepEvent.CLOSED)

    @factory.post_generation
    def evaluation(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        """In the last step people have been asked what they thought of it, unless ``evaluation=False``."""
        if create and extracted is not False and self.trajectory.current_step == "feedback":
            Evaluation.objects.create(
                municipality=self.municipality,
                schouw=self,
                closes_on=timezone.localdate() + timedelta(days=21),
            )


class ReportFactory(ScopedFactory):
    """A new report by a guest with an address, in the middle of Polderwijk; traits put it further on.

    ``anonymous`` has no author, ``placeless`` only words, ``overdue`` has a term that passed, ``waiting`` waits for
    its reporter, ``merged`` follows a new one, ``returned`` was called done and came back.
    """

    class Meta:
        model = Report

    class Params:
        anonymous = factory.Trait(author=None)
        placeless = factory.Trait(point=None, accuracy=None, address="bij de speeltuin")
        public = factory.Trait(moderation=Moderation.PUBLISHED)
        hidden = factory.Trait(moderation=Moderation.HIDDEN)
        overdue = factory.Trait(due_on=_in(-2), answer_by=_in(-2))
        acknowledged = factory.Trait(
            status=ReportStatus.ACKNOWLEDGED, first_answer_at=factory.LazyFunction(timezone.now)
        )
        planned = factory.Trait(
            status=ReportStatus.PLANNED,
            first_answer_at=factory.LazyFunction(timezone.now),
            planned_for=_in(8),
            due_on=_in(8),
        )
        done = factory.Trait(
            status=ReportStatus.DONE,
            first_answer_at=factory.LazyFunction(timezone.now),
            closed_at=factory.LazyFunction(timezone.now),
            round=1,
        )
        waiting = factory.Trait(
            status=ReportStatus.WAITING,
            first_answer_at=factory.LazyFunction(timezone.now),
            waiting_since=factory.LazyFunction(timezone.now),
            paused_term=_in(5),
            due_on=_in(14),
        )
        merged = factory.Trait(
            status=ReportStatus.MERGED,
            first_answer_at=factory.LazyFunction(timezone.now),
            closed_at=factory.LazyFunction(timezone.now),
            merged_into=factory.LazyAttribute(
                lambda made: ReportFactory(schouw=made.schouw, category=made.category)
            ),
        )
        forwarded = factory.Trait(
            status=ReportStatus.FORWARDED,
            first_answer_at=factory.LazyFunction(timezone.now),
            closed_at=factory.LazyFunction(timezone.now),
        )
        returned = factory.Trait(
            status=ReportStatus.ACKNOWLEDGED,
            first_answer_at=factory.LazyFunction(timezone.now),
            returned_at=factory.LazyFunction(timezone.now),
            round=1,
        )

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    trajectory = factory.SelfAttribute("schouw.trajectory")
    category = factory.SubFactory(CategoryFactory, municipality=factory.SelfAttribute("..municipality"))
    author = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    text = "De stoeptegels bij de speeltuin liggen los."
    key = factory.LazyFunction(uuid.uuid4)
    fingerprint = factory.LazyAttribute(lambda made: made.key.hex * 2)
    point = factory.LazyFunction(lambda: Point(4.915, 52.51, srid=4326))
    accuracy = 12
    answer_by = _in(5)
    due_on = _in(5)


class AnswerFactory(ScopedFactory):
    class Meta:
        model = Answer

    report = factory.SubFactory(ReportFactory)
    municipality = factory.SelfAttribute("report.municipality")
    by = factory.SubFactory(UserFactory)
    status_before = ReportStatus.NEW
    status = ReportStatus.ACKNOWLEDGED
    message = "Dank u wel, wij gaan kijken."


class NoteFactory(ScopedFactory):
    class Meta:
        model = Note

    report = factory.SubFactory(ReportFactory)
    municipality = factory.SelfAttribute("report.municipality")
    by = factory.SubFactory(UserFactory)
    text = "Aannemer gebeld."


class SupportFactory(ScopedFactory):
    class Meta:
        model = Support

    report = factory.SubFactory(ReportFactory)
    municipality = factory.SelfAttribute("report.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
