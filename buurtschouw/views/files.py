"""The lists of reports as files: the queue for officials, and what everybody may read."""

from collections.abc import Iterable

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from buurtschouw.domain import todo
from buurtschouw.domain.queries import public, walks
from buurtschouw.forms.overview import PublicFilterForm
from buurtschouw.models import Report, Schouw
from buurtschouw.views.queue import QueueMixin
from trajecten.domain.tables import Column
from trajecten.views.access import StaffMixin
from trajecten.views.tables import CHUNK, TableFile, csv_response
from trajecten.views.trajectories.columns import person, step

# What both lists tell of a report.
ABOUT = (
    Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    Column(gettext_lazy("Theme"), lambda row: row.category.name),
    Column(gettext_lazy("Neighbourhood"), lambda row: row.area.name if row.area else ""),
    Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
    Column(gettext_lazy("Reported on"), lambda row: row.created_at),
    Column(gettext_lazy("First answer on"), lambda row: row.first_answer_at),
    Column(gettext_lazy("Finished on"), lambda row: row.closed_at),
    Column(gettext_lazy("Support"), lambda row: row.supports),
    Column(gettext_lazy("Trajectory"), lambda row: row.trajectory.title),
)
NUMBER = Column(gettext_lazy("Number"), lambda row: row.pk)
QUEUE = (
    NUMBER,
    Column(pgettext_lazy("what a resident wrote", "Words"), lambda row: row.text),
    Column(gettext_lazy("Answers to questions"), lambda row: _said(row)),
    Column(gettext_lazy("Place"), lambda row: row.address),
    *ABOUT,
    Column(gettext_lazy("What to do"), lambda row: todo.todo(row).act),
    Column(gettext_lazy("By when"), lambda row: todo.todo(row).due),
    Column(gettext_lazy("Assigned to"), lambda row: row.assigned_to.name if row.assigned_to else ""),
    Column(gettext_lazy("Others may read it"), lambda row: row.is_public),
)
PUBLIC = (NUMBER, Column(gettext_lazy("Report"), lambda row: row.public_title), *ABOUT)


def _said(report: Report) -> str:
    return "; ".join(f"{fact['question']} {fact['answer']}" for fact in report.facts)


class QueueFile(QueueMixin, TableFile):
    """The queue in the order of the page. Who reported is not in it."""

    name = gettext_lazy("Work queue")
    columns = QUEUE

    def rows(self) -> Iterable[Report]:
        return self.reports().defer("point", "search", "area__geometry").iterator(chunk_size=CHUNK)


class WalksFile(StaffMixin, TableFile):
    """The walks, the latest first."""

    permission = "buurtschouw.view_schouw"
    name = gettext_lazy("Walks")
    columns = (
        Column(gettext_lazy("Walk"), lambda row: row.trajectory.title),
        Column(gettext_lazy("Date"), lambda row: row.walk_at),
        Column(gettext_lazy("Status"), lambda row: row.trajectory.get_status_display()),
        Column(gettext_lazy("Step"), lambda row: step(row.trajectory)),
        Column(gettext_lazy("Adviser"), lambda row: person(row.trajectory.adviser)),
        Column(gettext_lazy("Reports"), lambda row: row.report_count),
        Column(gettext_lazy("Not read yet"), lambda row: row.waiting_count),
    )

    def rows(self) -> Iterable[Schouw]:
        return walks.with_counts().iterator(chunk_size=CHUNK)


@require_safe
def reports_csv(request: HttpRequest, gemeente: str) -> StreamingHttpResponse:
    """The reports of the filter, newest first; words only where they are public."""
    found = public.reports(**PublicFilterForm(request.GET).asked()).with_names()
    return csv_response(_("What was reported"), PUBLIC, found.iterator(chunk_size=CHUNK))
