"""Trajectories for who works on them: the list, the page of one with its steps, and its planning."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import View

from trajecten.domain import steps
from trajecten.domain.dashboards import trajectory_health
from trajecten.domain.steps import tailoring
from trajecten.domain.tables import Column
from trajecten.enums import TrajectoryStatus
from trajecten.figures import Figure
from trajecten.forms.steps import PlanForm, SuggestForm
from trajecten.forms.trajectories import COMING, NOW, OVER, PHASES, StaffTrajectoryFilterForm
from trajecten.models import Trajectory
from trajecten.transitions import TransitionRefused
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.steps import CloseStep, ReopenStep, SkipStep, StepsPage
from trajecten.views.tables import TableFile, in_batches
from trajecten.views.trajectories import sections
from trajecten.views.trajectories.columns import COLUMNS, person

PER_PAGE = 25


class TrajectoryListView(StaffMixin, View):
    """Every trajectory of the municipality; the archive only when it is asked for."""

    permission = "trajecten.view_dashboard_municipality"

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        form = StaffTrajectoryFilterForm(request.GET)
        rows = form.narrow(Trajectory.objects.with_names())
        paginator = LongPaginator(rows, PER_PAGE, request.GET.get("page"))
        page = paginator.shown()
        query = request.GET.copy()
        query.pop("page", None)
        context = {
            "form": form,
            "is_narrowed": bool(form.asked()),
            "page": page,
            "rows": _with_health(list(page)),
            "figures": _figures(),
            "query": query.urlencode(),
        }
        return render(request, "trajecten/staff/trajectories.html", context)


class TrajectoriesFile(StaffMixin, TableFile):
    """The same list."""

    permission = "trajecten.view_dashboard_municipality"
    name = gettext_lazy("Trajectories")
    columns = (
        Column(gettext_lazy("Number"), lambda row: row["trajectory"].pk),
        *COLUMNS,
        Column(gettext_lazy("Adviser"), lambda row: person(row["trajectory"].adviser)),
        Column(gettext_lazy("Coordinator"), lambda row: person(row["trajectory"].coordinator)),
    )
    request: HttpRequest

    def rows(self) -> Iterable[dict[str, Any]]:
        found = StaffTrajectoryFilterForm(self.request.GET).narrow(Trajectory.objects.with_names())
        return in_batches(found, _with_health, self.request.municipality)


def _with_health(trajectories: list[Trajectory]) -> list[dict[str, Any]]:
    healths = trajectory_health.of(trajectories)
    return [
        {
            "trajectory": trajectory,
            "health": healths[trajectory.pk],
        }
        for trajectory in trajectories
    ]


def _figures() -> list[Figure]:
    rows: QuerySet[Trajectory] = Trajectory.objects.all()
    troubled = len(trajectory_health.in_trouble())
    return [
        Figure(_("Going on now"), rows.filter(PHASES[NOW]).count(), f"?phase={NOW}"),
        Figure(_("Late or stalled"), troubled, "?late=on", tone="bad" if troubled else ""),
        Figure(
            pgettext("trajectories", "Begin later"), rows.filter(PHASES[COMING]).count(), f"?phase={COMING}"
        ),
        Figure(pgettext("trajectories", "Finished"), rows.filter(PHASES[OVER]).count(), f"?phase={OVER}"),
    ]


class TrajectoryPage(StepsPage):
    """Where a trajectory stands, with what is missing; its adviser and officials get to see it."""

    permission = "trajecten.view_trajectory"

    def permission_object(self) -> Trajectory:
        self.trajectory = get_object_or_404(Trajectory.objects.with_names(), pk=self.kwargs["pk"])
        return self.trajectory

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        user = self.request.user
        context = {
            "trajectory": self.trajectory,
            "parts": sections.made(sections.PARTS, self.request, self.trajectory),
            "aside": sections.made(sections.ASIDE, self.request, self.trajectory),
            "may_list": user.has_perm("trajecten.view_dashboard_municipality", self.request.municipality),
            "may_change": user.has_perm("trajecten.change_trajectory", self.trajectory),
            "may_start": self.trajectory.status == TrajectoryStatus.AGREED,
            "may_archive": self.trajectory.status == TrajectoryStatus.EVALUATED,
            **self.step_context(**forms),
        }
        return render(self.request, "trajecten/staff/trajectory.html", context, status=status)

    def url(self) -> str:
        return self._url("staff-trajectory")

    def step_urls(self) -> dict[str, str]:
        return {act: self._url(f"trajectory-step-{act}") for act in ("close", "skip", "reopen")}

    def _url(self, name: str) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.trajectory.pk}
        return reverse(name, kwargs=kwargs)


class TrajectoryStepCloseView(CloseStep, TrajectoryPage):
    pass


class TrajectoryStepSkipView(SkipStep, TrajectoryPage):
    pass


class TrajectoryStepReopenView(ReopenStep, TrajectoryPage):
    pass


class TrajectoryStartView(TrajectoryPage):
    """Let what was agreed begin. A GET shows the page."""

    permission = "trajecten.close_step_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.url())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            started = steps.start(trajectory=self.trajectory, by=request.user)
        except (TransitionRefused, steps.StepRefused) as refused:
            messages.error(request, refused.message)
        else:
            values = {"step": started.open_step.name}
            messages.success(request, _("The trajectory has begun. Now: %(step)s.") % values)
        return redirect(self.url())


class TrajectoryArchiveView(TrajectoryPage):
    """Lay what came to its end in the archive. A GET shows the page."""

    permission = "trajecten.close_step_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.url())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            steps.archive(trajectory=self.trajectory, by=request.user)
        except TransitionRefused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The trajectory lies in the archive. It can still be read."))
        return redirect(self.url())


class TrajectoryPlanView(TrajectoryPage):
    """Plan the steps. ``?begin=`` a day fills in a suggestion, which is kept only when it is sent."""

    permission = "trajecten.change_trajectory"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        suggest_form = SuggestForm(request.GET if "begin" in request.GET else None)
        planned = None
        if suggest_form.is_valid():
            planned = tailoring.with_suggested_days(self.trajectory, suggest_form.cleaned_data["begin"])
        return self.plan_page(PlanForm(self.trajectory, planned=planned), suggest_form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PlanForm(self.trajectory, request.POST)
        if form.is_valid():
            try:
                steps.plan(trajectory=self.trajectory, by=request.user, steps=form.planned())
            except steps.PlanRefused as refused:
                form.refuse(refused.message, refused.faults)
            else:
                messages.success(request, _("The planning has been kept. Residents see it at once."))
                return redirect(self.url())
        return self.plan_page(form, SuggestForm(), status=422)

    def plan_page(self, form: PlanForm, suggest_form: SuggestForm, status: int = 200) -> HttpResponse:
        context = {
            "trajectory": self.trajectory,
            "form": form,
            "suggest_form": suggest_form,
            "url": self.url(),
        }
        return render(self.request, "trajecten/staff/plan.html", context, status=status)
