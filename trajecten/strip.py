"""Where one stands among others: a dot each on one line, from 0 to the highest. A table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

# The ends of the line in percent of the width, so that no dot is cut off.
FROM, TO = 3.0, 97.0


@dataclass(frozen=True)
class Strip:
    """The numbers of all, which of them is one's own, and what they are compared with."""

    values: Sequence[float]
    own: float
    middle: float

    @property
    def dots(self) -> list[float]:
        """Where each dot stands, in percent of the width."""
        return [self._at(value) for value in self.values]

    @property
    def own_at(self) -> float:
        return self._at(self.own)

    @property
    def middle_at(self) -> float:
        return self._at(self.middle)

    def _at(self, value: float) -> float:
        highest = max(self.values, default=0)
        share = max(0.0, value) / highest if highest > 0 else 0
        return round(FROM + (TO - FROM) * share, 2)
