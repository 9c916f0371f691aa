"""The steps of a trajectory: moving along them, planning them, and where one stands.

Nothing else writes StepRecord, ``current_step``, ``step_due_on`` or ``tailoring``.
"""

from trajecten.domain.steps.moving import StepRefused, archive, close, reopen, skip, start
from trajecten.domain.steps.planning import Fault, PlanRefused, plan
from trajecten.domain.steps.tailoring import PlannedStep
from trajecten.domain.steps.tracking import TrackedStep, history, reached, track, unmet

__all__ = [
    "Fault",
    "PlanRefused",
    "PlannedStep",
    "StepRefused",
    "TrackedStep",
    "archive",
    "close",
    "history",
    "plan",
    "reached",
    "reopen",
    "skip",
    "start",
    "track",
    "unmet",
]
