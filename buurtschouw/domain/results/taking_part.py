"""From digital to physical: how many of who reported walked along afterwards, joined an idea, or took part elsewhere.

Counted are people, each once, by the participant that reported; who left no address can't be counted, and who was
forgotten by the retention is not counted any more. A walker enrolled in a walk after their first report, whether or
not they left since; who joined an idea confirmed that after it; somebody elsewhere enrolled in a trajectory of another
method after it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from buurtschouw.method import METHOD
from buurtschouw.models import Joining, Report, Schouw
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.dashboards.suppression import suppress
from trajecten.enums import EnrolmentStatus
from trajecten.models import Enrolment


@dataclass(frozen=True)
class Stage:
    """One way in which somebody who reported came along; None is too few people to be told."""

    label: str
    people: int | None


@dataclass(frozen=True)
class Funnel:
    """Who reported, and how many of them came along in which way. ``reporters`` is None where they are too few."""

    reporters: int | None
    stages: tuple[Stage, ...]

    @property
    def is_hidden(self) -> bool:
        return self.reporters is None or any(stage.people is None for stage in self.stages)

    def chart(self) -> BarTable:
        rows = [
            (_("Reported something"), self.reporters),
            *((stage.label, stage.people) for stage in self.stages),
        ]
        return BarTable(
            "digital-to-physical",
            _("Who reported and took part"),
            _("People"),
            (Series(_("people"), "plain"),),
            [BarRow(label, (_("too few to tell") if people is None else people,)) for label, people in rows],
        )


def funnel(schouw: Schouw | None = None) -> Funnel:
    """Counted for the reporters of one walk, or of the whole municipality, starting from the few who take part."""
    reports = Report.objects.filter(author__isnull=False)
    if schouw:
        reports = reports.filter(schouw=schouw)
    reporters = reports.order_by().values("author").distinct().count()
    counts = {
        _("Walked along afterwards"): _came_along(
            reports, _inside().filter(trajectory__method_key=METHOD.key)
        ),
        _("Joined an idea afterwards"): _joined(reports),
        _("Took part in something else afterwards"): _came_along(
            reports, _inside().exclude(trajectory__method_key=METHOD.key)
        ),
    }
    return Funnel(
        None if reporters and suppress({"all": reporters}).total is None else reporters,
        tuple(Stage(label, _told(number, reporters)) for label, number in counts.items()),
    )


def _told(number: int, reporters: int) -> int | None:
    """The number, unless it or the rest of the reporters is small."""
    shown = suppress({"came": number, "others": reporters - number})
    return shown.tables[0]["came"]


def _inside() -> QuerySet[Enrolment]:
    taking_part = (EnrolmentStatus.ACTIVE, EnrolmentStatus.LEFT)
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(status__in=taking_part, joined_at__isnull=False)
    return rows


def _joined(reports: QuerySet[Report]) -> int:
    joined = Joining.objects.filter(confirmed_at__gt=Subquery(_first_report(reports)))
    number: int = joined.order_by().values("participant").distinct().count()
    return number


def _came_along(reports: QuerySet[Report], inside: QuerySet[Enrolment]) -> int:
    """How many reporters are among these after their first report; read from the enrolments, which are few."""
    later = inside.filter(joined_at__gt=Subquery(_first_report(reports)))
    return later.order_by().values("participant").distinct().count()


def _first_report(reports: QuerySet[Report]) -> QuerySet[Report, Any]:
    """When the participant of a row reported first; nothing for who never did."""
    of_person = reports.filter(author=OuterRef("participant")).order_by().values("author")
    return of_person.annotate(first=Min("created_at")).values("first")
