"""What was learnt of walks: written down after one, read when the next one in the same neighbourhood is prepared."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.enums import LessonAdvice
from buurtschouw.models import Lesson, LessonUse, Schouw
from trajecten.domain import activities
from trajecten.enums import EnrolmentRole
from trajecten.models import Area, Enrolment, Participant, Trajectory, User
from trajecten.refusals import Refused

# What one can still read and decide on in one evening; older lessons stand with their own walk.
CARRIED = 30


class LessonRefused(Refused):
    """A lesson can't be kept like this; ``field`` says where."""


@dataclass(frozen=True)
class Carried:
    """A lesson of an earlier walk, with what the preparation of this one decided: None as long as nobody did."""

    lesson: Lesson
    use: LessonUse | None


def core_member(*, schouw: Schouw, user: User) -> Participant | None:
    """The participant that this account is in the core group of this walk, or who leads the group; else None."""
    roles = (EnrolmentRole.CORE_GROUP, EnrolmentRole.FACILITATOR)
    rows = Enrolment.objects.filter(trajectory=schouw.trajectory_id, role__in=roles).active()
    found = rows.filter(participant__user=user).select_related("participant").first()
    return found.participant if found else None


def of_walk(schouw: Schouw) -> QuerySet[Lesson]:
    """The lessons of this walk: what to keep first, then what to do differently."""
    order = ("-advice", "id")
    rows: QuerySet[Lesson] = Lesson.objects.filter(schouw=schouw)
    return rows.select_related("by", "by_participant").order_by(*order)


@transaction.atomic
def write(
    *,
    schouw: Schouw,
    by: User | Participant,
    advice: str,
    text: str,
    who: str = "",
    step: str = "",
    is_public: bool = False,
) -> Lesson:
    """Keep a lesson of this walk. Refused (``LessonRefused``): without words, or of a step that the method has not.

    What a member of the core group wrote is not public before an official says so (``change``).
    """
    is_official = isinstance(by, User)
    made: Lesson = Lesson.objects.create(
        municipality_id=schouw.municipality_id,
        schouw=schouw,
        advice=LessonAdvice(advice),
        text=_checked(text),
        who=who.strip(),
        step=_step(schouw, step),
        is_public=is_public and is_official,
        by=by if isinstance(by, User) else None,
        by_participant=None if isinstance(by, User) else by,
    )
    activities.record(verb="lesson_written", target=schouw.trajectory, by=by)
    return made


@transaction.atomic
def change(
    *,
    lesson: Lesson,
    by: User,
    advice: str,
    text: str,
    who: str = "",
    step: str = "",
    is_public: bool = False,
) -> Lesson:
    """Say it in other words, or let everybody read it or not. Refused as ``write``."""
    found: Lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    found.advice, found.text, found.who = LessonAdvice(advice).value, _checked(text), who.strip()
    found.step, found.is_public = _step(found.schouw, step), is_public
    found.save(update_fields=["advice", "text", "who", "step", "is_public"])
    activities.record(verb="lesson_changed", target=found.schouw.trajectory, by=by)
    return found


@transaction.atomic
def remove(*, lesson: Lesson, by: User) -> None:
    """Let go of a lesson, with what later walks did with it."""
    trajectory = lesson.schouw.trajectory
    lesson.delete()
    activities.record(verb="lesson_removed", target=trajectory, by=by)


def _checked(text: str) -> str:
    if not text.strip():
        raise LessonRefused(_("Write down what you learnt."), field="text")
    return text.strip()


def _step(schouw: Schouw, step: str) -> str:
    if step and step not in {each.key for each in schouw.trajectory.method.steps}:
        raise LessonRefused(_("Choose a step of this list."), field="step")
    return step


def for_next(schouw: Schouw) -> list[Carried]:
    """The lessons of earlier walks in the same neighbourhoods, those of the last walk first; in three statements.

    A neighbourhood is the same when its code is, whatever the year; a wijk and a buurt in it go together. Earlier is
    by the date of the walk, and every walk that was held is earlier than one without a date.
    """
    lessons = Lesson.objects.filter(schouw__in=earlier(schouw).values("pk"))
    rows = lessons.select_related("schouw__trajectory").order_by("-schouw__walk_at", "-advice", "id")[
        :CARRIED
    ]
    found = list(rows)
    used = {
        use.lesson_id: use
        for use in LessonUse.objects.filter(schouw=schouw, lesson__in=[row.pk for row in found])
    }
    return [Carried(lesson, used.get(lesson.pk)) for lesson in found]


def earlier(schouw: Schouw) -> QuerySet[Schouw]:
    """The walks in the same neighbourhoods with an earlier date, the last one first."""
    own = list(schouw.trajectory.areas.values_list("code", "parent__code"))
    codes = {code for code, _parent in own}
    around = codes | {parent for _code, parent in own if parent}
    same = Area.objects.filter(Q(code__in=around) | Q(parent__code__in=codes)).values("pk")
    trajectories = Trajectory.objects.filter(areas__in=same).values("pk")
    rows: QuerySet[Schouw] = Schouw.objects.filter(trajectory__in=trajectories, walk_at__isnull=False)
    rows = rows.exclude(pk=schouw.pk).order_by("-walk_at", "-id")
    return rows.filter(walk_at__lt=schouw.walk_at) if schouw.walk_at else rows


@transaction.atomic
def use(*, lesson: Lesson, schouw: Schouw, by: User, is_taken: bool, reason: str = "") -> LessonUse:
    """Say at the preparation of ``schouw`` whether a lesson is taken along; saying it again replaces it.

    Refused (``LessonRefused``): not now without a reason, and a lesson that is not of an earlier walk here.
    """
    if not is_taken and not reason.strip():
        raise LessonRefused(_("Write down why not now: who prepares the next walk reads it."), field="reason")
    if not earlier(schouw).filter(pk=lesson.schouw_id).exists():
        raise LessonRefused(_("This lesson is not of an earlier walk in this neighbourhood."))
    kept = {
        "municipality_id": schouw.municipality_id,
        "is_taken": is_taken,
        "reason": "" if is_taken else reason.strip(),
        "by": by,
    }
    made: LessonUse
    made, _is_new = LessonUse.objects.update_or_create(lesson=lesson, schouw=schouw, defaults=kept)
    details = {"lesson": lesson.pk, "taken": is_taken}
    activities.record(verb="lesson_used", target=schouw.trajectory, by=by, details=details)
    return made
