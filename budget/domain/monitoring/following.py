"""The lines of the residents' alternative at the council, each with how its money goes; read for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from budget.domain.monitoring import books
from budget.domain.monitoring.books import Books
from budget.domain.monitoring.reckoning import Reckoned, reckon
from budget.enums import Basis, Period, Signal
from budget.models import Alert, AmendmentLine, RoundLine, SpendingReport
from trajecten.domain.council import decisions
from trajecten.enums import LineDecision
from trajecten.models import Commitment, CouncilLine, Municipality, Trajectory

# What asks for a look comes first.
URGENCY = (Signal.OVER, Signal.UNDER, Signal.NONE, Signal.EARLY, Signal.ON_COURSE)


@dataclass(frozen=True)
class Followed:
    """One line, with the reports of officials (oldest first) and the signals that it had (newest first).

    ``own`` is reckoned from the bookings of this amount itself, ``field`` from the figures of the whole task field or
    programme. The first counts where it is there: a whole field can go well while this amount does not. ``tells`` is
    False where plan and figures are there, but don't both tell of this programme.
    """

    line: AmendmentLine
    reports: tuple[SpendingReport, ...]
    alerts: tuple[Alert, ...]
    own: Reckoned | None
    field: Reckoned | None
    tells: bool = True

    @property
    def point(self) -> CouncilLine:
        return self.line.council_line

    @property
    def own_words(self) -> str:
        """How the council adopted it in other words, if it did."""
        return decisions.own_words(self.point)

    @property
    def about(self) -> RoundLine:
        return self.line.outcome_line.line

    @property
    def promise(self) -> Commitment | None:
        return self.point.commitment

    @property
    def year(self) -> int:
        return year_of(self.line)

    @property
    def adopted(self) -> int:
        return self.point.adopted_amount or 0

    @property
    def is_followed(self) -> bool:
        return bool(self.adopted)

    @property
    def is_cut(self) -> bool:
        """Whether the council adopted less money."""
        return self.adopted < 0

    @property
    def is_decided(self) -> bool:
        return self.point.decision != LineDecision.PENDING

    @property
    def basis(self) -> Basis | None:
        if self.own:
            return Basis.OWN
        return Basis.FIELD if self.field else None

    @property
    def reckoned(self) -> Reckoned | None:
        """What the signal is from."""
        return self.own or self.field

    @property
    def is_untold(self) -> bool:
        """Whether nothing is known, although there are figures."""
        return self.is_followed and self.reckoned is None and not self.tells

    @property
    def signal(self) -> Signal:
        return self.reckoned.signal if self.reckoned else Signal.NONE

    @property
    def report(self) -> SpendingReport | None:
        """The report that counts."""
        return newest(self.reports)


def year_of(line: AmendmentLine) -> int:
    """The year of the budget that the amount was asked in."""
    year: int = line.outcome_line.line.round.budget.year
    return year


def newest(reports: Iterable[SpendingReport]) -> SpendingReport | None:
    """The report over the newest period; of that the last."""
    return max(reports, key=lambda report: (report.period, report.pk), default=None)


def lines() -> QuerySet[AmendmentLine]:
    """Every line that was handed in, with all that is told of it."""
    found: QuerySet[AmendmentLine] = AmendmentLine.objects.select_related(
        "council_line__item",
        "council_line__commitment__owner",
        "council_line__commitment__owner_participant",
        "council_line__commitment__trajectory__coordinator",
        "outcome_line__line__round__budget",
        "outcome_line__line__round__trajectory",
    )
    return found.order_by(
        "outcome_line__line__round__trajectory", "council_line__item", "council_line__number"
    )


def of_trajectory(trajectory: Trajectory) -> QuerySet[AmendmentLine]:
    return lines().filter(outcome_line__line__round__trajectory=trajectory)


def adopted(rows: QuerySet[AmendmentLine]) -> QuerySet[AmendmentLine]:
    """Those of which the council adopted something: they are followed."""
    return rows.filter(council_line__adopted_amount__isnull=False).exclude(council_line__adopted_amount=0)


def follow(
    rows: Iterable[AmendmentLine], municipality: Municipality, *, known: Books | None = None
) -> list[Followed]:
    """These lines with how they go, in as many statements for one as for many. ``known`` are books read before."""
    found = list(rows)
    read = known or books.read(municipality, {year_of(line) for line in found})
    reports, alerts = _reports(found), _alerts(found)
    return [_followed(line, read, reports[line.pk], alerts[line.pk]) for line in found]


def by_urgency(followed: Iterable[Followed]) -> list[Followed]:
    """Signals first; of those what is seen in the amount itself before a whole field, and the largest deviation."""

    def key(one: Followed) -> tuple[int, bool, int]:
        deviation = abs(one.reckoned.deviation) if one.reckoned else 0
        return URGENCY.index(one.signal), one.own is None, -deviation

    return sorted(followed, key=key)


def _followed(
    line: AmendmentLine, read: Books, reports: list[SpendingReport], alerts: list[Alert]
) -> Followed:
    of_year = [report for report in reports if report.year == year_of(line)]
    last, adopted_amount = newest(of_year), line.council_line.adopted_amount
    about, own, field = line.outcome_line.line, None, None
    if adopted_amount:
        if last:
            own = reckon(plan=adopted_amount, spent=last.spent, period=Period(last.period), is_own=True)
        field = read.reckoned(year_of(line), about.code, about.kind)
    tells = field is not None or read.tell(year_of(line), about.code, about.kind)
    return Followed(line, tuple(of_year), tuple(alerts), own, field, tells)


def _reports(found: list[AmendmentLine]) -> dict[int, list[SpendingReport]]:
    made: dict[int, list[SpendingReport]] = defaultdict(list)
    for report in SpendingReport.objects.filter(line__in=found).select_related("by").order_by("pk"):
        made[report.line_id].append(report)
    return made


def _alerts(found: list[AmendmentLine]) -> dict[int, list[Alert]]:
    given: dict[int, list[Alert]] = defaultdict(list)
    for alert in Alert.objects.filter(line__in=found).order_by("-pk"):
        given[alert.line_id].append(alert)
    return given
