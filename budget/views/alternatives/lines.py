"""The lines of a round as a page shows them to who makes an alternative."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from budget.domain.alternatives import amounts, judging
from budget.domain.alternatives.judging import Change, Changes
from budget.enums import LineKind
from budget.forms.alternatives import ChangesForm
from budget.iv3 import codes, names
from budget.models import Round, RoundLine
from trajecten import money


@dataclass(frozen=True)
class Moved:
    """One line in words: from what, to what, and why."""

    line: RoundLine
    change: Change
    unit: int
    inhabitants: int

    @property
    def now(self) -> str:
        return amounts.euro(self.line.baseline, self.unit)

    @property
    def becomes(self) -> str:
        return amounts.euro(self.line.baseline + self.change.change, self.unit)

    @property
    def by(self) -> str:
        return amounts.change(self.change.change, self.unit)

    @property
    def percent(self) -> str:
        """The change as a part of the line, with its sign: "−4,2%"."""
        part = amounts.percent(self.change.change, self.line.baseline)
        return f"{money.sign(part)}{number_format(abs(part), decimal_pos=1, force_grouping=True)}%"

    @property
    def each(self) -> str:
        """The change per inhabitant, with its sign: "− € 3,22"; empty where those are not known."""
        if not self.inhabitants:
            return ""
        return money.change_in_cents(Decimal(self.change.change * self.unit) / self.inhabitants)


@dataclass(frozen=True)
class Row(Moved):
    """A line of the editor, with its fields. ``theirs`` is what was kept elsewhere, after a conflict."""

    amount: BoundField
    reason: BoundField
    theirs: Change | None

    @property
    def step(self) -> int:
        return amounts.step(self.line.baseline)

    @property
    def floor(self) -> str:
        return amounts.euro(self.line.floor, self.unit)

    @property
    def cap(self) -> str:
        return amounts.euro(self.line.cap, self.unit)

    @property
    def is_fixed(self) -> bool:
        return bool(self.line.floor == self.line.cap)

    @property
    def theirs_amount(self) -> str:
        return amounts.euro(self.line.baseline + self.theirs.change, self.unit) if self.theirs else ""


@dataclass(frozen=True)
class Group:
    """Lines of one main field; ``name`` is empty where lines have none, such as programmes."""

    name: str
    rows: list[Row]


def groups(form: ChangesForm, given: Changes, inhabitants: int, theirs: Changes | None = None) -> list[Group]:
    """The lines in their order, with a heading for each main field where they are task fields."""
    found: list[Group] = []
    for row in _rows(form, given, inhabitants, theirs):
        name = _theme(row.line)
        if not found or found[-1].name != name:
            found.append(Group(name, []))
        found[-1].rows.append(row)
    return found


def _theme(line: RoundLine) -> str:
    return str(names.name(codes.main(line.code))) if line.kind == LineKind.FIELD else ""


def _rows(form: ChangesForm, given: Changes, inhabitants: int, theirs: Changes | None) -> Iterator[Row]:
    for line in form.lines:
        mine = given.get(line.pk, Change())
        other = theirs.get(line.pk, Change()) if theirs is not None else None
        yield Row(
            line=line,
            change=mine,
            unit=form.unit,
            inhabitants=inhabitants,
            amount=form[f"amount-{line.pk}"],
            reason=form[f"reason-{line.pk}"],
            theirs=other if other is not None and other != mine else None,
        )


def moved(found: Round, given: Changes, inhabitants: int) -> list[Moved]:
    """What changes, what gets most first."""
    lines: Iterable[RoundLine] = found.lines.all()
    rows = [
        Moved(line, given[line.pk], found.unit, inhabitants)
        for line in lines
        if line.pk in given and given[line.pk].change
    ]
    return sorted(rows, key=lambda row: -row.change.change)


def total(rows: Iterable[Moved], unit: int) -> str:
    """How much is shifted in all."""
    return _("You shift %(amount)s.") % {
        "amount": amounts.euro(sum(row.change.change for row in rows if row.change.change > 0), unit)
    }


def balance(given: Changes, unit: int) -> str:
    """Whether it balances, in words."""
    return judging.balance(given.values(), unit)
