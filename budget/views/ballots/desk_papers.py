"""Typing ballot papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.ballots import listing, voting
from budget.domain.ballots.refusals import BallotRefused
from budget.forms.ballots.voting import PaperForm, RemovePaperForm
from budget.models import BallotProject
from budget.views.ballots.desk import BallotMixin
from trajecten.forms.refusing import refuse


class PaperView(BallotMixin, View):
    """One paper at a time; the next one is asked for at once. What is on a typed paper is shown nowhere."""

    permission = "budget.type_projectballot"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            try:
                voting.type_paper(ballot=self.ballot, by=request.user, **form.cleaned_data)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                number = form.cleaned_data["paper"]
                messages.success(request, _("Paper %(n)s has been typed.") % {"n": number})
                return self.again()
        return self.page(status=422, form=form)

    def _form(self, *data: Any, **options: Any) -> PaperForm:
        projects = list(BallotProject.objects.filter(ballot=self.ballot).on_ballot().order_by("number"))
        return PaperForm(*data, projects=projects, **options)

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        typed = listing.papers(self.ballot)
        context = {
            "ballot": self.ballot,
            "typed": typed,
            "form": self._form(initial={"paper": max(typed, default=0) + 1}),
            "remove_form": RemovePaperForm(),
            "may_type_now": self.ballot.opened_at is not None and self.ballot.counted_at is None,
            **forms,
        }
        return render(self.request, "budget/ballots/staff/paper.html", context, status=status)

    def again(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:ballot-paper", gemeente=slug, ballot=self.ballot.pk)


class RemovePaper(PaperView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.again()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = RemovePaperForm(request.POST)
        if form.is_valid():
            try:
                voting.remove_paper(ballot=self.ballot, paper=form.cleaned_data["paper"], by=request.user)
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("The paper has been removed. Type it again if needed."))
                return self.again()
        return self.page(status=422, remove_form=form)
