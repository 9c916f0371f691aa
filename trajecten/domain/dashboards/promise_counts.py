"""Promises by what became of them: counted for any of them, and the columns in which dashboards draw them."""

from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten.charts import Series
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment
from trajecten.models.commitment import OPEN


@dataclass(frozen=True)
class Promises:
    """How many became what. ``late`` are open past their date, ``running`` the other open ones."""

    done: int = 0
    partly: int = 0
    broken: int = 0
    late: int = 0
    running: int = 0

    @property
    def all(self) -> int:
        return sum(astuple(self))

    @property
    def share_done(self) -> int | None:
        """How many percent of what is closed was done, also partly; None as long as nothing is closed."""
        closed = self.done + self.partly + self.broken
        return round(100 * (self.done + self.partly) / closed) if closed else None


def counted(promises: QuerySet[Commitment], *by: str) -> list[tuple[Any, ...]]:
    """Those of each group, by the fields that are named: their values, and ``Promises``; in one statement."""
    waiting, today = Q(status__in=sorted(OPEN)), timezone.localdate()
    rows = (
        promises.order_by()
        .values_list(*by)
        .annotate(
            done=Count("pk", filter=Q(status=CommitmentStatus.DONE)),
            partly=Count("pk", filter=Q(status=CommitmentStatus.PARTLY)),
            broken=Count("pk", filter=Q(status=CommitmentStatus.BROKEN)),
            late=Count("pk", filter=waiting & Q(deadline__lt=today)),
            running=Count("pk", filter=waiting & Q(deadline__gte=today)),
        )
    )
    return [(*row[: len(by)], Promises(*row[len(by) :])) for row in rows]


def series() -> tuple[Series, ...]:
    """The columns of a chart of promises, in the order of ``Promises``."""
    return (
        Series(_("done"), "good"),
        Series(_("partly"), "part"),
        Series(_("broken"), "bad"),
        Series(pgettext("promises", "too late"), "late"),
        Series(pgettext("promises", "running"), "open"),
    )
