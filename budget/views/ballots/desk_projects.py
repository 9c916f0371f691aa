"""The projects of a vote for officials: entering, wording, judging, and promising one that won."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.ballots import judging, promising, proposing
from budget.domain.ballots.refusals import BallotRefused
from budget.forms.ballots.projects import EnterForm, JudgeForm, PromiseForm, WordingForm
from budget.models import BallotProject
from budget.views.ballots.desk import BallotMixin
from budget.views.ballots.public import project_context
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.forms.refusing import refuse
from trajecten.views.access import StaffMixin


class EnterView(BallotMixin, View):
    """A project of the municipality, or one that came in on paper."""

    permission = "budget.add_ballotproject"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(EnterForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = EnterForm(request.POST)
        if form.is_valid():
            try:
                cost = form.cleaned_data["cost"]
                proposing.enter(ballot=self.ballot, wording=form.wording(), cost=cost, by=request.user)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The project is on the ballot."))
                return self.back()
        return self._page(form, status=422)

    def _page(self, form: EnterForm, status: int = 200) -> HttpResponse:
        context = {"ballot": self.ballot, "form": form}
        return render(self.request, "budget/ballots/staff/enter.html", context, status=status)


class DeskProject(StaffMixin, View):
    """One project, with the forms for who may use them."""

    permission = "budget.view_ballotproject"
    request: HttpRequest

    def permission_object(self) -> BallotProject:
        rows = BallotProject.objects.with_names().select_related("ballot__trajectory", "trajectory")
        self.project: BallotProject = get_object_or_404(
            rows, ballot=self.kwargs["ballot"], number=self.kwargs["number"]
        )
        self.project.municipality = self.request.municipality
        return self.project

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        project, user = self.project, self.request.user
        open_to_change = project.ballot.opened_at is None
        context = {
            **project_context(project),
            "may_change": open_to_change and user.has_perm("budget.change_ballotproject", project),
            "may_judge": open_to_change and user.has_perm("budget.judge_ballotproject", project),
            "may_promise": user.has_perm("budget.promise_ballotresult", project),
            "wording_form": WordingForm(initial=WordingForm.initial_of(project)),
            "judge_form": JudgeForm(initial=JudgeForm.initial_of(project)),
            "promise_form": PromiseForm(
                municipality=self.request.municipality, initial={"text": project.title}
            ),
            **forms,
        }
        return render(self.request, "budget/ballots/staff/project.html", context, status=status)

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return self.back()

    def back(self) -> HttpResponse:
        parts = {"ballot": self.project.ballot_id, "number": self.project.number}
        return redirect("budget:desk-project", gemeente=self.request.municipality.slug, **parts)


class RewordView(DeskProject):
    permission = "budget.change_ballotproject"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = WordingForm(request.POST)
        if form.is_valid():
            try:
                proposing.reword(project=self.project, wording=form.wording(), by=request.user)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("Your changes have been kept."))
        return self.page(status=422, wording_form=form)


class JudgeView(DeskProject):
    permission = "budget.judge_ballotproject"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = JudgeForm(request.POST)
        if form.is_valid():
            try:
                judging.judge(project=self.project, judged=form.judged(), by=request.user)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                return self.done(_("Your judgement has been kept. Who proposed it gets it by mail."))
        return self.page(status=422, judge_form=form)


class PromiseView(DeskProject):
    permission = "budget.promise_ballotresult"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PromiseForm(request.POST, municipality=request.municipality)
        if form.is_valid():
            try:
                promising.promise(project=self.project, by=request.user, **form.cleaned_data)
            except (BallotRefused, PromiseRefused) as refused:
                refuse(form, refused)
            else:
                return self.done(_("It has been promised. Everybody can follow it now."))
        return self.page(status=422, promise_form=form)
