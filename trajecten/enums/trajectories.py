"""Trajectories and their steps, and who takes part in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TrajectoryStatus(models.TextChoices):
    """Where a trajectory is, from the agreement to the archive; see ``TRAJECTORY_TRANSITIONS``.

    What comes before the agreement is a request with its proposals, see ``RequestStatus``.
    """

    AGREED = "agreed", _("agreed")
    RUNNING = "running", _("running")
    EVALUATED = "evaluated", _("evaluated")
    ARCHIVED = "archived", _("archived")


TRAJECTORY_TRANSITIONS: dict[str, frozenset[str]] = {
    TrajectoryStatus.AGREED: frozenset({"running"}),
    TrajectoryStatus.RUNNING: frozenset({"evaluated"}),
    TrajectoryStatus.EVALUATED: frozenset({"running", "archived"}),
    TrajectoryStatus.ARCHIVED: frozenset(),
}


class HealthState(models.TextChoices):
    """How a trajectory goes: by its planned dates, or not, or nothing happens in it at all."""

    ON_TRACK = "on_track", _("on track")
    LATE = "late", _("late")
    STALLED = "stalled", _("stalled")


class StepEvent(models.TextChoices):
    """What a step record says; reopened is back to a step that was closed or skipped before."""

    OPENED = "opened", _("opened")
    CLOSED = "closed", _("closed")
    SKIPPED = "skipped", pgettext_lazy("step", "skipped")
    REOPENED = "reopened", _("reopened")


class EnrolmentRole(models.TextChoices):
    """As what somebody takes part in a trajectory. A facilitator leads the group; an observer only looks on."""

    FACILITATOR = "facilitator", _("facilitator")
    CORE_GROUP = "core_group", _("core group")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")


# Roles that take one of the places of a group with a maximum.
TAKES_PLACE = frozenset({EnrolmentRole.CORE_GROUP, EnrolmentRole.MEMBER})


class EnrolmentStatus(models.TextChoices):
    """Whether somebody takes part; see ``ENROLMENT_TRANSITIONS``. Who left can come back."""

    INVITED = "invited", _("invited")
    WAITING = "waiting", _("on the waiting list")
    ACTIVE = "active", _("takes part")
    LEFT = "left", _("has left")


ENROLMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    EnrolmentStatus.INVITED: frozenset({"waiting", "active", "left"}),
    EnrolmentStatus.WAITING: frozenset({"active", "left"}),
    EnrolmentStatus.ACTIVE: frozenset({"left"}),
    EnrolmentStatus.LEFT: frozenset({"invited", "waiting", "active"}),
}


class EnrolmentOrigin(models.TextChoices):
    """How somebody came in."""

    MAIL = "mail", _("invited by mail")
    POSTER = "poster", _("code on a poster")
    SELF = "self", _("by themselves")
    PAPER = "paper", _("on paper")


class InvitationKind(models.TextChoices):
    """A personal link in a mail, or a short code that anybody may use."""

    MAIL = "mail", _("mail")
    POSTER = "poster", _("poster")
