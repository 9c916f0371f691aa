"""Asking who walked along, and the officials whose teams answered, what they thought of the walk."""

from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.evaluation.refusals import EvaluationRefused
from buurtschouw.enums import EvaluationGroup, ReportOrigin
from buurtschouw.method import EVALUATE, EVALUATION_DAYS
from buurtschouw.models import Evaluation, EvaluationReply, Report, Schouw, Score
from trajecten.domain import activities, links
from trajecten.domain.links import NoSuchLink
from trajecten.domain.telling import notify
from trajecten.enums import ParticipantKind
from trajecten.models import Attendance, Enrolment, Participant, Trajectory, User

ASKED = "buurtschouw.evaluation_asked"
OFFICIAL_ASKED = "buurtschouw.evaluation_official_asked"
SIGNER = signing.Signer(salt="buurtschouw.evaluation", sep=".")


def walkers(schouw: Schouw) -> QuerySet[Participant]:
    """Who takes part in the walk, who reported with a phone on the way, and who scored at a stop.

    Not who was noted as absent at a meeting of this trajectory on the day of the walk, unless they reported or scored
    all the same; nor an official who is asked as such (``officials``).
    """
    return _there(schouw).exclude(user__in=officials(schouw).values("pk"))


def has_walked(*, schouw: Schouw, person: Participant | User) -> bool:
    """Whether they were there: who is asked as a walker was, an official only when they took part as well."""
    return isinstance(person, Participant) or _there(schouw).filter(user=person).exists()


def _there(schouw: Schouw) -> QuerySet[Participant]:
    enrolled = Enrolment.objects.filter(trajectory=schouw.trajectory_id).active().values("participant")
    reported = Report.objects.filter(schouw=schouw, origin=ReportOrigin.WALK, author__isnull=False)
    scored = Score.objects.filter(stop__schouw=schouw, walker__isnull=False)
    seen = Q(pk__in=reported.values("author")) | Q(pk__in=scored.values("walker"))
    found: QuerySet[Participant] = Participant.objects.filter(
        Q(pk__in=enrolled) & ~Q(Exists(_absences(schouw))) | seen, erased_at__isnull=True
    )
    return found


def _absences(schouw: Schouw) -> QuerySet[Attendance]:
    day = timezone.localdate(schouw.walk_at) if schouw.walk_at else None
    rows: QuerySet[Attendance] = Attendance.objects.filter(
        participant=OuterRef("pk"), meeting__trajectory=schouw.trajectory_id, was_present=False
    )
    return rows.filter(meeting__starts_at__date=day) if day else rows.none()


def officials(schouw: Schouw) -> QuerySet[User]:
    """The officials of this municipality in the teams that answer the themes of the walk, and its coordinator."""
    of_team = Q(teams__categories__schouwen=schouw)
    here = User.objects.filter(is_active=True, staff_roles__municipality=schouw.municipality_id)
    return here.filter(of_team | Q(pk=schouw.trajectory.coordinator_id)).distinct()


@transaction.atomic
def ask(*, schouw: Schouw, by: User, closes_on: date | None = None) -> Evaluation:
    """Ask everybody who was not asked yet; the first time also begins the evaluation.

    It ends on ``closes_on``, ``EVALUATION_DAYS`` from now unless told otherwise. Who has no address can answer on
    paper. Refused (``EvaluationRefused``): outside the step that allows it, a day that is over, and once it was closed.
    """
    trajectory = Trajectory.objects.select_for_update().get(pk=schouw.trajectory_id)
    if not trajectory.allows(EVALUATE):
        raise EvaluationRefused(_("People are asked what they thought of it in the step “Feedback”."))
    last_day = closes_on or timezone.localdate() + timedelta(days=EVALUATION_DAYS)
    if last_day < timezone.localdate():
        raise EvaluationRefused(_("Choose a day from today on."), field="closes_on")
    asked, is_new = Evaluation.objects.get_or_create(
        schouw=schouw,
        defaults={"municipality_id": schouw.municipality_id, "asked_by": by, "closes_on": last_day},
    )
    if asked.closed_at is not None:
        raise EvaluationRefused(_("This evaluation is closed, so nobody can be asked any more."))
    if closes_on and not is_new:
        asked.closes_on = closes_on
    people, colleagues = list(walkers(schouw)), list(officials(schouw))
    asked.walkers_asked, asked.officials_asked = len(people), len(colleagues)
    asked.save(update_fields=["closes_on", "walkers_asked", "officials_asked"])
    _tell(asked, schouw, people, colleagues)
    details = {"walkers": len(people), "officials": len(colleagues)}
    activities.record(verb="evaluation_asked", target=trajectory, by=by, is_public=True, details=details)
    return asked


def _tell(asked: Evaluation, schouw: Schouw, people: list[Participant], colleagues: list[User]) -> None:
    notify.owe_each(
        key=ASKED,
        to=[person for person in people if person.can_be_told],
        municipality=schouw.municipality,
        about=asked,
        delivery_key=f"{ASKED}:{asked.pk}",
    )
    for colleague in colleagues:
        notify.owe(
            key=OFFICIAL_ASKED,
            to=colleague,
            municipality=schouw.municipality,
            about=asked,
            delivery_key=f"{OFFICIAL_ASKED}:{asked.pk}:{colleague.pk}",
        )


def token(*, evaluation: Evaluation, to: Participant | User) -> str:
    """What opens the questions for this person without signing in; only for their own mail."""
    kind = "p" if isinstance(to, Participant) else "u"
    return str(SIGNER.sign_object([evaluation.pk, kind, to.pk]))


def read(*, token: str, evaluation: Evaluation) -> Participant | User:
    """Whose link this is. Raises ``NoSuchLink``, also for one of another evaluation and for who is gone.

    The link of a guest who became another participant is that participant's.
    """
    number, kind, of = links.read(SIGNER, token)
    if number != evaluation.pk:
        raise NoSuchLink
    if kind == "p":
        return links.holder(of, among=Participant.objects.filter(erased_at__isnull=True))
    found = User.objects.filter(pk=of, is_active=True, staff_roles__municipality=evaluation.municipality_id)
    official = found.distinct().first()
    if official is None:
        raise NoSuchLink
    return official


def group_of(person: Participant | User) -> EvaluationGroup:
    """As whom somebody answers: who takes part as an official looks back as one."""
    is_official = isinstance(person, User) or person.kind == ParticipantKind.OFFICIAL
    return EvaluationGroup.OFFICIAL if is_official else EvaluationGroup.WALKER


@transaction.atomic
def close(*, evaluation: Evaluation, by: User) -> Evaluation:
    """Take no answers any more, and forget for good whose answers those that came are. Again changes nothing."""
    locked: Evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if locked.closed_at is not None:
        return locked
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    let_go(locked)
    activities.record(verb="evaluation_closed", target=locked.schouw.trajectory, by=by)
    return locked


def let_go(evaluation: Evaluation) -> None:
    """Make the answers nobody's."""
    EvaluationReply.objects.filter(evaluation=evaluation).update(participant=None, user=None)
