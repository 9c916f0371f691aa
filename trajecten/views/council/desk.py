"""The clerk's first page: what is coming, what waits to be entered, what was decided, and proposed matches."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from trajecten.charts import BarRow, BarTable, Series, Tone
from trajecten.domain.agenda import matching
from trajecten.domain.council import queries
from trajecten.domain.council.queries import Figures
from trajecten.enums import CouncilStatus
from trajecten.figures import Figure
from trajecten.forms.council.filters import DeskFilterForm
from trajecten.models import AgendaItem
from trajecten.views.access import StaffMixin
from trajecten.views.council import showing
from trajecten.views.paging import LongPaginator

PER_PAGE = 50
MAX_MATCHES = 5
TONES: dict[str, Tone] = {
    CouncilStatus.ADOPTED: "good",
    CouncilStatus.PARTLY: "part",
    CouncilStatus.REJECTED: "bad",
}


class DeskView(StaffMixin, TemplateView):
    """Every official of the municipality reads it; clerk and coordinator act."""

    template_name = "trajecten/council/staff/desk.html"
    permission = "trajecten.view_councilitem"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DeskFilterForm(self.request.GET, years=queries.years())
        asked = form.asked()
        paginator = LongPaginator(queries.items(asked), PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        matches = list(matching.proposals()[: MAX_MATCHES + 1])
        year = timezone.localdate().year
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "state": asked.state,
            "page": page,
            "rows": [showing.row(item) for item in page],
            "query": form.query(),
            "title": _title(paginator),
            "figures": _figures(queries.figures(), self.request.path, year),
            "matches": [match_row(match) for match in matches[:MAX_MATCHES]],
            "has_more_matches": len(matches) > MAX_MATCHES,
            "decided": _decided(queries.decided_in(year), year),
            "year": year,
            "may_change": self.request.user.has_perm(
                "trajecten.change_councilitem", self.request.municipality
            ),
        }


def match_row(agenda_item: AgendaItem) -> dict[str, Any]:
    """An agenda item with the council item that it looks like."""
    return {"agenda_item": agenda_item, "item": agenda_item.match}


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)s items") % {"n": paginator.limit}
    return ngettext("%(n)d item", "%(n)d items", paginator.count) % {"n": paginator.count}


def _figures(figures: Figures, path: str, year: int) -> list[Figure]:
    return [
        Figure(
            _("Outcome to be entered"),
            figures.enter,
            f"{path}?state=enter",
            _("the date has passed") if figures.enter else _("everything has been entered"),
            "now" if figures.enter else "",
        ),
        Figure(_("Coming"), figures.coming, f"{path}?state=coming", _("with a date")),
        Figure(_("Without a date"), figures.undated, f"{path}?state=undated", _oldest(figures)),
        Figure(
            _("Decided this year"),
            figures.decided,
            f"{path}?state=decided&year={year}",
            _("with the reasons"),
        ),
    ]


def _oldest(figures: Figures) -> str:
    if figures.oldest_undated is None:
        return _("everything has a date")
    days = (timezone.localdate() - figures.oldest_undated).days
    return ngettext("the oldest waits %(n)d day", "the oldest waits %(n)d days", days) % {"n": days}


def _decided(counts: dict[str, int], year: int) -> BarTable | None:
    """What was decided, by outcome; None when nothing was."""
    rows = [
        BarRow(capfirst(CouncilStatus(status).label), (count,), tone=TONES[status])
        for status, count in counts.items()
    ]
    caption = _("Decisions of %(year)s") % {"year": year}
    series = (Series(_("Number of items"), "plain"),)
    return BarTable("decided", caption, _("Outcome"), series, rows) if any(counts.values()) else None
