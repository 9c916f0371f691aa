"""Preparing a round, and changing its words before it is opened."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.rounds import preparing
from budget.domain.rounds.refusals import RoundRefused
from budget.forms.rounds import ChangeRoundForm, NewRoundForm
from budget.forms.trajectories import TrajectoryFilterForm
from budget.method import METHOD
from budget.models import Round
from budget.views.rounds.desk import RoundMixin
from budget.views.trajectories import TrajectoryDesk
from trajecten.enums import TrajectoryStatus
from trajecten.forms.refusing import refuse
from trajecten.models import Trajectory
from trajecten.views.access import StaffMixin


class NewRoundView(StaffMixin, View):
    """A round with the lines that follow from a budget; for an adviser of one trajectory (``?trajectory=``)."""

    permission = "budget.add_round"

    def permission_object(self) -> Any:
        number = TrajectoryFilterForm(self.request.GET).number
        running = [TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING]
        self.trajectories = Trajectory.objects.filter(method_key=METHOD.key, status__in=running)
        if not number:
            return self.request.municipality
        self.trajectories = self.trajectories.filter(pk=number)
        return get_object_or_404(Trajectory, pk=number, method_key=METHOD.key)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(NewRoundForm(trajectories=self.trajectories))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NewRoundForm(request.POST, trajectories=self.trajectories)
        if form.is_valid():
            try:
                return self._prepared(form)
            except RoundRefused as refused:
                refuse(form, refused)
        return self._page(form, status=422)

    def _prepared(self, form: NewRoundForm) -> HttpResponse:
        made = preparing.prepare(
            trajectory=form.cleaned_data["trajectory"],
            budget=form.cleaned_data["budget"],
            plan=form.plan(),
            choice=form.choice(),
            by=self.request.user,
        )
        messages.success(self.request, _("The round is there, with its lines. Look at each of them."))
        return redirect("budget:round-lines", gemeente=self.request.municipality.slug, pk=made.pk)

    def _page(self, form: NewRoundForm, status: int = 200) -> HttpResponse:
        return render(self.request, "budget/rounds/new.html", {"form": form}, status=status)


class ChangeRoundView(RoundMixin):
    permission = "budget.change_round"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(ChangeRoundForm(found=self.round))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ChangeRoundForm(request.POST, found=self.round)
        if form.is_valid():
            try:
                preparing.change(found=self.round, plan=form.plan(), by=request.user)
            except RoundRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("Your changes have been kept."))
                return _to(self.request, self.round)
        return self._page(form, status=422)

    def _page(self, form: ChangeRoundForm, status: int = 200) -> HttpResponse:
        context = {"round": self.round, "form": form}
        return render(self.request, "budget/rounds/change.html", context, status=status)


class RemoveRoundView(TrajectoryDesk, View):
    """A round of a trajectory. Twice is harmless; a GET, such as after signing in again, shows the rounds."""

    permission = "budget.add_round"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rounds = reverse("budget:rounds", kwargs={"gemeente": request.municipality.slug})
        return redirect(f"{rounds}?trajectory={self.trajectory.pk}")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = Round.objects.filter(trajectory=self.trajectory, pk=kwargs["round"]).first()
        try:
            if found:
                preparing.remove(found=found, by=request.user)
                messages.success(request, _("The round has been removed."))
        except RoundRefused as refused:
            messages.warning(request, refused.message)
        return self.get(request)


def _to(request: HttpRequest, found: Round) -> HttpResponse:
    return redirect("budget:round", gemeente=request.municipality.slug, pk=found.pk)
