"""What every form on the page of a report has in common: who may send it, and what comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from buurtschouw.forms.handling import SeenForm
from buurtschouw.views.handling.page import ReportPage, load

# The parts of the page with a form of their own, by the id that htmx names as its target.
PARTS = frozenset(
    f"report-{part}"
    for part in (
        *("answer", "assign", "notes", "readers", "place", "together", "tasks", "round"),
        *("forward", "forwards"),
    )
)


class ReportAction(ReportPage):
    """One form of the page. A GET, such as after signing in again, shows the page.

    With htmx only the part with that form comes back, and what has no form: what is typed in another one stays.
    ``versions`` is how many versions of the report the act makes.
    """

    permission = "buurtschouw.answer_report"
    versions = 0

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self._url())

    def _url(self) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "number": self.report.pk}
        query = self.list_query()
        return f"{reverse('buurtschouw:report', kwargs=kwargs)}{'?' if query else ''}{query}"

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        if not self.request.htmx:
            return HttpResponseRedirect(self._url())
        self.report = load(self.report.pk)
        return self._parts(200, renewed_version=self._renewed_version())

    def _renewed_version(self) -> int | None:
        """The version for the answer that is being written, when nothing but this act changed what its writer saw.

        None otherwise: then sending that answer shows first what somebody else did.
        """
        seen = SeenForm(self.request.POST).version_seen()
        return self.report.version if seen == self.report.version - self.versions else None

    def refused(self, *, status: int = 422, **forms: Any) -> HttpResponse:
        """The page again, with what was typed and what is wrong with it."""
        if self.request.htmx:
            return self._parts(status, **forms)
        return render(self.request, "buurtschouw/staff/report.html", self.context(**forms), status=status)

    def _parts(self, status: int, **forms: Any) -> HttpResponse:
        target = self.request.htmx.target
        part = target if target in PARTS else "report-answer"
        context = {**self.context(**forms), "part": part, "part_template": _template(part)}
        return render(self.request, "buurtschouw/staff/_report_parts.html", context, status=status)


def _template(part: str) -> str:
    return f"buurtschouw/staff/_{part.replace('-', '_')}.html"
