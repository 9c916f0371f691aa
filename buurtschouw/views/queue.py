"""The handler's queue: the figures, the list and the map of one and the same filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View

from buurtschouw.domain import service, todo
from buurtschouw.domain.forwarding import finding
from buurtschouw.domain.mapping import viewport
from buurtschouw.domain.queries import figures, queue
from buurtschouw.domain.queries.figures import QueueFigures, WaitingFigures
from buurtschouw.forms.overview import ViewportForm
from buurtschouw.forms.queue import QueueFilterForm
from buurtschouw.method import MAX_BULK
from buurtschouw.models import Report
from buurtschouw.views.mapping import Told, as_geojson, renewed
from trajecten.figures import Figure
from trajecten.models import Municipality, User
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A report with what the list says of it."""

    report: Report
    url: str
    todo: todo.Todo
    tag: todo.Tag


class QueueMixin(StaffMixin):
    """Reads the filter. An adviser sees the queue of the schouw that is filtered on, if it is theirs."""

    permission = "buurtschouw.view_report"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.form = QueueFilterForm(self.request.GET)
        self.asked = self.form.asked()
        return self.asked.schouw or self.request.municipality

    def reports(self) -> Any:
        return queue.reports(asked=self.asked, user=self.request.user).with_names()


class QueueView(QueueMixin, TemplateView):
    template_name = "buurtschouw/staff/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug = self.request.municipality.slug
        paginator = LongPaginator(self.reports(), PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        query = self.form.query()
        on_map = self.form.cleaned_data.get("view") == "map"
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "page": page,
            "rows": _rows(page, slug),
            "query": query,
            "row_query": self.form.query(page=str(page.number) if page.number > 1 else ""),
            "title": _title(paginator),
            "figures": self._figures(),
            "on_map": on_map,
            "list_query": self.form.query(view=""),
            "map_query": self.form.query(view="map"),
            "geojson_url": f"{reverse('buurtschouw:queue-geojson', kwargs={'gemeente': slug})}?{query}",
            "sorting": self._sorting(),
            "may_answer": self.request.user.has_perm("buurtschouw.answer_report", self.request.municipality),
            "chosen_filter": parse_qsl(query),
            "all_count": min(paginator.count, MAX_BULK),
            "all_are_capped": paginator.count > MAX_BULK,
            "filter_is_open": self.form.is_narrowed or bool(self.form.ignored),
        }

    def _figures(self) -> list[Figure]:
        """What went wrong first, then what is new, what lies with this official, and how the work is judged.

        Of one walk only the figures of everybody show.
        """
        counted, is_all = figures.of_queue(self.asked.schouw), not self.asked.schouw
        return [
            *_to_do(counted, self._list_url()),
            *([_assigned(self.request.user, self.request.path)] if is_all else []),
            *(_tasks(self.request.user, self.request.path) if is_all else []),
            *_waiting(figures.waiting_for_reporters(self.asked.schouw), self._list_url()),
            *(_elsewhere(self.request.municipality) if is_all else []),
            _solved(counted, self._list_url()),
            *(_by_teams(self.request.user, self.request.municipality) if is_all else []),
        ]

    def _list_url(self) -> str:
        """The queue, of the schouw that is filtered on; it ends where further parts of a filter can follow."""
        schouw = f"schouw={self.asked.schouw.pk}&" if self.asked.schouw else ""
        return f"{self.request.path}?{schouw}"

    def _sorting(self) -> dict[str, dict[str, str]]:
        """For each column: its address, empty where it can't be sorted on, and the direction it is sorted in."""
        now = self.asked.sorted_by
        return {
            "reported": {
                "query": self.form.query(order="oldest" if now == "newest" else "newest"),
                "direction": {"newest": "descending", "oldest": "ascending"}.get(now, ""),
            },
            "term": {
                "query": self.form.query(order="urgent") if self.asked.has_urgency else "",
                "direction": "ascending" if now == "urgent" else "",
            },
            "supports": {
                "query": self.form.query(order="supports"),
                "direction": "descending" if now == "supports" else "",
            },
        }


def _rows(page: Iterable[Report], slug: str) -> list[Row]:
    return [
        Row(
            report,
            reverse("buurtschouw:report", kwargs={"gemeente": slug, "number": report.pk}),
            todo.todo(report),
            todo.tag(report),
        )
        for report in page
    ]


def _title(paginator: LongPaginator) -> str:
    if paginator.has_more:
        return _("More than %(n)s reports") % {"n": paginator.limit}
    return ngettext("%(n)d report", "%(n)d reports", paginator.count) % {"n": paginator.count}


def _to_do(counted: QueueFigures, list_url: str) -> list[Figure]:
    """What asks for an answer, each with its meaning and its list."""
    waits = _("somebody waits for an answer") if counted.overdue else _("everybody heard in time")
    return [
        Figure(
            _("Over the term"),
            counted.overdue,
            f"{list_url}term=overdue",
            waits,
            "bad" if counted.overdue else "",
        ),
        Figure(
            _("Back from the reporter"),
            counted.returned,
            f"{list_url}status=returned",
            _("“not solved”, or with an answer"),
            "bad" if counted.returned else "",
        ),
        Figure(_("New"), counted.new, f"{list_url}status=new&order=oldest", _oldest(counted.oldest_new_days)),
    ]


def _assigned(user: User, path: str) -> Figure:
    count = figures.assigned(user)
    note = ngettext("open report", "open reports", count)
    return Figure(_("Assigned to you"), count, f"{path}?mine=on", note)


def _tasks(user: User, path: str) -> list[Figure]:
    """Nothing for who has no task."""
    count = figures.with_task_of(user)
    if not count:
        return []
    note = ngettext(
        "report with a task of you or your team", "reports with a task of you or your team", count
    )
    return [Figure(ngettext("Task for you", "Tasks for you", count), count, f"{path}?tasks=on", note)]


def _waiting(counted: WaitingFigures, list_url: str) -> list[Figure]:
    """Nothing while nobody was asked anything."""
    if not counted.waiting:
        return []
    silent = ngettext("%(n)d without an answer in time", "%(n)d without an answer in time", counted.silent)
    url = f"{list_url}status=waiting"
    return [Figure(_("Waiting for the reporter"), counted.waiting, url, silent % {"n": counted.silent})]


def _elsewhere(municipality: Municipality) -> list[Figure]:
    """What other systems have without an end; nothing while there is none."""
    waiting = finding.waiting()
    if not waiting.count:
        return []
    url = reverse("buurtschouw:forwards", kwargs={"gemeente": municipality.slug})
    note = ngettext("the oldest since %(n)d day", "the oldest since %(n)d days", waiting.oldest_days or 0)
    words = note % {"n": waiting.oldest_days} if waiting.oldest_days else _("the oldest since today")
    return [Figure(_("Forwarded, no end yet"), waiting.count, f"{url}?group=live", words)]


def _solved(counted: QueueFigures, list_url: str) -> Figure:
    share = "–" if counted.solved_share is None else f"{counted.solved_share}%"
    url = f"{list_url}status=judged&order=newest"
    return Figure(_("Solved, say reporters"), share, url, _verdicts(counted.verdicts))


def _by_teams(user: User, municipality: Municipality) -> list[Figure]:
    """How the teams of this official answer; nothing while there is nothing to judge."""
    share = service.share_of(user, municipality=municipality)
    return (
        [] if share is None else [Figure(_("Your teams answer in time"), f"{share}%", note=_("in 90 days"))]
    )


def _oldest(days: int | None) -> str:
    if days is None:
        return _("everything has been read")
    if days == 0:
        return _("the oldest is of today")
    return ngettext("the oldest waits %(n)d day", "the oldest waits %(n)d days", days) % {"n": days}


def _verdicts(count: int) -> str:
    if not count:
        return _("no verdicts in the last 90 days")
    return ngettext("%(n)d verdict in 90 days", "%(n)d verdicts in 90 days", count) % {"n": count}


@method_decorator([renewed, cache_control(no_cache=True, private=True)], name="dispatch")
class QueueGeoJsonView(QueueMixin, View):
    """The reports of the filter in the view of a map, as ``mapping.reports_geojson`` has them."""

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        where = ViewportForm(request.GET).asked()
        rows = queue.reports(asked=self.asked, user=request.user)
        found = viewport.look(rows=rows, counting=self.asked.counting, **where)
        list_url = reverse("buurtschouw:queue", kwargs={"gemeente": gemeente})
        return as_geojson(found, _told, list_url)


def _told(report: Report) -> Told:
    tag = todo.tag(report)
    tones = {"danger": "bad", "warning": "late", "success": "good"}
    return Told(report.title, tag.text, tones.get(tag.tone, "new" if report.status == "new" else "open"))
