"""How long the core keeps what leads to people: contacts, invitations, names on lists, and guests themselves.

That somebody asked, took part or came goes on counting; who it was does not stay longer than it is needed.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from trajecten.domain.my_data import erasing, relations, speaking_up
from trajecten.enums import EnrolmentStatus, InvitationKind, RequestStatus, TrajectoryStatus
from trajecten.models import (
    Attendance,
    Commitment,
    Enrolment,
    Invitation,
    Participant,
    StepRecord,
    TrajectoryRequest,
    Verdict,
)
from trajecten.registry import RetentionRule

OVER = (TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED)
CLOSED = (RequestStatus.DECLINED, RequestStatus.WITHDRAWN)


def _guests_of(keys: Iterable[int | None]) -> QuerySet[Participant]:
    found: QuerySet[Participant] = Participant.objects.filter(
        pk__in={key for key in keys if key}, user__isnull=True
    )
    return found


def requests(before: datetime) -> QuerySet[Any]:
    """Requests that came to nothing, or whose trajectory is over, with who asked."""
    over = Q(status__in=CLOSED) | Q(status=RequestStatus.ACCEPTED, trajectory__status__in=OVER)
    known = ~Q(contact_name="") | Q(contact__isnull=False, contact__user__isnull=True)
    found = TrajectoryRequest.objects.filter(over, known, status_since__lt=before)
    return found.annotate(since=F("status_since")).order_by("status_since")


def forget_contacts(rows: Collection[Any]) -> None:
    """Name, role, telephone, and the contact who has no account. What was asked and proposed stays."""
    asked = TrajectoryRequest.objects.filter(pk__in=[row.pk for row in rows])
    guests = [row.contact_id for row in rows]
    speaking_up.forget_contacts(asked)
    asked.filter(contact__user__isnull=True).update(contact=None)
    erasing.forget_idle_guests(_guests_of(guests))


def unanswered(before: datetime) -> QuerySet[Any]:
    """Invitations by mail to take part that nobody used."""
    found = Invitation.objects.filter(kind=InvitationKind.MAIL, uses=0, expires_at__lt=before)
    return found.annotate(since=F("expires_at")).order_by("expires_at")


def forget_invited(rows: Collection[Any]) -> None:
    """The invitation and its place on the list; the guest too, when that is all there is of them."""
    keys = [row.pk for row in rows]
    invited = Invitation.objects.filter(
        pk__in=keys, trajectory=OuterRef("trajectory"), participant=OuterRef("participant")
    )
    waiting = Enrolment.objects.filter(Exists(invited), status=EnrolmentStatus.INVITED)
    waiting.filter(left_at__isnull=False).update(status=EnrolmentStatus.LEFT)
    waiting.filter(turn=0).delete()
    Invitation.objects.filter(pk__in=keys).delete()
    erasing.forget_idle_guests(_guests_of(row.participant_id for row in rows))


def reasons(before: datetime) -> QuerySet[Any]:
    """Why people left a trajectory, in words."""
    left = Enrolment.objects.filter(status=EnrolmentStatus.LEFT, left_at__lt=before).exclude(left_reason="")
    return left.annotate(since=F("left_at")).order_by("left_at")


def remove_reasons(rows: Collection[Any]) -> None:
    Enrolment.objects.filter(pk__in=[row.pk for row in rows]).update(left_reason="")


def names(before: datetime) -> QuerySet[Any]:
    """Names on the lists of meetings that are over."""
    named = Attendance.objects.filter(meeting__ends_at__lt=before).exclude(name="")
    return named.annotate(since=F("meeting__ends_at")).order_by("meeting__ends_at")


def remove_names(rows: Collection[Any]) -> None:
    """The name; that somebody said to come, and came, stays."""
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(name="")


def verdicts(before: datetime) -> QuerySet[Any]:
    """What people without account said of promises."""
    kind = ContentType.objects.get_for_model(Commitment)
    given = Verdict.objects.filter(content_type=kind, at__lt=before)
    of_guests = given.filter(participant__isnull=False, participant__user__isnull=True)
    return of_guests.annotate(since=F("at")).order_by("at")


def forget_judges(rows: Collection[Any]) -> None:
    """Their words, and who they are; the verdict goes on counting."""
    Verdict.objects.filter(pk__in=[row.pk for row in rows]).update(participant=None, words="")
    erasing.forget_idle_guests(_guests_of(row.participant_id for row in rows))


def guests(before: datetime) -> QuerySet[Any]:
    """People without account of whom nothing is left but that they took part, were invited or came, long ago."""
    found = Participant.objects.filter(user__isnull=True, erased_at__isnull=True, created_at__lt=before)
    for recent in _keeping(before):
        found = found.exclude(recent)
    return found.annotate(since=_last_seen()).order_by("since")


def _keeping(before: datetime) -> Iterable[Exists]:
    """What of somebody is not long ago, or has a term of its own."""
    mine = OuterRef("pk")
    went_on = StepRecord.objects.filter(trajectory=OuterRef("trajectory"), at__gte=before)
    left = Q(status=EnrolmentStatus.LEFT, left_at__lt=before)
    is_over = Q(trajectory__status__in=OVER) & ~Exists(went_on)
    yield Exists(Enrolment.objects.filter(participant=mine).exclude(left | is_over))
    yield Exists(Attendance.objects.filter(participant=mine, meeting__ends_at__gte=before))
    yield Exists(Invitation.objects.filter(participant=mine, expires_at__gte=before))
    for relation in relations.all_of_them():
        model = relation.related_model
        has_term = model in {Enrolment, Attendance} or model._meta.model_name == relations.LOG
        if not has_term and not relations.goes_along(relation):
            yield Exists(model._base_manager.filter(**{relation.field.name: mine}))


def _last_seen() -> Greatest:
    mine = OuterRef("pk")
    left = Enrolment.objects.filter(participant=mine, left_at__isnull=False).order_by("-left_at")
    came = Attendance.objects.filter(participant=mine).order_by("-meeting__ends_at")
    asked = Invitation.objects.filter(participant=mine).order_by("-expires_at")
    steps = StepRecord.objects.filter(
        trajectory__enrolments__participant=mine, trajectory__status__in=OVER
    ).order_by("-at")
    return Greatest(
        "created_at",
        Subquery(asked.values("expires_at")[:1]),
        Subquery(steps.values("at")[:1]),
        Subquery(left.values("left_at")[:1]),
        Subquery(came.values("meeting__ends_at")[:1]),
    )


def forget_guests(rows: Collection[Any]) -> None:
    """All that leads to them. Where something counts them, a row stays that is nobody."""
    erasing.forget(row.pk for row in rows)


RULES = (
    RetentionRule(
        "trajecten.requests",
        _("who asked for a trajectory that did not come, or that is over"),
        _("Name, role, telephone and mail address. What was asked and proposed stays."),
        365,
        requests,
        forget_contacts,
    ),
    RetentionRule(
        "trajecten.invited",
        _("invitations to take part that were not answered"),
        _("The whole invitation, and the mail address when nothing else is known of it"),
        90,
        unanswered,
        forget_invited,
    ),
    RetentionRule(
        "trajecten.left",
        _("reasons of who left a trajectory"),
        _("The words. That somebody took part stays."),
        365,
        reasons,
        remove_reasons,
    ),
    RetentionRule(
        "trajecten.attendances",
        _("names on the lists of meetings"),
        _("The name. That somebody came stays."),
        365,
        names,
        remove_names,
    ),
    RetentionRule(
        "trajecten.verdicts",
        _("verdicts on promises of people without account"),
        _("The words, and who it was. The verdict itself stays."),
        365,
        verdicts,
        forget_judges,
    ),
    RetentionRule(
        "trajecten.guests",
        _("people without account of whom nothing new came"),
        _("Name and mail address. That somebody took part or came stays."),
        730,
        guests,
        forget_guests,
    ),
)
