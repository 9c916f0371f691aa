"""The coordinator's list of what the municipality asked for."""

from typing import Any

from django.views.generic import TemplateView

from trajecten import registry
from trajecten.domain.proposals import queries
from trajecten.enums import RequestStatus
from trajecten.forms.requests import StatusForm
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.proposals import tones

PER_PAGE = 50


class RequestListView(StaffMixin, TemplateView):
    """The requests of this municipality with their proposals, newest first; only coordinators answer proposals."""

    template_name = "trajecten/proposals/requests.html"
    permission = "trajecten.manage_municipality"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = StatusForm(self.request.GET)
        rows = narrowed(queries.of_municipality(), form.asked())
        paginator = LongPaginator(rows, PER_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "rows": [tones.row(asked) for asked in page],
            "query": form.query(),
            "methods": registry.methods(),
        }


def narrowed(rows: Any, status: str) -> Any:
    """The requests of one status, of all with "all", and those that are open else."""
    if status in RequestStatus.values:
        return rows.filter(status=status)
    return rows if status == "all" else rows.filter(status__in=queries.OPEN)
