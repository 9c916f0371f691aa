"""What holds of an alternative: that it balances, and that every line stays within its bounds. Amounts in the unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.domain.alternatives import amounts
from budget.models import Alternative, RoundLine


@dataclass(frozen=True)
class Change:
    """What somebody does with one line, and why."""

    change: int = 0
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.change or self.reason)


# By the key of the line.
Changes = Mapping[int, Change]


def of(alternative: Alternative) -> dict[int, Change]:
    """What is kept of it."""
    return {row.line_id: Change(row.change, row.reason) for row in alternative.changes.all()}


def left(given: Iterable[Change]) -> int:
    """What can still be divided; below zero when more was given than taken."""
    return -sum(change.change for change in given)


def beyond(lines: Iterable[RoundLine], given: Changes, unit: int) -> dict[int, str]:
    """By the key of the line: that it goes under its floor or over its cap, with the reason of that."""
    found = {}
    for line in lines:
        amount = line.baseline + given.get(line.pk, Change()).change
        if amount < line.floor:
            text = _("At least %(amount)s.") % {"amount": amounts.euro(line.floor, unit)}
            found[line.pk] = " ".join(filter(None, [text, line.floor_reason]))
        elif amount > line.cap:
            text = _("At most %(amount)s.") % {"amount": amounts.euro(line.cap, unit)}
            found[line.pk] = " ".join(filter(None, [text, line.cap_reason]))
    return found


def balance(given: Iterable[Change], unit: int) -> str:
    """Whether it balances, in words."""
    rest = left(given)
    if rest < 0:
        return _("Too much given out: %(amount)s") % {"amount": amounts.euro(-rest, unit)}
    return _("Still to divide: %(amount)s") % {"amount": amounts.euro(rest, unit)}


def missing(alternative: Alternative, lines: Iterable[RoundLine], given: Changes) -> list[str]:
    """Why it can't be finished yet, in words; empty when it can."""
    unit = alternative.round.unit
    found = []
    if not any(change.change for change in given.values()):
        found.append(_("You have not changed anything yet."))
    if left(given.values()):
        goal = _("It can be finished when this is 0.")
        found.append(f"{balance(given.values(), unit)}. {goal}")
    for line in lines:
        if text := beyond([line], given, unit).get(line.pk):
            found.append(f"{line.name}: {text}")
    if alternative.confirmed_at is None:
        found.append(
            _("Your mail address has not been confirmed. Open the link in the mail that we sent you.")
        )
    return found
