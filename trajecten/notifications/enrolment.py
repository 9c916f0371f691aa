"""What is told about taking part in a trajectory."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten.domain.enrolment import queries
from trajecten.domain.meetings import answering, finding
from trajecten.enums import EnrolmentStatus
from trajecten.models import Enrolment, Invitation, Meeting, Notification
from trajecten.registry import Category, Message, NothingToSay


def _url(name: str, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"


# -- Enrolment ------------------------------------------------------------------------------------------------


def enrolment_url(enrolment: Enrolment) -> str:
    """The own page of who takes part; who has this address can leave there."""
    return _url("enrolment", gemeente=enrolment.municipality.slug, token=enrolment.token)


def _about_enrolment(row: Notification) -> Enrolment:
    if not isinstance(row.about, Enrolment):
        raise NothingToSay("the enrolment is gone")
    row.about.municipality = row.municipality
    return row.about


def enrolment(row: Notification) -> Mapping[str, Any]:
    """An enrolment as it stands. Raises ``NothingToSay`` when it is gone."""
    about = _about_enrolment(row)
    return {"enrolment": about, "trajectory": about.trajectory, "own_url": enrolment_url(about)}


def inside(row: Notification) -> Mapping[str, Any]:
    """For who has a place, with the meetings that they are invited to.

    Raises ``NothingToSay`` when they left meanwhile, or the enrolment is gone.
    """
    about = _about_enrolment(row)
    if about.status != EnrolmentStatus.ACTIVE:
        raise NothingToSay("takes part no longer")
    lists = finding.lists_to_come(row.participant, about.trajectory)
    return {**enrolment(row), "meetings": [_meeting(row, each.meeting) for each in lists]}


def _meeting(row: Notification, meeting: Meeting) -> dict[str, Any]:
    token = answering.token(meeting=meeting, participant=row.participant)
    slug = row.municipality.slug
    return {"meeting": meeting, "own_url": _url("meeting-answer", gemeente=slug, pk=meeting.pk, token=token)}


def waits(row: Notification) -> Mapping[str, Any]:
    """With the place in the line. Raises ``NothingToSay`` for who waits no longer."""
    place = queries.place_in_line(_about_enrolment(row))
    if not place:
        raise NothingToSay("waits no longer")
    return {**enrolment(row), "place": place}


def invitation(row: Notification) -> Mapping[str, Any]:
    """The personal link. Raises ``NothingToSay`` for an invitation that lets nobody in any more."""
    if not isinstance(row.about, Invitation) or not row.about.is_valid or row.about.uses:
        raise NothingToSay("no longer valid")
    about = row.about
    return {
        "invitation": about,
        "trajectory": about.trajectory,
        "invitation_url": _url("invitation", gemeente=row.municipality.slug, code=about.code),
    }


CATEGORIES = (Category("invitations", gettext_lazy("Invitations to take part")),)

MESSAGES = (
    Message(
        key="trajecten.invited",
        app="trajecten",
        audience=_("Who is invited to a trajectory"),
        trigger=_("A coordinator or adviser invites them by mail, or again"),
        category="invitations",
        context=invitation,
        target="invitation_url",
        stops=_("invitations to take part"),
    ),
    Message(
        key="trajecten.joined",
        app="trajecten",
        audience=_("Who joined a trajectory and left an address"),
        trigger=_("They join, or ask for the link to their own page again"),
        category="my-trajectories",
        context=inside,
        target="own_url",
    ),
    Message(
        key="trajecten.waits",
        app="trajecten",
        audience=_("Who is on a waiting list and left an address"),
        trigger=_("They join while no place is free"),
        category="my-trajectories",
        context=waits,
        target="own_url",
    ),
    Message(
        key="trajecten.moved_up",
        app="trajecten",
        audience=_("Who was on a waiting list and left an address"),
        trigger=_("A place comes free"),
        category="my-trajectories",
        context=inside,
        target="own_url",
    ),
    Message(
        key="trajecten.left",
        app="trajecten",
        audience=_("Who left a trajectory and has an address"),
        trigger=_("They leave by themselves"),
        category="my-trajectories",
        context=enrolment,
        target="own_url",
    ),
    Message(
        key="trajecten.taken_out",
        app="trajecten",
        audience=_("Who is taken out of a trajectory and has an address"),
        trigger=_("A coordinator or adviser takes them out, with a reason"),
        category="my-trajectories",
        context=enrolment,
        target="own_url",
    ),
)
