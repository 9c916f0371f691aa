"""The trajectory of budgetmonitoring that a page is about, and who looks at it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from budget.method import METHOD
from trajecten.domain import participants
from trajecten.models import Enrolment, Participant, Trajectory
from trajecten.views.access import StaffMixin


def found(request: HttpRequest, pk: int) -> Trajectory:
    """This trajectory; 404 for one of another method, or elsewhere."""
    trajectory: Trajectory = get_object_or_404(Trajectory, pk=pk, method_key=METHOD.key)
    trajectory.municipality = request.municipality
    return trajectory


def enrolled(request: HttpRequest, token: str) -> Enrolment:
    """Who takes part by this secret of their own page; 404 for who stopped, and for another method."""
    rows = Enrolment.objects.filter(trajectory__method_key=METHOD.key).active()
    enrolment: Enrolment = get_object_or_404(
        rows.select_related("participant__home_area", "trajectory"), token=token
    )
    enrolment.trajectory.municipality = enrolment.participant.municipality = request.municipality
    return enrolment


def visitor(request: HttpRequest) -> Participant | None:
    """Who looks, when they are signed in and did anything here; looking makes nobody a participant."""
    if not request.user.is_authenticated:
        return None
    return participants.known(municipality=request.municipality, user=request.user)


def account(request: HttpRequest) -> Participant:
    """Who is signed in, as a participant here: made when there was none."""
    return participants.of_user(municipality=request.municipality, user=request.user)


class TrajectoryDesk(StaffMixin):
    """A page of staff about one trajectory, for its officials and its adviser."""

    permission = "trajecten.view_trajectory"
    request: HttpRequest

    def permission_object(self) -> Any:
        rows = Trajectory.objects.select_related("adviser", "coordinator")
        self.trajectory = get_object_or_404(rows, pk=self.kwargs["pk"], method_key=METHOD.key)
        self.trajectory.municipality = self.request.municipality
        return self.trajectory
