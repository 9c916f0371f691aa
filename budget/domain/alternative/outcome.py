"""The residents' alternative with all that is published of it, line by line."""

from dataclasses import dataclass
from fractions import Fraction

from budget.domain.alternative import majority, mean
from budget.domain.alternative.proposals import Proposals


@dataclass(frozen=True)
class Outcome:
    """Of one line, in the unit of the lines. The counts are residents, and add up to all of them."""

    line: str
    mean_exact: Fraction
    mean_rounded: int
    raised_by: int
    lowered_by: int
    unchanged_by: int
    median: Fraction
    common_rank: Fraction


@dataclass(frozen=True)
class Alternative:
    """The rounded means add up to 0."""

    lines: tuple[Outcome, ...]
    residents: int


def work_out(proposals: Proposals) -> Alternative:
    """What the residents change together. Doesn't depend on the order of the proposals."""
    means = mean.exact(proposals)
    raised = (proposals.changes > 0).sum(axis=0)
    lowered = (proposals.changes < 0).sum(axis=0)
    residents = len(proposals.residents)
    rows = zip(
        proposals.lines,
        means,
        mean.rounded(means),
        map(int, raised),
        map(int, lowered),
        majority.medians(proposals),
        majority.common_rank(proposals),
        strict=True,
    )
    return Alternative(
        tuple(
            Outcome(line.id, exactly, whole, up, down, residents - up - down, median, rank)
            for line, exactly, whole, up, down, median, rank in rows
        ),
        residents,
    )
