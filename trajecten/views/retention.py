"""How long records are kept, what goes soon, and what went."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from trajecten import registry
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.retention import running
from trajecten.domain.retention.running import Forecast
from trajecten.domain.tables import Column
from trajecten.models import RetentionRun
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import CHUNK, TableFile

PER_PAGE = 30


class RetentionView(StaffMixin, TemplateView):
    permission = "trajecten.manage_municipality"
    template_name = "trajecten/retention/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = LongPaginator(runs(), PER_PAGE, self.request.GET.get("page")).shown()
        return {
            **super().get_context_data(**kwargs),
            "goes": chart(running.forecasts(self.request.municipality)),
            "page": page,
            "went": [{"name": name_of(row), "row": row} for row in page],
        }


def runs() -> Any:
    """What went of each kind each night, the last night first."""
    return RetentionRun.objects.order_by("-on", "kind")


def name_of(run: RetentionRun) -> str:
    """The kind of record in words; its key once no app keeps it any more."""
    names = {rule.key: rule.name for rule in registry.retention()}
    return capfirst(names.get(run.kind, run.kind))


def chart(forecasts: Iterable[Forecast]) -> BarTable:
    """What of each kind goes in the next run, and what in the days after that."""
    series = (
        Series(_("Kept (days)"), "plain", drawn=False),
        Series(_("Tonight"), "late"),
        Series(_("After that, within 30 days"), "open"),
    )
    return BarTable("goes", _("What goes"), _("Kind"), series, [_row(forecast) for forecast in forecasts])


def _row(forecast: Forecast) -> BarRow:
    note = str(forecast.rule.what_goes)
    if forecast.first_on:
        first = _("the first on %(day)s") % {"day": date_format(forecast.first_on, "j F Y")}
        note = f"{note}; {first}"
    numbers = (forecast.days, forecast.now, max(0, forecast.ahead - forecast.now))
    return BarRow(capfirst(forecast.rule.name), numbers, note=note)


class WentFile(StaffMixin, TableFile):
    """What went, to account for it."""

    permission = "trajecten.manage_municipality"
    name = gettext_lazy("What went")
    columns = (
        Column(gettext_lazy("Night of"), lambda row: row.on),
        Column(gettext_lazy("Kind"), name_of),
        Column(gettext_lazy("Kept (days)"), lambda row: row.days),
        Column(gettext_lazy("How many"), lambda row: row.count),
    )

    def rows(self) -> Iterable[RetentionRun]:
        found: Iterable[RetentionRun] = runs().iterator(chunk_size=CHUNK)
        return found
