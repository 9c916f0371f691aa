"""Which programmes have to do with the chosen themes, by the money: their part of a task field x what it costs.

The figures are those of the newest budget that was loaded; without one only the parts are told. A line that names a
programme is that programme's alone. A part of "6.7" is one of "6.711" too, and a part of that comes on top
(``programmes.parts``). What only moves between years counts nowhere, and of a programme the last entry.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from budget.enums import BudgetKind
from budget.iv3 import codes
from budget.models import Budget, BudgetLine, Programme, ProgrammeChoice, Theme
from trajecten.models import Trajectory


@dataclass(frozen=True)
class Line:
    """What is spent on one task field, in euro; ``programme`` where the line names one. ``is_named`` says that the
    figures name programmes, if not of this line."""

    task_field: str
    programme: str
    expenditure: int
    is_named: bool = False


@dataclass(frozen=True)
class Taken:
    """Which part of a task field a programme takes, from 0 to 1, and what that is in euro; None without figures."""

    task_field: str
    share: Decimal
    amount: int | None


@dataclass(frozen=True)
class Relevant:
    """A programme within a theme. ``part`` is of all money of the theme, from 0 to 1; both None without figures."""

    programme: Programme
    taken: tuple[Taken, ...]
    amount: int | None
    part: float | None


@dataclass(frozen=True)
class OfTheme:
    """A chosen theme, what is spent on it, and the programmes that take part of that, the most money first.

    One that was hidden after it was chosen too, for programmes follow from it: pages call it by its ``public_title``.
    """

    theme: Theme
    amount: int | None
    programmes: tuple[Relevant, ...]


@dataclass(frozen=True)
class Proposal:
    """What the machine proposes, with what was chosen of it, by the key of the programme."""

    budget: Budget | None
    themes: tuple[OfTheme, ...]
    choices: Mapping[int, ProgrammeChoice]

    @property
    def programmes(self) -> list[Programme]:
        """Each programme once, in the order of its number."""
        found = {each.programme.pk: each.programme for theme in self.themes for each in theme.programmes}
        return sorted(found.values(), key=lambda programme: (len(programme.code), programme.code))

    def themes_of(self, programme: Programme) -> list[Theme]:
        """The chosen themes to which this programme is relevant."""
        return [
            each.theme
            for each in self.themes
            if any(relevant.programme.pk == programme.pk for relevant in each.programmes)
        ]


def newest_budget(trajectory: Trajectory) -> Budget | None:
    """The newest planned figures of this municipality; after changes, where there are such of that year."""
    planned = Budget.objects.filter(
        municipality=trajectory.municipality_id,
        is_current=True,
        kind__in=[BudgetKind.PRIMITIVE, BudgetKind.AMENDED],
    )
    found: Budget | None = planned.order_by("-year", "kind").first()
    return found


def proposal(trajectory: Trajectory) -> Proposal:
    """In six statements, however many programmes and themes."""
    budget = newest_budget(trajectory)
    lines = _lines(budget) if budget else []
    themes = Theme.objects.filter(trajectory=trajectory, is_chosen=True)
    rows = ProgrammeChoice.objects.filter(trajectory=trajectory).select_related("programme")
    choices = {choice.programme_id: choice for choice in rows.prefetch_related("themes")}
    programmes = _newest(_programmes(trajectory, budget), choices)
    return Proposal(budget, tuple(_of_theme(theme, programmes, lines) for theme in themes), choices)


def _newest(rows: QuerySet[Programme], chosen: Container[int]) -> list[Programme]:
    """Of each number the last entry, and another one only where it was chosen."""
    found = list(rows.order_by("from_year").prefetch_related("shares"))
    last = {programme.code: programme for programme in found}
    return [each for each in found if each is last[each.code] or each.pk in chosen]


def _lines(budget: Budget) -> list[Line]:
    rows = BudgetLine.objects.filter(budget=budget).exclude(task_field__in=codes.BELOW_MAIN)
    rows = rows.order_by("task_field", "programme")
    grouped = list(rows.values_list("task_field", "programme").annotate(amount=Sum("expenditure")))
    is_named = any(programme for _field, programme, _amount in grouped)
    return [Line(field, programme, amount, is_named) for field, programme, amount in grouped]


def _programmes(trajectory: Trajectory, budget: Budget | None) -> QuerySet[Programme]:
    year = budget.year if budget else timezone.localdate().year
    still = Q(until_year__isnull=True) | Q(until_year__gte=year)
    rows: QuerySet[Programme] = Programme.objects.filter(still, municipality=trajectory.municipality_id)
    return rows.filter(from_year__lte=year)


def _of_theme(theme: Theme, programmes: Sequence[Programme], lines: Sequence[Line]) -> OfTheme:
    within = [line for line in lines if _is_within(line.task_field, theme.task_fields)]
    total = sum(line.expenditure for line in within) if within else None
    found = [
        each for each in (_relevant(programme, theme, within, total) for programme in programmes) if each
    ]
    found.sort(key=lambda each: (-(each.amount or 0), each.programme.code))
    return OfTheme(theme, total, tuple(found))


def _is_within(code: str, wanted: Iterable[str]) -> bool:
    return not set(codes.chain(code)).isdisjoint(wanted)


def _relevant(
    programme: Programme, theme: Theme, within: Sequence[Line], total: int | None
) -> Relevant | None:
    shares = {share.task_field: share.share for share in programme.shares.all()}
    if not within:
        return _without_figures(programme, theme, shares)
    taken = [
        Taken(line.task_field, share, round(share * line.expenditure))
        for line in within
        if (share := part_of(line, programme.code, shares))
    ]
    if not taken:
        return None
    amount = sum(each.amount or 0 for each in taken)
    return Relevant(programme, tuple(taken), amount, amount / total if total else None)


def part_of(line: Line, programme: str, shares: Mapping[str, Decimal]) -> Decimal:
    """Which part of this line is the programme's: by its own name where the figures name programmes, else by all its
    shares (``programmes.parts``)."""
    if line.is_named:
        return Decimal(line.programme == programme)
    return sum((shares.get(code, Decimal()) for code in codes.chain(line.task_field)), Decimal())


def _without_figures(programme: Programme, theme: Theme, shares: Mapping[str, Decimal]) -> Relevant | None:
    taken = tuple(
        Taken(code, share, None)
        for code, share in shares.items()
        if _is_within(code, theme.task_fields)
        or any(_is_within(wanted, [code]) for wanted in theme.task_fields)
    )
    return Relevant(programme, taken, None, None) if taken else None
