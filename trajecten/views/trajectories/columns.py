"""What the files of trajectories tell of each, from a dict with the trajectory and its health."""

from django.utils.translation import gettext_lazy

from trajecten.domain.tables import Column
from trajecten.models import Trajectory, User

COLUMNS = (
    Column(gettext_lazy("Trajectory"), lambda row: row["trajectory"].title),
    Column(gettext_lazy("Way of working"), lambda row: row["trajectory"].method.name),
    Column(gettext_lazy("Status"), lambda row: row["trajectory"].get_status_display()),
    Column(gettext_lazy("Step"), lambda row: step(row["trajectory"])),
    Column(gettext_lazy("Ready on"), lambda row: row["trajectory"].step_due_on),
    Column(gettext_lazy("Starts on"), lambda row: row["trajectory"].starts_on),
    Column(
        gettext_lazy("How it goes"),
        lambda row: row["health"].state.label if row["trajectory"].is_going else "",
    ),
    Column(gettext_lazy("Why"), lambda row: " ".join(row["health"].reasons)),
)


def step(trajectory: Trajectory) -> str:
    """The open step; empty before the first and after the last."""
    return str(trajectory.open_step.name) if trajectory.open_step else ""


def person(user: User | None) -> str:
    """Somebody's name, never an address."""
    return user.name if user else ""
