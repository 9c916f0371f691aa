"""Rows of the core: by default all in Polderwijk (GM9901), the made-up municipality of tests and demo."""

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.files.base import ContentFile
from django.utils import timezone
from django_scopes import scopes_disabled
from factory.django import DjangoModelFactory

from trajecten.enums import (
    AbuseReason,
    AreaKind,
    Channel,
    CommitmentStatus,
    ConsentPurpose,
    CouncilKind,
    CouncilStatus,
    Frequency,
    HideReason,
    Moderation,
    NotificationState,
    Role,
    StepEvent,
    TrajectoryStatus,
    VerdictValue,
)
from trajecten.models import (
    AbuseReport,
    Activity,
    AgendaItem,
    Area,
    Attachment,
    Commitment,
    CommitmentOrigin,
    CommitmentUpdate,
    Consent,
    CouncilItem,
    CouncilLine,
    CouncilOrigin,
    Follow,
    ModerationDecision,
    Municipality,
    Notification,
    Objection,
    Participant,
    Preference,
    StaffInvitation,
    StaffRole,
    StepRecord,
    Team,
    Trajectory,
    User,
    Verdict,
)

# Corners of Polderwijk in WGS84 degrees (west, south, east, north), and the line between its two halves.
WEST, SOUTH, EAST, NORTH = 4.90, 52.50, 4.94, 52.52
MIDDLE = 4.92


def rectangle(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """A boundary in WGS84."""
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


class ScopedFactory(DjangoModelFactory):
    """Makes rows of scoped models; which municipality they belong to is a field like any other."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        with scopes_disabled():
            return super()._generate(strategy, params)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = "GM9901"
    name = "Polderwijk"
    slug = factory.LazyAttribute(lambda made: made.name.lower())
    boundary = factory.LazyFunction(lambda: rectangle(WEST, SOUTH, EAST, NORTH))
    boundary_year = 2024
    is_participating = True
    contact_email = "gemeente@example.org"
    contact_url = "https://gemeente.example.org"

    class Params:
        other = factory.Trait(
            code="GM9902",
            name="Duinstad",
            contact_email="duinstad@example.org",
            contact_url="https://duinstad.example.org",
            boundary=factory.LazyFunction(lambda: rectangle(5.10, SOUTH, 5.14, NORTH)),
        )


class AreaFactory(ScopedFactory):
    """A wijk; with ``buurt=True`` a buurt. Without a geometry of its own it is the whole of Polderwijk."""

    class Meta:
        model = Area

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = AreaKind.WIJK
    code = factory.Sequence(lambda n: f"WK9901{10 + n % 90:02}")
    name = factory.Sequence(lambda n: f"Wijk {n:02}")
    year = 2024
    geometry = factory.LazyFunction(lambda: rectangle(WEST, SOUTH, EAST, NORTH))
    inhabitants = 4200
    households = 1900

    class Params:
        buurt = factory.Trait(
            kind=AreaKind.BUURT,
            code=factory.Sequence(lambda n: f"BU9901{n % 10000:04}"),
            name=factory.Sequence(lambda n: f"Buurt {n:02}"),
        )


class UserFactory(DjangoModelFactory):
    """An account. Staff at work needs a second factor too: see ``sign_in`` in conftest."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"persoon{n}@example.org")
    name = factory.Sequence(lambda n: f"Persoon {n:02}")
    password = factory.LazyFunction(lambda: make_password(None))


class StaffRoleFactory(DjangoModelFactory):
    class Meta:
        model = StaffRole
        django_get_or_create = ("user", "municipality", "role")

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    role = Role.HANDLER


class TeamFactory(ScopedFactory):
    class Meta:
        model = Team
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Team {n:02}")

    @factory.post_generation
    def members(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if create and extracted:
            self.members.set(extracted)


class ParticipantFactory(ScopedFactory):
    """A guest with an address; ``email=None`` is somebody who left none."""

    class Meta:
        model = Participant

    municipality = factory.SubFactory(MunicipalityFactory)
    email = factory.Sequence(lambda n: f"bewoner{n}@example.org")
    display_name = ""
    language = "nl"


class ConsentFactory(ScopedFactory):
    class Meta:
        model = Consent

    participant = factory.SubFactory(ParticipantFactory)
    municipality = factory.SelfAttribute("participant.municipality")
    purpose = ConsentPurpose.CONTACT
    text_version = "2026-11"
    given_by = "self"


class TrajectoryFactory(ScopedFactory):
    """A running trajectory. Its method's app has a factory of its own that sets the method and the open step.

    ``vision`` is one of a vision in its second step, which is optional; ``agreed`` one that has not begun.
    """

    class Meta:
        model = Trajectory
        skip_postgeneration_save = True

    class Params:
        vision = factory.Trait(method_key="visie", current_step="scan")
        agreed = factory.Trait(method_key="visie", status=TrajectoryStatus.AGREED)

    municipality = factory.SubFactory(MunicipalityFactory)
    method_key = "buurtschouw"
    title = factory.Sequence(lambda n: f"Traject {n:02}")
    status = TrajectoryStatus.RUNNING
    current_step = ""

    @factory.post_generation
    def areas(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if create and extracted:
            self.areas.set(extracted)


class StepRecordFactory(ScopedFactory):
    class Meta:
        model = StepRecord

    trajectory = factory.SubFactory(TrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    step = "preparation"
    event = StepEvent.OPENED
    by = None


class CommitmentFactory(ScopedFactory):
    class Meta:
        model = Commitment

    trajectory = factory.SubFactory(TrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    text = "De bank wordt gerepareerd."
    owner = factory.SubFactory(UserFactory)
    deadline = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    status = CommitmentStatus.PROMISED


class CommitmentUpdateFactory(ScopedFactory):
    """A turn in which somebody told how it stands."""

    class Meta:
        model = CommitmentUpdate

    commitment = factory.SubFactory(CommitmentFactory)
    municipality = factory.SelfAttribute("commitment.municipality")
    words = "De bank is besteld."


class CommitmentOriginFactory(ScopedFactory):
    """Ties a promise to its ``contribution``, which has to be given."""

    class Meta:
        model = CommitmentOrigin

    municipality = factory.SelfAttribute("contribution.municipality")
    commitment = factory.SubFactory(
        CommitmentFactory, trajectory=factory.SelfAttribute("..contribution.trajectory")
    )


class ActivityFactory(ScopedFactory):
    """An act on a ``target``, which has to be given."""

    class Meta:
        model = Activity

    municipality = factory.SelfAttribute("target.municipality")
    verb = "noted"


class NotificationFactory(ScopedFactory):
    """A queued message to a participant; for a user give ``participant=None`` and ``user``.

    With ``in_app=True`` it is one in the inbox of the ``user``.
    """

    class Meta:
        model = Notification

    participant = factory.SubFactory(ParticipantFactory)
    municipality = factory.LazyAttribute(
        lambda made: made.participant.municipality if made.participant else MunicipalityFactory()
    )
    key = "buurtschouw.report_received"
    delivery_key = factory.Sequence(lambda n: f"delivery-{n}")
    due_at = factory.LazyFunction(timezone.now)

    class Params:
        in_app = factory.Trait(
            participant=None,
            channel=Channel.INAPP,
            state=NotificationState.SENT,
            sent_at=factory.LazyFunction(timezone.now),
            title="Uw melding is ontvangen",
            text="Dank u wel voor uw melding.",
            path="/polderwijk/",
        )


class FollowFactory(ScopedFactory):
    """A participant follows a ``target``, which has to be given."""

    class Meta:
        model = Follow

    participant = factory.SubFactory(ParticipantFactory)
    municipality = factory.SelfAttribute("participant.municipality")


class PreferenceFactory(ScopedFactory):
    """Never by mail."""

    class Meta:
        model = Preference

    participant = factory.SubFactory(ParticipantFactory)
    municipality = factory.LazyAttribute(
        lambda made: made.participant.municipality if made.participant else MunicipalityFactory()
    )
    category = "my-supports"
    channel = Channel.EMAIL
    frequency = Frequency.NEVER


class AttachmentFactory(ScopedFactory):
    """A photo of four grey pixels, tied to ``target`` when one is given."""

    class Meta:
        model = Attachment

    class Params:
        pixels = factory.django.ImageField(width=2, height=2, color="grey", format="JPEG")

    municipality = factory.SubFactory(MunicipalityFactory)
    draft_key = factory.LazyFunction(uuid.uuid4)
    uuid = factory.LazyFunction(uuid.uuid4)  # last: from here on the name is the field's
    image = factory.LazyAttribute(lambda made: ContentFile(made.pixels.read(), "image.jpg"))
    thumbnail = factory.django.ImageField(width=2, height=2, color="grey", format="JPEG")
    source_sha256 = factory.LazyAttribute(lambda made: made.uuid.hex * 2)


class VerdictFactory(ScopedFactory):
    """A verdict on a ``target``, which has to be given."""

    class Meta:
        model = Verdict

    municipality = factory.SelfAttribute("target.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    round = 1
    value = VerdictValue.YES


class CouncilItemFactory(ScopedFactory):
    """A motion that waits for a date, of no trajectory."""

    class Meta:
        model = CouncilItem
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = CouncilKind.MOTION
    title = "Een veilige oversteek bij de school"
    summary = "De bewoners vragen om een zebrapad."
    submitted_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))

    class Params:
        scheduled = factory.Trait(
            status=CouncilStatus.SCHEDULED,
            scheduled_for=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14)),
            meeting_name="Gemeenteraad",
        )

    @factory.post_generation
    def texts(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        """The words of its points, in their order."""
        for number, text in enumerate(extracted or (), start=1):
            CouncilLine.objects.create(municipality=self.municipality, item=self, number=number, text=text)

    @factory.post_generation
    def origins(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        """What is behind it."""
        for origin in extracted or ():
            CouncilOrigin.objects.create(municipality=self.municipality, item=self, origin=origin)


class AgendaItemFactory(ScopedFactory):
    """A point of an agenda of two weeks from now, that is not known as a council item."""

    class Meta:
        model = AgendaItem

    municipality = factory.SubFactory(MunicipalityFactory)
    external_id = factory.Sequence(lambda n: str(7000 + n))
    meeting_external_id = "500"
    meeting_name = "Gemeenteraad"
    meeting_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    title = "Vaststellen van de agenda"


class ModerationDecisionFactory(ScopedFactory):
    """The hiding of a ``target``, which has to be given and be hidden itself."""

    class Meta:
        model = ModerationDecision

    municipality = factory.SelfAttribute("target.municipality")
    by = factory.SubFactory(UserFactory)
    status_before = Moderation.PENDING
    status = Moderation.HIDDEN
    reason = HideReason.PERSONAL


class ObjectionFactory(ScopedFactory):
    """An objection to a ``decision``, which has to be given; nobody has answered it."""

    class Meta:
        model = Objection

    municipality = factory.SelfAttribute("decision.municipality")
    words = "Er staan geen namen in."


class AbuseReportFactory(ScopedFactory):
    """A report of abuse on a ``target``, which has to be given, by somebody who left no address."""

    class Meta:
        model = AbuseReport

    municipality = factory.SelfAttribute("target.municipality")
    reason = AbuseReason.INSULT
    device = factory.Sequence(lambda n: f"{n:064}")


class StaffInvitationFactory(ScopedFactory):
    """An invitation to be a coordinator, that waits."""

    class Meta:
        model = StaffInvitation

    municipality = factory.SubFactory(MunicipalityFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


def make_polderwijk() -> tuple[Any, list[Any]]:
    """The municipality, with De Linde (west) and Oostpolder (east)."""
    halves = {"De Linde": (WEST, MIDDLE), "Oostpolder": (MIDDLE, EAST)}
    made = MunicipalityFactory()
    return made, [
        AreaFactory(
            municipality=made,
            code=f"WK99010{number}",
            name=name,
            geometry=rectangle(west, SOUTH, east, NORTH),
        )
        for number, (name, (west, east)) in enumerate(halves.items(), start=1)
    ]


def make_official(municipality: Any, role: str, name: str, *, email: str = "") -> Any:
    """Somebody with this role there."""
    user = UserFactory(name=name, email=email or f"{role}.{municipality.slug}@example.org")
    return StaffRoleFactory(user=user, municipality=municipality, role=role).user
