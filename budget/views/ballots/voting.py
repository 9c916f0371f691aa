"""Voting on projects, as a resident."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.ballots import order, voting
from budget.domain.ballots.refusals import BallotRefused
from budget.domain.ballots.voting import Guest
from budget.forms.ballots.voting import VoteForm
from budget.models import BallotProject, ProjectBallot
from budget.views import allowances, trajectories
from budget.views.ballots import chosen, voters
from budget.views.ballots.public import find
from trajecten.domain.throttle import Throttled
from trajecten.forms.refusing import refuse


@method_decorator(never_cache, name="dispatch")
class VoteView(View):
    """The projects to tick; with an account it counts at once, with a mail address once that is confirmed.

    Who is signed in and voted is led to the own page, where the vote can be changed.
    """

    def get(self, request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
        found = find(ballot)
        mine = voters.own_vote(request, found)
        if mine:
            return redirect("budget:own-vote", gemeente=gemeente, token=mine.token)
        return self._page(found, self._form(found))

    def post(self, request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
        found = find(ballot)
        if request.POST.get("act") == "reckon":
            return self._page(found, self._form(found, initial=chosen.typed(request.POST)))
        form = self._form(found, request.POST)
        if form.is_valid():
            try:
                return self._voted(found, form)
            except BallotRefused as refused:
                refuse(form, refused)
            except Throttled as throttled:
                form.add_error(*allowances.too_many(throttled))
        return self._page(found, form, status=422)

    def _form(self, ballot: ProjectBallot, *data: Any, **initial: Any) -> VoteForm:
        there = BallotProject.objects.filter(ballot=ballot).on_ballot().with_names()
        projects = order.for_person(ballot, voters.person(self.request), there)
        signed_in = self.request.user.is_authenticated
        return VoteForm(*data, projects=projects, signed_in=signed_in, **initial)

    def _voted(self, ballot: ProjectBallot, form: VoteForm) -> HttpResponse:
        request, given = self.request, form.cleaned_data
        slug = request.municipality.slug
        if request.user.is_authenticated:
            me = trajectories.account(request)
            made = voting.vote(ballot=ballot, choices=given["choices"], by=me)
            messages.success(
                request, _("Thank you, your vote counts. You can change it until the vote is over.")
            )
            return redirect("budget:own-vote", gemeente=slug, token=made.token)
        allowances.spend(request, "vote", given["email"])
        guest = Guest(given["email"], request.LANGUAGE_CODE, given["area"])
        voting.ask_to_vote(ballot=ballot, choices=given["choices"], guest=guest)
        messages.success(
            request, _("One more step: look in your mail and confirm your vote. Only then it counts.")
        )
        return redirect("budget:ballot", gemeente=slug, ballot=ballot.pk)

    def _page(self, ballot: ProjectBallot, form: VoteForm, status: int = 200) -> HttpResponse:
        must_sign_in = not ballot.allows_guests and not self.request.user.is_authenticated
        context = {"ballot": ballot, "form": form, "must_sign_in": must_sign_in, **chosen.told(form, ballot)}
        return render(self.request, "budget/ballots/vote.html", context, status=status)
