"""How long records are kept, what goes soon, and what went."""

from typing import Any

from django.views.generic import TemplateView

from trajecten import registry
from trajecten.domain.retention import running
from trajecten.models import RetentionRun
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator

PER_PAGE = 30


class RetentionView(StaffMixin, TemplateView):
    permission = "trajecten.manage_municipality"
    template_name = "trajecten/retention/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {rule.key: rule.name for rule in registry.retention()}
        runs = RetentionRun.objects.order_by("-on", "kind")
        page = LongPaginator(runs, PER_PAGE, self.request.GET.get("page")).shown()
        forecasts = running.forecasts(self.request.municipality)
        return {
            **super().get_context_data(**kwargs),
            "forecasts": forecasts,
            "most": max((forecast.ahead for forecast in forecasts), default=0),
            "page": page,
            "went": [{"name": names.get(row.kind, row.kind), "row": row} for row in page],
        }
