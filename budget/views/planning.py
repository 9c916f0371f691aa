"""The calendar of planning and control: of a municipality for its officials, and of a trajectory for everybody."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import View

from budget.domain.planning import ahead, dates, own_dates
from budget.domain.planning.drawing import shown
from budget.forms.calendar import CalendarForm, YearForm
from budget.method import METHOD
from trajecten.models import Trajectory
from trajecten.views.access import StaffMixin


@require_safe
def calendar_of(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """What has to be ready when in one trajectory."""
    trajectory = get_object_or_404(Trajectory, pk=pk, method_key=METHOD.key)
    (found,) = ahead.of([trajectory])
    context = {"trajectory": trajectory, "ahead": found, "calendar": shown(found, timezone.localdate())}
    return render(request, "budget/planning/trajectory.html", context)


class CalendarView(StaffMixin, View):
    """The calendar of one budget with its own and its usual dates, and what trajectories have to have ready."""

    permission = "budget.view_calendardate"
    request: HttpRequest

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied
        form = self._form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        own_dates.choose(municipality=request.municipality, year=self.year, days=form.days(), by=request.user)
        messages.success(request, _("Your changes have been kept."))
        page = reverse("budget:calendar", kwargs={"gemeente": request.municipality.slug})
        return redirect(f"{page}?year={self.year}")

    @property
    def year(self) -> int:
        return YearForm(self.request.GET).asked(dates.year_for(timezone.localdate()))

    @property
    def may_change(self) -> bool:
        return self.request.user.has_perm("budget.change_calendardate", self.target)

    def _form(self, data: Any = None) -> CalendarForm:
        own = own_dates.of_year(self.request.municipality, self.year)
        return CalendarForm(data, year=self.year, own=own)

    def page(self, form: CalendarForm, *, status: int = 200) -> HttpResponse:
        own = own_dates.of_year(self.request.municipality, self.year)
        context = {
            "year": self.year,
            "planned": [
                {
                    "planned": planned,
                    "step": METHOD.step(planned.usual.step).name if planned.usual.step else "",
                }
                for planned in dates.calendar(self.year, own)
            ],
            "form": form if self.may_change else None,
            "ahead": ahead.of(ahead.running()),
        }
        return render(self.request, "budget/planning/staff.html", context, status=status)
