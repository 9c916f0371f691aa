"""Lines and proposals for tests: few lines, and residents who move money between them within floors and caps."""

from hypothesis import strategies as st

from budget.domain.alternative.lines import Line
from budget.domain.alternative.proposals import Change, gather

LINES = (
    Line("6.1", "Buurthuizen, en meer", 100, 90, 120),
    Line("6.60", "Hulpmiddelen", 50, 50, 60),
    Line("5.7", "Groen", 80, 60, 90),
    Line("0.4", "Overhead", 200, 150, 200),
)


def proposals(*rows, lines=LINES):
    """A tuple of changes for each resident, in the order of the lines."""
    changes = [
        Change(f"r{number}", line.id, amount)
        for number, row in enumerate(rows)
        for line, amount in zip(lines, row, strict=True)
    ]
    return gather(lines=lines, changes=changes)


@st.composite
def rows(draw, most=12):
    """Balanced rows within the bounds of ``LINES``: the last lines take what the first ones give."""
    found = []
    for _resident in range(draw(st.integers(1, most))):
        row = [draw(st.integers(line.floor - line.baseline, line.cap - line.baseline)) for line in LINES]
        found.append(balanced(row))
    return found


def balanced(row):
    """A row within bounds, with its surplus taken from lines in turn as far as their bounds go."""
    row = list(row)
    for number, line in enumerate(LINES):
        wanted = row[number] - sum(row)
        row[number] = max(line.floor - line.baseline, min(wanted, line.cap - line.baseline))
    assert sum(row) == 0
    return tuple(row)
