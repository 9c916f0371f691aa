"""One trajectory of the demo: what is written of it, who plays in it, and when."""

import tomllib
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from budget.demo.crowd import Crowd
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import steps
from trajecten.domain.enrolment import joining
from trajecten.domain.enrolment.joining import Introduction
from trajecten.domain.moderation import deciding
from trajecten.models import Area, Contribution, Trajectory, User

DATA = Path(__file__).parent / "data"
PAPERS = uuid.UUID("5f0d8a3e-5a2c-4c9e-9a43-1f1c3c8f2b60")


def read(name: str) -> dict[str, Any]:
    """A file of the demo's texts."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def area(code: str) -> Area | None:
    """The newest area with this code; None without a code."""
    return Area.objects.filter(code=code).defer("geometry").order_by("-year").first() if code else None


class Scene:
    """``said`` is the file of this trajectory; ``rng`` gives the same chance each time."""

    def __init__(self, name: str, title: str, crowd: Crowd, past: Past) -> None:
        self.said, self.crowd, self.past = read(name), crowd, past
        self.rng = Random(f"budget {name}")  # noqa: S311
        rows = Trajectory.objects.select_related("municipality", "coordinator")
        self.trajectory: Trajectory = rows.get(title=title)
        self.coordinator = people.account("coordinator.polderwijk")
        self.now = timezone.now()

    def moment(self, days_ago: float, *, office: bool = False) -> datetime:
        """Some moment of that day, as people have time or in office hours; never later than a while ago."""
        day = timezone.localtime(self.now - timedelta(days=days_ago))
        hour = self.rng.randint(9, 16) if office else self.rng.randint(9, 21)
        found = day.replace(hour=hour, minute=self.rng.randrange(60), second=self.rng.randrange(60))
        return min(found, self.now - timedelta(minutes=self.rng.randint(20, 90)))

    def do(self, days_ago: float, act: Callable[[], Any]) -> Any:
        """Let this happen so many days ago."""
        with self.past.at(self.moment(days_ago, office=True)):
            return act()

    def spread(self, acts: list[Callable[[], Any]], *, since: float, until: float) -> None:
        """Let these happen between two days, each at a moment by chance, in the order in which that comes."""
        moments = sorted(self.moment(self.rng.uniform(until, since)) for _act in acts)
        for at, act in zip(moments, acts, strict=True):
            with self.past.at(at):
                act()

    def close(self, step: str, days_ago: float) -> None:
        """Close the open step, through its gates."""
        self.trajectory = self.do(
            days_ago, lambda: steps.close(trajectory=self.trajectory, step=step, by=self.coordinator)
        )

    def publish(self, contribution: Contribution) -> None:
        """Read by the coordinator, a while later on the same day or the next."""
        at = min(timezone.now() + timedelta(hours=self.rng.randint(1, 20)), self.now)
        with self.past.at(at):
            deciding.publish(contribution=contribution, by=self.coordinator)

    def enrol(self, days_ago: float) -> None:
        """Put the core group on the list, as they signed at the table."""
        for number, (name, kind) in enumerate(self.said["members"]):
            key = uuid.uuid5(PAPERS, f"{self.trajectory.title} {name}")
            own = {"key": key, "email": "", "about": Introduction(name, kind), "by": self.coordinator}
            role = "core_group" if number < 3 else "member"
            self.do(
                days_ago,
                lambda own=own, role=role: joining.register_on_paper(
                    trajectory=self.trajectory, role=role, **own
                ),
            )

    def official(self, address: str = "") -> User:
        return people.account(address) if address else self.coordinator
