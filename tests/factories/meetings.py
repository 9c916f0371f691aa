"""Meetings, who is invited, and documents."""

from datetime import timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.factories.core import ParticipantFactory, ScopedFactory, TrajectoryFactory, UserFactory
from trajecten.enums import MeetingStatus
from trajecten.models import Attendance, CalendarLink, Material, Meeting, ShelfItem


class MeetingFactory(ScopedFactory):
    """A meeting for everybody in ten days; ``past=True`` one that was held last week."""

    class Meta:
        model = Meeting

    class Params:
        past = factory.Trait(
            starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=7)),
            status=MeetingStatus.HELD,
        )

    trajectory = factory.SubFactory(TrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    title = factory.Sequence(lambda n: f"Bijeenkomst {n:02}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=10))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=2))
    moved_at = factory.LazyAttribute(lambda made: made.starts_at - timedelta(days=30))
    place = "Buurthuis De Linde"


class AttendanceFactory(ScopedFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    municipality = factory.SelfAttribute("meeting.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))


class MaterialFactory(ScopedFactory):
    """A small PDF at a meeting, for everybody; with ``of_step=True`` a link with a step of ``trajectory``."""

    class Meta:
        model = Material

    class Params:
        of_step = factory.Trait(
            meeting=None, step="preparation", kind="", size=0, file="", link="https://example.org/kaart"
        )

    meeting = factory.SubFactory(MeetingFactory)
    trajectory = factory.LazyAttribute(lambda made: made.meeting.trajectory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    title = "Presentatie"
    kind = "pdf"
    size = 9
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7\n", "x"))
    is_public = True


class ShelfItemFactory(factory.django.DjangoModelFactory):
    """A link on an adviser's shelf."""

    class Meta:
        model = ShelfItem

    adviser = factory.SubFactory(UserFactory, is_adviser=True)
    method_key = "buurtschouw"
    step = "preparation"
    title = "Draaiboek"
    link = "https://example.org/draaiboek"


class CalendarLinkFactory(ScopedFactory):
    class Meta:
        model = CalendarLink

    participant = factory.SubFactory(ParticipantFactory)
    municipality = factory.SelfAttribute("participant.municipality")


def invited(meeting: Any, **fields: Any) -> Any:
    """Somebody who is invited to this meeting."""
    return AttendanceFactory(meeting=meeting, **fields).participant
