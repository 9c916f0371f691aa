"""Asking a question about the budget: with an account, by the own link of who takes part, or with a mail address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from budget.domain.analysing import confirming, questions
from budget.domain.analysing.refusals import AnalysisRefused
from budget.forms.analysing import QuestionForm
from budget.method import ANSWER_DAYS, ASK
from budget.models import UnconfirmedQuestion
from budget.views import allowances, trajectories
from trajecten.domain import throttle
from trajecten.forms.refusing import refuse
from trajecten.models import Participant, Trajectory
from trajecten.views.access import by_secret_link


@method_decorator(never_cache, name="dispatch")
class AskView(View):
    """The form; ``?programme=`` and ``?task_field=`` fill in what it is about."""

    request: HttpRequest
    trajectory: Trajectory
    who: Participant | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.find()

    def find(self) -> None:
        """Sets the trajectory and who this is."""
        self.trajectory = trajectories.found(self.request, self.kwargs["pk"])
        self.who = trajectories.visitor(self.request)

    @property
    def is_known(self) -> bool:
        return self.who is not None or self.request.user.is_authenticated

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        about = {name: request.GET.get(name, "") for name in ("programme", "task_field")}
        return self._page(self._form(initial=about))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            try:
                return self._asked(form)
            except AnalysisRefused as refused:
                refuse(form, refused)
            except throttle.Throttled as throttled:
                form.add_error(*allowances.too_many(throttled))
        return self._page(form, status=422)

    def _form(self, data: Any = None, **options: Any) -> QuestionForm:
        return QuestionForm(data, trajectory=self.trajectory, is_known=self.is_known, **options)

    def _asked(self, form: QuestionForm) -> HttpResponse:
        slug = self.request.municipality.slug
        if not self.is_known:
            email = form.cleaned_data["email"]
            allowances.spend(self.request, "question", email)
            language = self.request.LANGUAGE_CODE
            confirming.ask(trajectory=self.trajectory, email=email, language=language, asked=form.asked())
            messages.success(
                self.request, _("Look in your mail: with the link in it you confirm. Only then it is asked.")
            )
            return redirect("budget:questions", gemeente=slug, pk=self.trajectory.pk)
        who = self.who or trajectories.account(self.request)
        question = questions.ask(trajectory=self.trajectory, by=who, asked=form.asked())
        messages.success(self.request, _("Thank you, your question has been asked. Here you follow it."))
        return redirect("budget:question-own", gemeente=slug, token=question.token)

    def _page(self, form: QuestionForm, status: int = 200) -> HttpResponse:
        context = {
            "trajectory": self.trajectory,
            "form": form,
            "is_open": self.trajectory.allows(ASK),
            "answer_days": ANSWER_DAYS,
        }
        return render(self.request, "budget/analysing/ask.html", context, status=status)


@method_decorator(by_secret_link, name="dispatch")
class MemberAsk(AskView):
    """For who takes part in the trajectory, by the secret of their own page."""

    def find(self) -> None:
        enrolment = trajectories.enrolled(self.request, self.kwargs["token"])
        self.trajectory, self.who = enrolment.trajectory, enrolment.participant


@method_decorator([never_cache, by_secret_link], name="dispatch")
class ConfirmQuestion(View):
    """The page behind the link in the mail: one button asks the question, the other forgets it."""

    request: HttpRequest
    waiting: UnconfirmedQuestion | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same for every link that does not work (any more), so that guessing tells nothing."""
        rows = UnconfirmedQuestion.objects.select_related("trajectory", "programme")
        self.waiting = rows.filter(token=kwargs["token"]).first()
        if self.waiting is None:
            return render(request, "budget/analysing/left.html", status=404)
        self.waiting.trajectory.municipality = request.municipality
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return render(request, "budget/analysing/confirm.html", {"waiting": self.waiting})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.waiting is not None  # noqa: S101
        back = redirect("budget:questions", gemeente=kwargs["gemeente"], pk=self.waiting.trajectory_id)
        if request.POST.get("answer") == "forget":
            confirming.forget(waiting=self.waiting)
            messages.success(request, _("Your question is gone. Nobody has read it."))
            return back
        try:
            question = confirming.confirm(waiting=self.waiting)
        except AnalysisRefused as refused:
            messages.warning(request, refused.message)
            return back
        if question is None:
            return back
        messages.success(request, _("Thank you, your question has been asked. Here you follow it."))
        return redirect("budget:question-own", gemeente=kwargs["gemeente"], token=question.token)
