"""Proposals of residents, held against the lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from budget.domain.alternative.lines import Line
from trajecten.counting.reading import shown
from trajecten.refusals import Refused

Numbers = npt.NDArray[np.int64]
LARGEST = 10**15  # a thousand euro times this is more than there is
LARGEST_SUM = 2**63 - 1  # sums are kept in 64 bits


@dataclass(frozen=True)
class Change:
    """What one resident changes of one line, in the unit of the lines."""

    resident: str
    line: str
    amount: int


@dataclass(frozen=True)
class Proposals:
    """``changes[r, l]`` is what resident r changes of line l; every row adds up to 0 and is within floors and caps."""

    residents: tuple[str, ...]
    lines: tuple[Line, ...]
    changes: Numbers

    def of(self, chosen: Sequence[int]) -> "Proposals":
        """Those of some residents, by their numbers."""
        return Proposals(tuple(self.residents[one] for one in chosen), self.lines, self.changes[list(chosen)])


def gather(*, lines: Sequence[Line], changes: Iterable[Change], unchanged: Iterable[str] = ()) -> Proposals:
    """All changes as a table. ``unchanged`` are residents who finished without changing anything; they count too.

    Refused, with resident and line: an unknown line, the same line twice, a line below its floor or above its cap, and
    a proposal that does not add up to 0. Refused too: amounts that could add up to more than 64 bits hold.
    """
    numbers = {line.id: number for number, line in enumerate(lines)}
    if not numbers or len(numbers) < len(lines):
        raise Refused(_("There have to be lines, each once."))
    given = tuple(changes)
    _refuse_impossible(given, numbers)
    found = dict.fromkeys([*(change.resident for change in given), *unchanged])
    if not found:
        raise Refused(_("There are no proposals."))
    _refuse_too_large(given, residents=len(found), lines=lines)
    proposals = Proposals(tuple(found), tuple(lines), _table(given, tuple(found), numbers))
    _refuse_out_of_bounds(proposals)
    _refuse_unbalanced(proposals)
    return proposals


def _refuse_impossible(given: Sequence[Change], numbers: Mapping[str, int]) -> None:
    seen: set[tuple[str, str]] = set()
    for change in given:
        cell = (change.resident, change.line)
        if change.line not in numbers:
            reason = _("Resident %(resident)s: there is no line %(line)s.")
        elif cell in seen:
            reason = _("Resident %(resident)s: line %(line)s is there twice.")
        elif abs(change.amount) > LARGEST:
            reason = _("Resident %(resident)s: the change of line %(line)s is too large.")
        else:
            seen.add(cell)
            continue
        words = {"resident": shown(change.resident), "line": shown(change.line)}
        raise Refused(reason % words, field="line")


def _refuse_too_large(given: Sequence[Change], *, residents: int, lines: Sequence[Line]) -> None:
    """Of a line all changes are added up, and of a resident what all lines become."""
    change = max((abs(one.amount) for one in given), default=0)
    baseline = max(abs(line.baseline) for line in lines)
    if max(residents * change, len(lines) * (baseline + change)) > LARGEST_SUM:
        raise Refused(_("The amounts are too large to add up for so many residents and lines."))


def _table(given: Sequence[Change], residents: Sequence[str], numbers: Mapping[str, int]) -> Numbers:
    rows = {resident: row for row, resident in enumerate(residents)}
    table = np.zeros((len(residents), len(numbers)), dtype=np.int64)
    places = ([rows[change.resident] for change in given], [numbers[change.line] for change in given])
    table[places] = [change.amount for change in given]
    return table


def _refuse_out_of_bounds(proposals: Proposals) -> None:
    room_down = np.array([line.floor - line.baseline for line in proposals.lines])
    room_up = np.array([line.cap - line.baseline for line in proposals.lines])
    wrong = np.argwhere((proposals.changes < room_down) | (proposals.changes > room_up))
    if not len(wrong):
        return
    row, number = map(int, wrong[0])
    line, change = proposals.lines[number], int(proposals.changes[row, number])
    words = {
        "resident": shown(proposals.residents[row]),
        "line": line.id,
        "amount": line.baseline + change,
        "limit": line.floor if change < 0 else line.cap,
    }
    if change < 0:
        reason = _("Resident %(resident)s: line %(line)s becomes %(amount)s, below its floor of %(limit)s.")
    else:
        reason = _("Resident %(resident)s: line %(line)s becomes %(amount)s, above its cap of %(limit)s.")
    raise Refused(reason % words, field="change")


def _refuse_unbalanced(proposals: Proposals) -> None:
    sums = proposals.changes.sum(axis=1)
    wrong = np.flatnonzero(sums)
    if not len(wrong):
        return
    row = int(wrong[0])
    changed = [
        line.id for line, change in zip(proposals.lines, proposals.changes[row], strict=True) if change
    ]
    reason = _(
        "Resident %(resident)s: the proposal does not balance. The changes add up to %(sum)s, not to 0 "
        "(changed lines: %(lines)s)."
    )
    words = {
        "resident": shown(proposals.residents[row]),
        "sum": int(sums[row]),
        "lines": ", ".join(changed),
    }
    raise Refused(reason % words, field="change")
