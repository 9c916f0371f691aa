"""The own pages of who votes and of who proposes, by a secret link: confirm, change, take back, and see what came."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.ballots import order, proposing, voting
from budget.domain.ballots.refusals import BallotRefused
from budget.forms.ballots.voting import ChooseForm
from budget.models import BallotProject, ProjectVote
from budget.views.ballots import chosen
from budget.views.ballots.public import project_context
from budget.views.buttons import Button
from trajecten.forms.refusing import refuse
from trajecten.views.access import by_secret_link


@method_decorator([never_cache, by_secret_link], name="dispatch")
class OwnVote(View):
    """What one chose, with what that costs together, and the form to change it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same for every link that does not work (any more), so that guessing tells nothing."""
        rows = ProjectVote.objects.select_related("ballot__trajectory", "ballot__municipality", "participant")
        found = rows.filter(participant__isnull=False, token=kwargs["token"]).first()
        if found is None:
            return render(request, "budget/ballots/gone.html", status=404)
        self.vote = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "reckon":
            return self.page(self.form(initial=chosen.typed(request.POST)))
        form = self.form(request.POST)
        if form.is_valid():
            try:
                voting.change(vote=self.vote, choices=form.cleaned_data["choices"])
            except ProjectVote.DoesNotExist:
                return self.back()
            except BallotRefused as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("Your vote was changed."))
                return self.back()
        return self.page(form, status=422)

    def form(self, *data: Any, **given: Any) -> ChooseForm:
        ballot = self.vote.ballot
        there = BallotProject.objects.filter(ballot=ballot).on_ballot().with_names()
        user = self.vote.participant.user_id if self.vote.participant else None
        person = f"user:{user}" if user else self.vote.token
        projects = order.for_person(ballot, person, there)
        given.setdefault("initial", {"choices": self.vote.choices})
        return ChooseForm(*data, projects=projects, **given)

    def page(self, form: ChooseForm, status: int = 200) -> HttpResponse:
        mine = [project for project in form.projects if project.number in self.vote.choices]
        context = {
            "vote": self.vote,
            "ballot": self.vote.ballot,
            "form": form,
            "chosen": mine,
            "together": chosen.cost(mine),
            "is_reckoned": self.request.POST.get("act") == "reckon",
            **chosen.told(form, self.vote.ballot),
        }
        return render(self.request, "budget/ballots/own_vote.html", context, status=status)

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:own-vote", gemeente=slug, token=self.vote.token)


class ConfirmVote(Button, OwnVote):
    vanished = (ProjectVote.DoesNotExist,)

    def act(self) -> HttpResponse:
        voting.confirm(vote=self.vote)
        return self.done(_("Thank you, your vote counts. You can change it until the vote is over."))


class WithdrawVote(Button, OwnVote):
    vanished = (ProjectVote.DoesNotExist,)

    def act(self) -> HttpResponse:
        voting.withdraw(vote=self.vote)
        messages.success(self.request, _("You took your vote back. Nothing of it is kept."))
        slug = self.request.municipality.slug
        return redirect("budget:ballot", gemeente=slug, ballot=self.vote.ballot_id)


@method_decorator([never_cache, by_secret_link], name="dispatch")
class OwnProject(View):
    """What one proposed, what was judged of it, and what came of it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = BallotProject.objects.with_names().select_related("ballot__trajectory")
        found = rows.filter(token=kwargs["token"]).first()
        if found is None:
            return render(request, "budget/ballots/gone.html", status=404)
        self.project = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return render(request, "budget/ballots/own_project.html", project_context(self.project))


class ConfirmProject(Button, OwnProject):
    def act(self) -> HttpResponse:
        proposing.confirm(project=self.project)
        return self.done(_("Thank you! We look at your project. You hear from us."))

    def back(self) -> HttpResponse:
        slug = self.request.municipality.slug
        return redirect("budget:own-project", gemeente=slug, token=self.project.token)
