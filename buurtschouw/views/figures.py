"""The figures of a municipality: for its officials, with files, and for everybody."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import View

from buurtschouw.domain.results.report import TIMES, solved, times
from buurtschouw.domain.results.taking_part import Funnel, funnel
from buurtschouw.domain.statistics import tables
from buurtschouw.domain.statistics.figures import Figures
from buurtschouw.domain.statistics.tables import Row, Table
from buurtschouw.domain.statistics.tally import MEDIAN, NINETY, Tally
from buurtschouw.enums import Measure
from buurtschouw.forms.figures import FiguresForm
from buurtschouw.models import Counted
from trajecten.domain.tables import Column
from trajecten.figures import Figure
from trajecten.views.access import StaffMixin
from trajecten.views.tables import TableFile


class FiguresMixin(StaffMixin):
    """Reads the filter. An adviser sees the figures of the walk that is filtered on, if it is theirs."""

    permission = "buurtschouw.view_report"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = FiguresForm(self.request.GET)
        return self.form.walk or self.request.municipality

    def tables(self) -> tuple[Figures, list[Table]]:
        if self.form.walk:
            found, period = tables.of_walk(self.form.walk)
        else:
            period = self.form.asked()
            found = tables.of_period(period)
        return found, tables.tables(found, period)


class FiguresView(FiguresMixin, View):
    """How much came in, how fast it was answered and done, whether it was solved, and who came along."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found, made = self.tables()
        context = {
            "form": self.form,
            "query": self.form.query(),
            "schouw": self.form.walk,
            "counted_at": Counted.objects.values_list("at", flat=True).first(),
            "figures": _figures(found.all),
            "sections": [
                {**_section(table), "query": self.form.query(by=table.key)} for table in made if table.rows
            ],
            "funnel": _shown(funnel(self.form.walk)),
        }
        return render(request, "buurtschouw/figures/staff.html", context)


def _section(table: Table, *, for_everybody: bool = False) -> dict[str, Any]:
    return {
        "table": table,
        "charts": [tables.volume_chart(table), tables.time_chart(table, for_everybody=for_everybody)],
    }


def _figures(tally: Tally, *, for_everybody: bool = False) -> list[Figure]:
    told = {measure: tables.is_told(tally, measure, for_everybody=for_everybody) for measure in Measure}
    return [
        Figure(_("Received"), tally.received),
        Figure(_("Answered"), tally.answered),
        Figure(_("Done"), tally.done),
        *(times(label, tally, measure, is_told=told[measure]) for label, measure in TIMES),
        solved(tally, is_told=told[Measure.VERDICT]),
    ]


def _shown(found: Funnel) -> dict[str, Any]:
    return {"chart": found.chart(), "is_hidden": found.is_hidden}


def _days(measure: Measure, share: float) -> Any:
    """In working days with one decimal, as the page says it."""

    def value(row: Row) -> float | None:
        days = row.tally.days(measure, share)
        return None if days is None else round(days, 1)

    return value


class FiguresFile(FiguresMixin, TableFile):
    """One of the tables, by ``by`` of the address; the themes when nothing that exists is asked."""

    name = gettext_lazy("Figures")
    columns = (
        Column(gettext_lazy("About"), lambda row: row.label),
        Column(gettext_lazy("Received"), lambda row: row.tally.received),
        Column(gettext_lazy("Answered"), lambda row: row.tally.answered),
        Column(gettext_lazy("Done"), lambda row: row.tally.done),
        Column(gettext_lazy("First answer, median in working days"), _days(Measure.ANSWERED, MEDIAN)),
        Column(
            gettext_lazy("First answer, 90th percentile in working days"), _days(Measure.ANSWERED, NINETY)
        ),
        Column(gettext_lazy("Done, median in working days"), _days(Measure.DONE, MEDIAN)),
        Column(gettext_lazy("Done, 90th percentile in working days"), _days(Measure.DONE, NINETY)),
        Column(gettext_lazy("Verdicts of reporters"), lambda row: row.tally.verdicts),
        Column(gettext_lazy("Solved, say reporters, in percent"), lambda row: row.solved),
    )

    def rows(self) -> Iterable[Row]:
        _found, made = self.tables()
        wanted = self.request.GET.get("by", "")
        return next((table for table in made if table.key == wanted), made[0]).rows


@require_safe
def public_figures(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The same for everybody, without the ways in, and without times and shares that few reports make."""
    form = FiguresForm(request.GET)
    if form.walk:
        found, period = tables.of_walk(form.walk)
    else:
        period = form.asked()
        found = tables.of_period(period)
    made = tables.tables(found, period, for_everybody=True)
    context = {
        "form": form,
        "query": form.query(),
        "schouw": form.walk,
        "counted_at": Counted.objects.values_list("at", flat=True).first(),
        "figures": _figures(found.all, for_everybody=True),
        "sections": [_section(table, for_everybody=True) for table in made if table.rows],
    }
    return render(request, "buurtschouw/figures/public.html", context)
