"""What a method is made of: steps, gates, and the reasons why a gate stays shut.

Plain Python. A trajectory app describes its method with these and registers it once
(``trajecten.registry``); only ``trajecten.domain.steps`` opens and closes steps.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Unmet:
    """One reason why a step can't be closed yet, as shown on the page and in the refusal."""

    key: str
    message: str | Promise
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.message % self.values) if self.values else str(self.message)


Gate = Callable[[Any], Iterator[Unmet]]


@dataclass(frozen=True)
class Step:
    """One step of a method. ``allows`` names the acts that are possible while it is open.

    An ``optional`` one can be left out of a trajectory beforehand, or skipped when it is open; the others belong to
    the method. ``typical_days`` is how many calendar days it takes as a rule, for who plans it.
    """

    key: str
    name: str | Promise
    summary: str | Promise = ""
    allows: frozenset[str] = frozenset()
    gates: tuple[Gate, ...] = ()
    optional: bool = False
    typical_days: int = 28

    def unmet(self, facts: Any) -> tuple[Unmet, ...]:
        """Every reason of every gate; empty when the step can be closed."""
        return tuple(reason for gate in self.gates for reason in gate(facts))


@dataclass(frozen=True)
class Method:
    """A participation method: its steps in order and the page of the brochure it comes from.

    ``max_members`` is the most members that a group may have (core group included), None where there is no maximum.
    """

    key: str
    name: str | Promise
    summary: str | Promise
    source: str
    steps: tuple[Step, ...]
    max_members: int | None = None

    def __post_init__(self) -> None:
        keys = [step.key for step in self.steps]
        if not keys or len(keys) != len(set(keys)):
            raise ValueError(f"Method {self.key} needs steps with keys that differ; it has {keys}.")

    def step(self, key: str) -> Step:
        """The step with this key. Raises KeyError for a key that is not of this method."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def position(self, key: str) -> int:
        """Place of the step, counted from 0."""
        return self.steps.index(self.step(key))
