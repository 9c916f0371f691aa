"""What the core keeps of somebody who takes part in trajectories and comes to meetings.

That somebody took part, and was there, goes on counting when they are erased: the rows stay with a participant who is
nobody any more.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trajecten.domain.enrolment import leaving
from trajecten.domain.my_data.telling import moment
from trajecten.enums import EnrolmentStatus
from trajecten.models import Attendance, Enrolment, Participant
from trajecten.registry import Fact, Kept, PersonalData


def enrolments(participant: Participant) -> Iterator[Kept]:
    """In which trajectories, as what, and since when."""
    for enrolment in (
        Enrolment.objects.filter(participant=participant).select_related("trajectory").order_by("pk")
    ):
        yield Kept(
            enrolment.trajectory.title,
            (
                Fact("role", _("As"), enrolment.get_role_display()),
                Fact("status", _("Status"), enrolment.get_status_display()),
                Fact("origin", _("How you came in"), enrolment.get_origin_display()),
                Fact("joined_at", _("Since"), moment(enrolment.joined_at)),
                Fact("left_at", _("Until"), moment(enrolment.left_at)),
                Fact("left_reason", _("Reason"), enrolment.left_reason),
            ),
        )


def leave_all(participant: Participant, words: str) -> None:
    """Whose data are erased takes part in nothing any more; the places go to who waits."""
    inside = Enrolment.objects.filter(participant=participant).exclude(status=EnrolmentStatus.LEFT)
    for enrolment in inside.order_by("trajectory", "pk"):
        leaving.leave(enrolment=enrolment, by=participant)
    Enrolment.objects.filter(participant=participant).update(left_reason="")


def attendances(participant: Participant) -> Iterator[Kept]:
    """To which meetings somebody was invited, what they said, and whether they were there."""
    for row in Attendance.objects.filter(participant=participant).select_related("meeting").order_by("pk"):
        yield Kept(
            row.meeting.title,
            (
                Fact("name", _("Name on the list"), row.name),
                Fact("starts_at", _("When"), moment(row.meeting.starts_at)),
                Fact("answer", _("Your answer"), row.get_answer_display()),
                Fact("was_present", _("You were there"), row.was_present),
            ),
        )


def erase_names(participant: Participant, words: str) -> None:
    """The name on the list of a meeting goes; that somebody came keeps counting."""
    Attendance.objects.filter(participant=participant).update(name="")


PARTS = (
    PersonalData("enrolments", gettext_lazy("What you take part in"), ("enrolments",), enrolments, leave_all),
    PersonalData(
        "meetings", gettext_lazy("Meetings you were invited to"), ("attendances",), attendances, erase_names
    ),
)
