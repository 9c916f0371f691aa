"""Counting an election that was held elsewhere, from a .pb file, and the page of what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from budget.domain.ballots import results as counting
from budget.domain.ballots.outcome import told
from budget.forms.ballots.counting import FileForm
from budget.method import METHOD
from budget.models import BallotResult
from budget.views.ballots import results
from trajecten.models import Trajectory
from trajecten.refusals import Refused
from trajecten.views.access import StaffMixin


class FileView(StaffMixin, View):
    """The upload. What is wrong in the file is said beside it, with its line and why."""

    permission = "budget.add_ballotresult"
    request: HttpRequest

    def permission_object(self) -> Trajectory:
        rows = Trajectory.objects.filter(method_key=METHOD.key)
        self.trajectory: Trajectory = get_object_or_404(rows, pk=self.kwargs["trajectory"])
        return self.trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(FileForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                made = self._counted(form)
            except Refused as refused:
                form.add_error("file", refused.message)
            else:
                return redirect("budget:counted-file", gemeente=request.municipality.slug, result=made.pk)
        return self._page(form, status=422)

    def _counted(self, form: FileForm) -> BallotResult:
        given = form.cleaned_data
        return counting.count_file(
            trajectory=self.trajectory,
            raw=given["file"].read(),
            name=given["file"].name,
            rule=given["rule"],
            title=given["title"],
            by=self.request.user,
        )

    def _page(self, form: FileForm, status: int = 200) -> HttpResponse:
        context = {"trajectory": self.trajectory, "form": form}
        return render(self.request, "budget/ballots/staff/upload.html", context, status=status)


class ResultView(StaffMixin, View):
    """How a file was counted, as residents see it of a vote of their own."""

    permission = "budget.view_ballotresult"
    request: HttpRequest

    def permission_object(self) -> BallotResult:
        rows = BallotResult.objects.select_related("trajectory").filter(ballot=None)
        self.result: BallotResult = get_object_or_404(rows, pk=self.kwargs["result"])
        return self.result

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        slug = request.municipality.slug
        context = {**results.context(self.result, told(self.result), gemeente=slug), "is_file": True}
        return render(request, "budget/ballots/result.html", context)
