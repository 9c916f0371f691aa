"""What is counted of some reports, as histograms, and what is reckoned from them. Plain Python."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from buurtschouw.enums import Measure
from trajecten.enums import VerdictValue

# How a verdict is kept as the value of a count.
VERDICTS: dict[str, int] = {VerdictValue.YES: 1, VerdictValue.PARTLY: 2, VerdictValue.NO: 3}
MEDIAN, NINETY = 0.5, 0.9


@dataclass
class Tally:
    """The counts of some reports: for each measure how many have which value."""

    counts: dict[str, Counter[int]] = field(
        default_factory=lambda: {measure: Counter() for measure in Measure}
    )

    def add(self, measure: str, value: int, reports: int) -> None:
        self.counts[measure][value] += reports

    @property
    def received(self) -> int:
        return self.counts[Measure.RECEIVED].total()

    @property
    def answered(self) -> int:
        return self.counts[Measure.ANSWERED].total()

    @property
    def done(self) -> int:
        return self.counts[Measure.DONE].total()

    @property
    def verdicts(self) -> int:
        return self.counts[Measure.VERDICT].total()

    @property
    def solved(self) -> int:
        """How many reporters said yes."""
        return self.counts[Measure.VERDICT][VERDICTS[VerdictValue.YES]]

    @property
    def solved_share(self) -> int | None:
        """Percentage of "yes" in the verdicts; None while there are none."""
        return round(100 * self.solved / self.verdicts) if self.verdicts else None

    def days(self, measure: Measure, share: float) -> float | None:
        """The percentile of the working days to the first answer or to done; None where there is nothing to take."""
        return percentile(self.counts[measure], share)


def percentile(counts: Counter[int], share: float) -> float | None:
    """The continuous percentile of what was counted, as PostgreSQL's ``percentile_cont``; None of nothing."""
    total = counts.total()
    if not total:
        return None
    place = share * (total - 1)
    below = int(place)
    low, high = _at(counts, below), _at(counts, min(below + 1, total - 1))
    return low + (high - low) * (place - below)


def _at(counts: Counter[int], place: int) -> int:
    """The value at this place, from 0, when all values stand in order."""
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)


def together(tallies: Iterable[Tally]) -> Tally:
    """The counts of all of these."""
    made = Tally()
    for tally in tallies:
        for measure, counts in tally.counts.items():
            made.counts[measure].update(counts)
    return made
