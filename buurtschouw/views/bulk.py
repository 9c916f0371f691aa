"""Several reports at once: choosing what to do, seeing what would happen, and letting it be done."""

from typing import Any

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from kombu.exceptions import OperationalError
from redis import RedisError

from buurtschouw.domain import answer_templates, bulk
from buurtschouw.enums import BulkAction, BulkState, Outcome
from buurtschouw.forms.bulk import ROUND, BulkForm, SelectionForm
from buurtschouw.forms.merging import MAX_NUMBER
from buurtschouw.models import Bulk, Report
from buurtschouw.tasks import run_bulk
from buurtschouw.views.queue import QueueMixin
from trajecten.domain.staffing import people
from trajecten.views.access import StaffMixin

log = structlog.get_logger(__name__)


class BulkNewView(QueueMixin, View):
    """What to do with the chosen reports. A GET asks; a POST shows what would happen, on a page of its own."""

    permission = "buurtschouw.answer_report"

    def permission_object(self) -> Any:
        super().permission_object()
        return self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page() if self.chosen and self.action else self._back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.chosen or self.action not in BulkAction.values:
            return self._back()
        form = BulkForm(request.POST, **self._offered())
        if "fill" in request.POST and "template" in form.fields:
            return self._page(form.filled(**self._offered()))
        if form.is_valid():
            try:
                made = bulk.prepare(
                    municipality=request.municipality,
                    by=request.user,
                    reports=self.chosen,
                    action=self.action,
                    **form.act(),
                )
            except bulk.BulkRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return redirect("buurtschouw:bulk", gemeente=request.municipality.slug, pk=made.pk)
        return self._page(form, status=422)

    @cached_property
    def earlier(self) -> Bulk | None:
        """The act of one's own that was only shown yet, when the page asks to change it (``again``)."""
        number = self.request.GET.get("again", "")
        if self.request.method != "GET" or not (number.isdecimal() and int(number[:11]) <= MAX_NUMBER):
            return None
        return Bulk.objects.filter(by=self.request.user, state=BulkState.PREVIEW, pk=number).first()

    @cached_property
    def selection(self) -> SelectionForm:
        if self.earlier:
            numbers = [*self.earlier.items.values_list("report", flat=True), self.earlier.kept_id]
            given = {"numbers": [str(number) for number in numbers if number], "action": self.earlier.action}
            return SelectionForm(given)
        return SelectionForm(self.request.POST or self.request.GET)

    @cached_property
    def chosen(self) -> list[Report]:
        return self.selection.chosen(self.reports())

    @property
    def action(self) -> str:
        self.selection.is_valid()
        return str(self.selection.cleaned_data.get("action", ""))

    def _offered(self) -> dict[str, Any]:
        return {
            "action": self.action,
            "reports": self.chosen,
            "officials": people.answering_here(self.request.municipality),
            "templates": answer_templates.for_themes([report.category_id for report in self.chosen]),
        }

    def _said_before(self) -> dict[str, Any]:
        names = ("status", "planned_for", "forwarded_to", "message", "to", "kept")
        return {name: getattr(self.earlier, name) for name in names} if self.earlier else {}

    def _page(self, form: BulkForm | None = None, status: int = 200) -> HttpResponse:
        is_round = self.action == ROUND
        if form is None and not is_round:
            form = BulkForm(initial=self._said_before(), **self._offered())
        context = {
            "form": form,
            "action": self.action,
            "act": "" if is_round else BulkAction(self.action).label,
            "is_round": is_round,
            "reports": self.chosen,
            "queue_url": self._queue(),
        }
        return render(self.request, "buurtschouw/staff/bulk_new.html", context, status=status)

    def _queue(self) -> str:
        address = reverse("buurtschouw:queue", kwargs={"gemeente": self.request.municipality.slug})
        query = self.form.query()
        return f"{address}?{query}" if query else address

    def _back(self) -> HttpResponse:
        messages.warning(
            self.request, _("Choose one or more reports in the list first, and then what to do.")
        )
        return redirect(self._queue())


class BulkView(StaffMixin, View):
    """What would happen, what is happening, or what happened. Only for who prepared it. A POST confirms."""

    permission = "buurtschouw.answer_report"

    def permission_object(self) -> Any:
        if self.request.user.is_authenticated:
            rows = Bulk.objects.filter(by=self.request.user).select_related("kept__category", "to", "by")
            self.bulk = get_object_or_404(rows.defer("kept__search"), pk=self.kwargs["pk"])
        return self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        items = list(
            self.bulk.items.select_related("report__category", "report__area").defer(
                "report__search", "report__area__geometry"
            )
        )
        done = [item for item in items if item.outcome == Outcome.DONE]
        refused = [item for item in items if item.outcome == Outcome.REFUSED]
        context = {
            "bulk": self.bulk,
            "items": items,
            "done": done,
            "refused": refused,
            "waiting": [item for item in items if item.outcome == Outcome.WAITING],
            "ended": len(done) + len(refused),
            "is_preview": self.bulk.state == BulkState.PREVIEW,
            "is_running": self.bulk.state == BulkState.RUNNING,
        }
        part = "_bulk_state" if request.htmx else "bulk"
        return render(request, f"buurtschouw/staff/{part}.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not bulk.confirm(bulk=self.bulk, by=request.user):
            _hand_to_job(self.bulk)
        return redirect("buurtschouw:bulk", gemeente=request.municipality.slug, pk=self.bulk.pk)


def _hand_to_job(confirmed: Bulk) -> None:
    """While the broker is away beat does it, as soon as that is back (``finish_bulk``)."""
    try:
        run_bulk.delay(confirmed.pk)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", task=run_bulk.name, error=type(error).__name__)
