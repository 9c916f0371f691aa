"""Meetings, who comes, what belongs to them, and the secret addresses of calendars."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from trajecten.enums import Answer, EnrolmentStatus, MeetingStatus
from trajecten.models.enrolment import Enrolment
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant
from trajecten.models.proposal import ProposalSession
from trajecten.models.tokens import new_token
from trajecten.models.trajectory import Trajectory
from trajecten.rules import is_adviser, is_coordinator, is_official


class Meeting(MunicipalityOwned):
    """Something to come to, of one trajectory.

    ``uid`` and ``sequence`` are by which calendars know it again after a change. ``moved_at`` is when people were
    told last of its time and place. ``link`` is of a meeting online; only who is invited sees it.
    ``invites_everybody`` is whether everybody who takes part was asked, so that who comes in later is asked too.
    ``session`` is the gathering of the proposal that it was planned from.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to come along online"), max_length=500, blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_published_at = models.DateTimeField(_("minutes published at"), null=True, blank=True)
    is_public = models.BooleanField(_("everybody may come"), default=True)
    invites_everybody = models.BooleanField(_("everybody who takes part is invited"), default=False)
    session = models.OneToOneField(
        ProposalSession, on_delete=models.SET_NULL, null=True, blank=True, related_name="meeting"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED
    )
    reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "change": is_coordinator | is_adviser,
        }
        indexes = [
            models.Index(fields=["municipality", "is_public", "starts_at"], name="meeting_public"),
            models.Index(fields=["municipality", "trajectory", "starts_at"], name="meeting_of_trajectory"),
            models.Index(
                fields=["starts_at"], condition=Q(status=MeetingStatus.PLANNED), name="meeting_to_remind"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.CANCELLED) | ~Q(reason=""), name="meeting_cancelled_why"
            ),
            models.CheckConstraint(
                condition=Q(minutes_published_at__isnull=True) | ~Q(minutes=""),
                name="meeting_published_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.status == MeetingStatus.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def takes_answers(self) -> bool:
        """Whether one can still say to come or not: until it begins, and never after it was cancelled."""
        return self.is_planned and not self.has_begun

    @property
    def minutes_are_public(self) -> bool:
        return self.minutes_published_at is not None


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def standing(self) -> "AttendanceQuerySet":
        """Those of who did not leave the trajectory since they were asked."""
        gone = Enrolment.objects.filter(
            trajectory=OuterRef("meeting__trajectory"),
            participant=OuterRef("participant"),
            status=EnrolmentStatus.LEFT,
            left_at__gt=OuterRef("created_at"),
        )
        return self.filter(~Exists(gone))


class Attendance(MunicipalityOwned):
    """Somebody who is invited to a meeting, what they answered, and whether they were there.

    ``name`` is for the list of this meeting only, as far as the participant has none that others may see.
    ``was_present`` is None as long as nobody noted it. ``reminded_at`` is of the last reminder that was owed.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="attendances")
    name = models.CharField(_("name on the list"), max_length=80, blank=True)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    was_present = models.BooleanField(_("was there"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: Any = ScopedManager(
        models.Manager.from_queryset(AttendanceQuerySet), municipality="municipality"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "participant"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_answer_display()}"

    @property
    def known_name(self) -> str:
        """The name on the list, if there is one."""
        return self.name or self.participant.display_name

    @property
    def who(self) -> str:
        """The name on the list; never an address."""
        return self.known_name or str(self.participant)


def document_path(document: "Document", _name: str) -> str:
    """A name that tells nothing and can't be chosen; the folder is not served by any web server."""
    return f"documents/{document.uuid.hex[:2]}/{document.uuid.hex}"


class Document(models.Model):
    """A file that was checked (``trajecten.domain.documents``) or a link, with its title.

    ``kind`` is the file's extension, by its content; ``size`` is in bytes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), upload_to=document_path, blank=True)
    kind = models.CharField(max_length=5, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    link = models.URLField(_("link"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


def _one_of_both(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=(Q(link="") & ~Q(file="") & ~Q(kind="")) | (~Q(link="") & Q(file="", kind="")), name=name
    )


class Material(Document, MunicipalityOwned):
    """What is handed out: at a meeting, or with a step of the trajectory when ``meeting`` is None."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="materials")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="materials"
    )
    step = models.CharField(_("step"), max_length=30, blank=True)
    is_public = models.BooleanField(_("everybody may see it"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["id"]
        indexes = [models.Index(fields=["municipality", "trajectory", "step"], name="material_of_step")]
        constraints = [
            _one_of_both("material_file_or_link"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, step="") | (Q(meeting__isnull=True) & ~Q(step="")),
                name="material_meeting_or_step",
            ),
        ]


class ShelfItem(Document):
    """What an adviser keeps to use again, with a method and one of its steps. Not of any municipality."""

    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shelf", db_index=False
    )
    method_key = models.CharField(_("method"), max_length=20)
    step = models.CharField(_("step"), max_length=30)

    class Meta:
        verbose_name = _("document on the shelf")
        verbose_name_plural = _("documents on the shelf")
        ordering = ["method_key", "step", "id"]
        indexes = [models.Index(fields=["adviser", "method_key", "step"], name="shelf_of_adviser")]
        constraints = [_one_of_both("shelf_file_or_link")]


class CalendarLink(MunicipalityOwned):
    """The secret address at which a participant's calendar is read. A new one makes the old one worthless."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="calendar_link")
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return str(self.participant)


class AdviserCalendarLink(models.Model):
    """As ``CalendarLink``, for the meetings of an adviser in all municipalities."""

    adviser = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_link"
    )
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address of an adviser's calendar")
        verbose_name_plural = _("addresses of advisers' calendars")

    def __str__(self) -> str:
        return str(self.adviser)
