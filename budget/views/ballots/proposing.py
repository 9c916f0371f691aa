"""Proposing a project, as a resident."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.ballots import proposing
from budget.domain.ballots.refusals import BallotRefused
from budget.forms.ballots.projects import ProposeForm
from budget.models import ProjectBallot
from budget.views import allowances, trajectories
from budget.views.ballots.public import find
from trajecten.domain.throttle import Throttled
from trajecten.forms.refusing import refuse


@method_decorator(never_cache, name="dispatch")
class ProposeView(View):
    """The form; with an account it is proposed at once, with a mail address once that is confirmed."""

    def get(self, request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
        return self._page(find(ballot), ProposeForm(signed_in=request.user.is_authenticated))

    def post(self, request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
        found = find(ballot)
        form = ProposeForm(request.POST, signed_in=request.user.is_authenticated)
        if form.is_valid():
            try:
                return self._proposed(found, form)
            except BallotRefused as refused:
                refuse(form, refused)
            except Throttled as throttled:
                form.add_error(*allowances.too_many(throttled))
        return self._page(found, form, status=422)

    def _proposed(self, ballot: ProjectBallot, form: ProposeForm) -> HttpResponse:
        request = self.request
        if request.user.is_authenticated:
            made = proposing.propose(ballot=ballot, wording=form.wording(), by=trajectories.account(request))
            messages.success(request, _("Thank you! We look at your project. You hear from us."))
            return redirect("budget:own-project", gemeente=request.municipality.slug, token=made.token)
        email = form.cleaned_data["email"]
        allowances.spend(request, "project", email)
        proposing.ask_to_propose(
            ballot=ballot, wording=form.wording(), email=email, language=request.LANGUAGE_CODE
        )
        messages.success(request, _("Look in your mail: with the link in it you confirm your project."))
        return redirect("budget:ballot", gemeente=request.municipality.slug, ballot=ballot.pk)

    def _page(self, ballot: ProjectBallot, form: ProposeForm, status: int = 200) -> HttpResponse:
        must_sign_in = not ballot.allows_guests and not self.request.user.is_authenticated
        context: dict[str, Any] = {"ballot": ballot, "form": form, "must_sign_in": must_sign_in}
        return render(self.request, "budget/ballots/propose.html", context, status=status)
