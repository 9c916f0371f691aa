"""Votes on projects for officials: the list, preparing one, and opening, closing and counting it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.ballots import listing, preparing, results
from budget.domain.ballots.refusals import BallotRefused
from budget.forms.ballots.preparing import BallotForm
from budget.forms.trajectories import TrajectoryFilterForm
from budget.method import METHOD
from budget.models import BallotResult, ProjectBallot
from budget.views.buttons import Button
from trajecten.forms.refusing import refuse
from trajecten.models import Trajectory
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator

PER_PAGE = 50


class DeskView(StaffMixin, View):
    """All votes, and what was counted from files. An adviser sees those of the own trajectory (``?trajectory=``)."""

    permission = "budget.view_projectballot"
    request: HttpRequest

    def permission_object(self) -> Any:
        self.trajectory = TrajectoryFilterForm(self.request.GET).trajectory()
        return self.trajectory or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = LongPaginator(listing.for_desk(self.trajectory), PER_PAGE, request.GET.get("page")).shown()
        files = BallotResult.objects.filter(ballot=None).defer("file", "outcome").order_by("-pk")
        context = {
            "page": page,
            "rows": [{"ballot": ballot, "state": listing.state(ballot)} for ballot in page],
            "query": f"trajectory={self.trajectory.pk}" if self.trajectory else "",
            "files": files.filter(trajectory=self.trajectory)[:PER_PAGE]
            if self.trajectory
            else files[:PER_PAGE],
            "trajectories": self._begin(),
        }
        return render(request, "budget/ballots/staff/ballots.html", context)

    def _begin(self) -> list[Trajectory]:
        """In which trajectories this official can prepare a vote."""
        rows = Trajectory.objects.filter(method_key=METHOD.key).current()
        rows = rows.filter(pk=self.trajectory.pk) if self.trajectory else rows
        user = self.request.user
        return [each for each in rows[:PER_PAGE] if user.has_perm("budget.add_projectballot", each)]


class NewBallot(StaffMixin, View):
    """Preparing a vote in a trajectory of this method."""

    permission = "budget.add_projectballot"
    request: HttpRequest

    def permission_object(self) -> Trajectory:
        rows = Trajectory.objects.filter(method_key=METHOD.key)
        self.trajectory: Trajectory = get_object_or_404(rows, pk=self.kwargs["trajectory"])
        return self.trajectory

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(BallotForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = BallotForm(request.POST)
        if form.is_valid():
            try:
                made = preparing.prepare(trajectory=self.trajectory, plan=form.plan(), by=request.user)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The vote has been prepared. Now its projects."))
                return redirect("budget:desk-ballot", gemeente=request.municipality.slug, ballot=made.pk)
        return self._page(form, status=422)

    def _page(self, form: BallotForm, status: int = 200) -> HttpResponse:
        context = {"trajectory": self.trajectory, "form": form}
        return render(self.request, "budget/ballots/staff/edit.html", context, status=status)


class BallotMixin(StaffMixin):
    """A page about one vote."""

    permission = "budget.view_projectballot"
    request: HttpRequest

    def permission_object(self) -> ProjectBallot:
        rows = ProjectBallot.objects.select_related("trajectory", "result").defer("result__file")
        self.ballot: ProjectBallot = get_object_or_404(rows, pk=self.kwargs["ballot"])
        self.ballot.municipality = self.request.municipality
        return self.ballot

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:desk-ballot", gemeente=slug, ballot=self.ballot.pk)


class DeskBallot(BallotMixin, View):
    """One vote: where it is, what is needed to open it, its projects, and the buttons for who may use them."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ballot, user = self.ballot, request.user
        context = {
            "ballot": ballot,
            "state": listing.state(ballot),
            "unmet": [] if ballot.opened_at else preparing.unmet(ballot),
            "projects": listing.projects(ballot),
            "papers": len(listing.papers(ballot)),
            "may_change": user.has_perm("budget.change_projectballot", ballot),
            "may_count": user.has_perm("budget.count_projectballot", ballot),
            "may_type": user.has_perm("budget.type_projectballot", ballot),
            "may_enter": user.has_perm("budget.add_ballotproject", ballot),
        }
        return render(request, "budget/ballots/staff/ballot.html", context)


class ChangeBallot(BallotMixin, View):
    """The same form as of a new one."""

    permission = "budget.change_projectballot"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(BallotForm(initial=BallotForm.initial_of(self.ballot)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = BallotForm(request.POST)
        if form.is_valid():
            try:
                preparing.change(ballot=self.ballot, plan=form.plan(), by=request.user)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("Your changes have been kept."))
                return self.back()
        return self._page(form, status=422)

    def _page(self, form: BallotForm, status: int = 200) -> HttpResponse:
        context = {"trajectory": self.ballot.trajectory, "ballot": self.ballot, "form": form}
        return render(self.request, "budget/ballots/staff/edit.html", context, status=status)


class BallotButton(Button, BallotMixin, View):
    """One button of the page of officials."""

    permission = "budget.change_projectballot"


class OpenVote(BallotButton):
    def act(self) -> HttpResponse:
        preparing.open_vote(ballot=self.ballot, by=self.request.user)
        return self.done(_("People can vote now. Members and followers hear it."))


class CloseVote(BallotButton):
    def act(self) -> HttpResponse:
        preparing.close_vote(ballot=self.ballot, by=self.request.user)
        return self.done(_("The vote is over. Now the votes can be counted."))


class CountVotes(BallotButton):
    permission = "budget.count_projectballot"

    def act(self) -> HttpResponse:
        results.count(ballot=self.ballot, by=self.request.user)
        return self.done(
            _("The votes have been counted. Everybody can see how; who voted has been forgotten.")
        )
