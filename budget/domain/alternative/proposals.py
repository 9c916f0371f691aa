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
LARGEST = 10**15  # a thousand euro times this is more than there is; sums stay within 64 bits


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

    Refused, with resident and line: an unknown line, the same line twice, a line below its floor or above its cap, and a
    proposal that does not add up to 0.
    """
    numbers = {line.id: number for number, line in enumerate(lines)}
    if not numbers or len(numbers) < len(lines):
        raise Refused(_("There have to be lines, each once."))
    found: dict[str, dict[int, int]] = {}
    for change in changes:
        _enter(found.setdefault(change.resident, {}), change, numbers)
    for resident in unchanged:
        found.setdefault(resident, {})
    if not found:
        raise Refused(_("There are no proposals."))
    proposals = Proposals(tuple(found), tuple(lines), _table(found, len(lines)))
    _refuse_out_of_bounds(proposals)
    _refuse_unbalanced(proposals)
    return proposals


def _enter(entered: dict[int, int], change: Change, numbers: Mapping[str, int]) -> None:
    words = {"resident": shown(change.resident), "line": shown(change.line)}
    number = numbers.get(change.line)
    if number is None:
        raise Refused(_("Resident %(resident)s: there is no line %(line)s.") % words, field="line")
    if number in entered:
        raise Refused(_("Resident %(resident)s: line %(line)s is there twice.") % words, field="line")
    if abs(change.amount) > LARGEST:
        raise Refused(_("Resident %(resident)s: the change of line %(line)s is too large.") % words)
    entered[number] = change.amount


def _table(found: Mapping[str, Mapping[int, int]], lines: int) -> Numbers:
    table = np.zeros((len(found), lines), dtype=np.int64)
    for row, entered in enumerate(found.values()):
        for number, amount in entered.items():
            table[row, number] = amount
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
