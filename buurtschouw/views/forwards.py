"""The list of what was forwarded to other systems, and how it stands there."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from buurtschouw.domain.forwarding import finding, statuses
from buurtschouw.forms.forwarding import ForwardFilterForm
from buurtschouw.models import Forward
from trajecten.domain.tables import Column
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import CHUNK, TableFile
from trajecten.views.trajectories.columns import person

PER_PAGE = 50


def status_there(forward: Forward) -> str:
    """What they said last, in our words; empty as long as nothing was heard."""
    return statuses.words_of(forward.destination.system, forward.status) if forward.status else ""


class ForwardsMixin(StaffMixin):
    """Reads the filter."""

    permission = "buurtschouw.view_report"
    request: HttpRequest

    def forwards(self) -> Any:
        self.form = ForwardFilterForm(self.request.GET)
        return finding.listed(**self.form.asked())


class ForwardsView(ForwardsMixin, TemplateView):
    template_name = "buurtschouw/forwarding/forwards.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = LongPaginator(self.forwards(), PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        may_change = self.request.user.has_perm("buurtschouw.change_destination", self.request.municipality)
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "page": page,
            "rows": [{"forward": forward, "status": status_there(forward)} for forward in page],
            "query": self.form.query(),
            "count": paginator.count,
            "has_more": paginator.has_more,
            "may_change": may_change,
        }


class ForwardsFile(ForwardsMixin, TableFile):
    """The list in the order of the page. Who reported is not in it."""

    name = gettext_lazy("Forwarded reports")
    columns = (
        Column(gettext_lazy("Report"), lambda row: row.report_id),
        Column(gettext_lazy("Theme"), lambda row: row.report.category.name),
        Column(gettext_lazy("Organisation"), lambda row: row.destination.name),
        Column(gettext_lazy("Category there"), lambda row: row.label),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        Column(gettext_lazy("Number there"), lambda row: row.reference),
        Column(gettext_lazy("Status there"), status_there),
        Column(gettext_lazy("Forwarded on"), lambda row: row.created_at),
        Column(gettext_lazy("Received there on"), lambda row: row.accepted_at),
        Column(gettext_lazy("Ended on"), lambda row: row.finished_at),
        Column(gettext_lazy("Last asked on"), lambda row: row.polled_at),
        Column(gettext_lazy("Attempts"), lambda row: row.attempts),
        Column(gettext_lazy("What went wrong"), lambda row: row.last_error),
        Column(gettext_lazy("Forwarded by"), lambda row: person(row.by)),
    )

    def rows(self) -> Iterable[Forward]:
        return self.forwards().iterator(chunk_size=CHUNK)
