"""Choosing themes: for everybody, for who takes part by their own link, and the own page of who voted by mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.choosing import cards, suggesting, voting
from budget.domain.choosing.refusals import ChoosingRefused
from budget.forms.choosing import SuggestForm, VoteForm
from budget.method import CHOOSE_THEMES
from budget.models import ThemeBallot
from budget.views import allowances, trajectories
from budget.views.buttons import Button
from budget.views.choosing import results
from trajecten.domain import throttle
from trajecten.forms.refusing import refuse
from trajecten.models import Participant, Trajectory
from trajecten.views.access import by_secret_link


@method_decorator(never_cache, name="dispatch")
class ThemesPage(View):
    """The cards to choose from, with what this visitor chose, and what all chose. A POST votes, or suggests."""

    request: HttpRequest
    trajectory: Trajectory
    who: Participant | None = None
    ballot: ThemeBallot | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.find()
        if self.who and self.ballot is None:
            self.ballot = voting.of_person(trajectory=self.trajectory, participant=self.who)

    def find(self) -> None:
        """Sets the trajectory and who this is."""
        self.trajectory = trajectories.found(self.request, self.kwargs["pk"])
        self.who = trajectories.visitor(self.request)

    @property
    def is_known(self) -> bool:
        """Whether this visitor votes at once, without confirming an address."""
        return self.who is not None or self.request.user.is_authenticated

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.vote_form(request.POST)
        if form.is_valid():
            try:
                return self.voted(form)
            except ChoosingRefused as refused:
                refuse(form, refused)
            except throttle.Throttled as throttled:
                form.add_error(*allowances.too_many(throttled))
        return self.page(status=422, form=form)

    def vote_form(self, data: Any = None) -> VoteForm:
        return VoteForm(
            data, trajectory=self.trajectory, ballot=self.ballot, who=self.who, is_known=self.is_known
        )

    def voted(self, form: VoteForm) -> HttpResponse:
        if self.is_known:
            who = self.who or trajectories.account(self.request)
            voting.vote(trajectory=self.trajectory, by=who, choice=form.choice())
            return self.done(_("Thank you, your choice counts. You can change it as long as this is open."))
        email = form.cleaned_data["email"]
        allowances.spend(self.request, "theme_vote", email)
        language = self.request.LANGUAGE_CODE
        voting.ask_to_vote(trajectory=self.trajectory, email=email, language=language, choice=form.choice())
        return self.done(_("Look in your mail: with the link in it you confirm. Only then it counts."))

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(f"{self.url()}#main")

    def url(self) -> str:
        return self.request.path.removesuffix("voorstellen/")

    def page(self, *, status: int = 200, **forms: Any) -> HttpResponse:
        is_open = self.trajectory.allows(CHOOSE_THEMES)
        waiting = suggesting.waiting_of(trajectory=self.trajectory, by=self.who) if self.who else []
        context = {
            "trajectory": self.trajectory,
            "is_open": is_open,
            "ballot": self.ballot,
            "own_themes": voting.counted(self.ballot) if self.ballot and not is_open else (),
            "has_themes": cards.shown(self.trajectory).exists(),
            "form": self.vote_form(),
            "may_suggest": is_open and self.is_known,
            "suggest_form": SuggestForm(),
            "waiting": waiting,
            "url": self.url(),
            "is_personal": "token" in self.kwargs,
            **results.shown(self.trajectory),
            **forms,
        }
        return render(self.request, "budget/choosing/themes.html", context, status=status)


class SuggestMixin:
    """Suggesting a theme, on the same page. A GET shows the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(self.url())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.is_known:
            messages.warning(
                request, _("Choose first and confirm it by mail, or sign in; then you can suggest a theme.")
            )
            return redirect(self.url())
        form = SuggestForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, suggest_form=form)
        who = self.who or trajectories.account(self.request)
        try:
            made = suggesting.suggest(trajectory=self.trajectory, by=who, **form.cleaned_data)
        except ChoosingRefused as refused:
            refuse(form, refused)
            return self.page(status=422, suggest_form=form)
        if made.is_public:
            return self.done(_("Thank you. Everybody can choose your theme now."))
        return self.done(_("Thank you. An official reads it first; then everybody can choose it."))


class SuggestView(SuggestMixin, ThemesPage):
    pass


@method_decorator(by_secret_link, name="dispatch")
class MemberThemes(ThemesPage):
    """For who takes part in the trajectory, by the secret of their own page."""

    def find(self) -> None:
        enrolment = trajectories.enrolled(self.request, self.kwargs["token"])
        self.trajectory, self.who = enrolment.trajectory, enrolment.participant


class MemberSuggest(SuggestMixin, MemberThemes):
    pass


@method_decorator(by_secret_link, name="dispatch")
class BallotPage(ThemesPage):
    """The own page of who voted with a mail address: confirm, change, suggest, or take it back.

    What was taken back in another window meanwhile, the page itself tells.
    """

    def find(self) -> None:
        rows = ThemeBallot.objects.select_related("trajectory", "participant__home_area")
        rows = rows.filter(token=self.kwargs["token"], participant__isnull=False)
        self.ballot = rows.prefetch_related("votes").first()
        if self.ballot:
            self.trajectory, self.who = self.ballot.trajectory, self.ballot.participant
            self.trajectory.municipality = self.request.municipality

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same for every link that does not work (any more), so that guessing tells nothing."""
        if self.ballot is None:
            return render(request, "budget/choosing/left.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def voted(self, form: VoteForm) -> HttpResponse:
        assert self.ballot is not None  # noqa: S101
        try:
            voting.change(ballot=self.ballot, choice=form.choice())
        except ThemeBallot.DoesNotExist:
            return redirect(self.url())
        return self.done(_("Thank you, your choice counts. You can change it as long as this is open."))

    def url(self) -> str:
        kwargs = {"gemeente": self.request.municipality.slug, "token": self.kwargs["token"]}
        return reverse("budget:theme-ballot", kwargs=kwargs)


class BallotSuggest(SuggestMixin, BallotPage):
    """Only who confirmed the address suggests: else it would be in another's name."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.ballot is None or not self.ballot.is_confirmed:
            return redirect(self.url())
        return super().post(request, **kwargs)


class BallotButton(Button, BallotPage):
    """One button of the own page."""

    vanished = (ThemeBallot.DoesNotExist,)

    @property
    def own(self) -> ThemeBallot:
        assert self.ballot is not None  # noqa: S101
        return self.ballot

    def back(self) -> HttpResponse:
        return redirect(self.url())


class ConfirmView(BallotButton):
    def act(self) -> HttpResponse:
        voting.confirm(ballot=self.own)
        return self.done(_("Thank you! Your choice counts from now on."))


class WithdrawView(BallotButton):
    def act(self) -> HttpResponse:
        voting.withdraw(ballot=self.own)
        counted = _("Your choice does not count any more.")
        messages.success(self.request, counted if self.own.is_confirmed else _("We forgot your choice."))
        return redirect("budget:themes", gemeente=self.request.municipality.slug, pk=self.trajectory.pk)
