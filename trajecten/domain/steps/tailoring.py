"""Vorm op maat: which steps of the method a trajectory has, when they are planned, and what they are called for there.

It is kept as JSON in ``Trajectory.tailoring``, and in ``Proposal.tailoring`` before there is a trajectory; only this
module knows its form. ``trajecten.domain.steps`` and ``trajecten.domain.proposals`` keep it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from trajecten.method import Method, Step
from trajecten.models import Trajectory


@dataclass(frozen=True)
class PlannedStep:
    """One step as it is planned in one trajectory: whether it is part of it, from when till when, and own words."""

    key: str
    on: bool = True
    starts_on: date | None = None
    ends_on: date | None = None
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """Without its key. Dates are text, YYYY-MM-DD."""
        days = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        return {
            "on": self.on,
            "text": self.text,
            **{name: day.isoformat() if day else None for name, day in days.items()},
        }


@dataclass(frozen=True)
class Tailoring:
    """A method made to measure. ``planned`` has every step of the method, in its order."""

    method: Method
    planned: tuple[PlannedStep, ...]

    def of(self, key: str) -> PlannedStep:
        """The planning of this step. Raises KeyError for a step that is not of this method."""
        return self.planned[self.method.position(key)]

    @property
    def parts(self) -> tuple[tuple[Step, PlannedStep], ...]:
        """The steps that this trajectory has, each with its planning."""
        return tuple(
            (step, own)
            for step, own in zip(self.method.steps, self.planned, strict=True)
            if own.on or not step.optional
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that this trajectory has."""
        return tuple(step for step, _own in self.parts)

    @property
    def span(self) -> tuple[date, date] | None:
        """From the first planned day to the last; None without any."""
        days = [day for _step, own in self.parts for day in (own.starts_on, own.ends_on) if day]
        return (min(days), max(days)) if days else None

    def after(self, key: str) -> Step | None:
        """The step of this trajectory that follows on this one, or None after the last."""
        behind = self.method.position(key)
        return next((step for step in self.steps if self.method.position(step.key) > behind), None)

    def changed(self, planned: Iterable[PlannedStep]) -> "Tailoring":
        """With these steps planned like this. Raises KeyError for a step that is not of this method."""
        new = {self.method.step(own.key).key: own for own in planned}
        return Tailoring(self.method, tuple(new.get(own.key, own) for own in self.planned))

    def as_json(self) -> dict[str, Any]:
        return {"steps": {own.key: own.as_json() for own in self.planned}}


def of(trajectory: Trajectory) -> Tailoring:
    """How this trajectory is made to measure; without any planning every step is on and has no dates."""
    return read(trajectory.method, trajectory.tailoring)


def read(method: Method, kept: Mapping[str, Any]) -> Tailoring:
    """What ``Tailoring.as_json`` made; a step that is not in it is on, without dates."""
    steps = kept.get("steps", {})
    return Tailoring(method, tuple(_read(step.key, steps.get(step.key, {})) for step in method.steps))


def suggested(*, method: Method, begins_on: date) -> tuple[PlannedStep, ...]:
    """Every step after the other from this day on, each as long as it takes as a rule."""
    return _days(Tailoring(method, tuple(PlannedStep(step.key) for step in method.steps)), begins_on)


def with_suggested_days(trajectory: Trajectory, begins_on: date) -> tuple[PlannedStep, ...]:
    """The steps of this trajectory as they are planned, but with suggested days from this day on."""
    return _days(of(trajectory), begins_on)


def _days(own: Tailoring, begins_on: date) -> tuple[PlannedStep, ...]:
    """Days for the steps that are on; what is left out keeps its own."""
    on = {step.key for step in own.steps}
    planned = []
    for step, was in zip(own.method.steps, own.planned, strict=True):
        if step.key in on:
            ends_on = begins_on + timedelta(days=max(step.typical_days, 1) - 1)
            planned.append(replace(was, starts_on=begins_on, ends_on=ends_on))
            begins_on = ends_on + timedelta(days=1)
        else:
            planned.append(was)
    return tuple(planned)


def _read(key: str, kept: dict[str, Any]) -> PlannedStep:
    return PlannedStep(
        key,
        on=kept.get("on", True),
        starts_on=_day(kept.get("starts_on")),
        ends_on=_day(kept.get("ends_on")),
        text=kept.get("text", ""),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
