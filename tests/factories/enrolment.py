"""Who takes part in a trajectory, and how they were invited."""

from datetime import timedelta

import factory
from django.utils import timezone

from tests.factories.core import ParticipantFactory, ScopedFactory, TrajectoryFactory
from trajecten.enums import EnrolmentOrigin, EnrolmentRole, EnrolmentStatus, InvitationKind
from trajecten.models import Enrolment, Invitation
from trajecten.models.enrolment import new_code, new_token


class InvitationFactory(ScopedFactory):
    """A code on a poster that is valid for a month; with ``mail=True`` a personal link."""

    class Meta:
        model = Invitation

    trajectory = factory.SubFactory(TrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    kind = InvitationKind.POSTER
    code = factory.LazyFunction(new_code)
    role = EnrolmentRole.MEMBER
    label = "Buurthuis De Linde"
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))

    class Params:
        mail = factory.Trait(
            kind=InvitationKind.MAIL,
            label="",
            sent=1,
            code=factory.LazyFunction(new_token),
            participant=factory.SubFactory(
                ParticipantFactory, municipality=factory.SelfAttribute("..municipality")
            ),
        )


class EnrolmentFactory(ScopedFactory):
    """A member who takes part since now."""

    class Meta:
        model = Enrolment

    trajectory = factory.SubFactory(TrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    role = EnrolmentRole.MEMBER
    status = EnrolmentStatus.ACTIVE
    origin = EnrolmentOrigin.SELF
    turn = 1
    joined_at = factory.LazyFunction(timezone.now)

    class Params:
        waiting = factory.Trait(
            status=EnrolmentStatus.WAITING,
            joined_at=None,
            waiting_since=factory.LazyFunction(timezone.now),
        )
        left = factory.Trait(status=EnrolmentStatus.LEFT, left_at=factory.LazyFunction(timezone.now))
        invited = factory.Trait(
            status=EnrolmentStatus.INVITED, origin=EnrolmentOrigin.MAIL, turn=0, joined_at=None
        )
