"""Questions with their answers: for everybody, for who asked, and for officials who answer them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from budget.domain.analysing import questions
from budget.domain.analysing.refusals import AnalysisRefused
from budget.forms.analysing import AnswerForm
from budget.iv3 import names
from budget.method import ANSWER_DAYS, ASK
from budget.models import BudgetQuestion
from budget.views import trajectories
from trajecten.domain.moderation import deciding
from trajecten.domain.promises import chains
from trajecten.domain.verdicts import of as verdicts_of
from trajecten.enums import Moderation
from trajecten.forms.refusing import refuse
from trajecten.views.access import StaffMixin, by_secret_link
from trajecten.views.paging import LongPaginator

PER_PAGE = 20
PER_DESK_PAGE = 50


def questions_page(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """All that was asked and that everybody may read, the newest first."""
    trajectory = trajectories.found(request, pk)
    paginator = LongPaginator(questions.public(trajectory), PER_PAGE, request.GET.get("page"))
    context = {
        "trajectory": trajectory,
        "page": paginator.shown(),
        "may_ask": trajectory.allows(ASK),
        "answer_days": ANSWER_DAYS,
    }
    return render(request, "budget/analysing/questions.html", context)


def question_page(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """One question with its answer or the date of it; 404 while others may not read it."""
    rows = BudgetQuestion.objects.filter(moderation=Moderation.PUBLISHED)
    question = get_object_or_404(_named(rows), pk=pk)
    return render(request, "budget/analysing/question.html", shown(request, question))


def _named(rows: Any) -> Any:
    return rows.select_related("trajectory", "programme", "commitment", "area").defer("area__geometry")


def shown(request: HttpRequest, question: BudgetQuestion) -> dict[str, Any]:
    """What a page of one question needs."""
    commitment = question.commitment
    return {
        "question": question,
        "trajectory": question.trajectory,
        "field_name": names.name(question.task_field) if question.task_field else "",
        "waits": questions.waits(question),
        "chain": chains.chain_of(commitment) if commitment else (),
    }


@never_cache
@by_secret_link
def own_question(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The page of who asked, also while nobody else may read it."""
    rows = BudgetQuestion.objects.filter(author__isnull=False)
    question = get_object_or_404(_named(rows), token=token)
    context = {
        **shown(request, question),
        "is_own": True,
        "hidden": deciding.hidden_by(question),
        "answer_days": ANSWER_DAYS,
    }
    return render(request, "budget/analysing/question.html", context)


class QuestionsDesk(StaffMixin, TemplateView):
    """What waits for an answer, what was promised soonest first."""

    permission = "budget.view_budgetquestion"
    template_name = "budget/analysing/desk.html"
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = _named(questions.to_answer()).select_related("commitment__owner")
        paginator = LongPaginator(rows, PER_DESK_PAGE, self.request.GET.get("page"))
        page = paginator.shown()
        for question in page:
            question.field_name = names.name(question.task_field) if question.task_field else ""
        unread = BudgetQuestion.objects.filter(moderation=Moderation.PENDING).count()
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "today": timezone.localdate(),
            "unread": unread,
            "title": ngettext("%(n)d question waits", "%(n)d questions wait", paginator.count)
            % {"n": paginator.count},
        }


class QuestionDesk(StaffMixin, View):
    """One question for officials and the adviser of its trajectory, with the form for who may answer."""

    permission = "budget.view_budgetquestion"
    request: HttpRequest

    def permission_object(self) -> BudgetQuestion:
        rows = BudgetQuestion.objects.select_related("author", "commitment__owner", "answered_by")
        self.question: BudgetQuestion = get_object_or_404(_named(rows), pk=self.kwargs["pk"])
        self.question.municipality = self.request.municipality
        return self.question

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(AnswerForm())

    def _page(self, form: AnswerForm, status: int = 200) -> HttpResponse:
        question, user = self.question, self.request.user
        commitment = question.commitment
        context = {
            **shown(self.request, question),
            "may_answer": user.has_perm("budget.answer_budgetquestion", question),
            "may_moderate": user.has_perm("trajecten.moderate_municipality", self.request.municipality),
            "verdicts": list(verdicts_of(commitment)) if commitment else [],
            "form": form,
        }
        return render(self.request, "budget/analysing/question_desk.html", context, status=status)


class AnswerView(QuestionDesk):
    """Answering it. A GET, such as after signing in again, shows the page."""

    permission = "budget.answer_budgetquestion"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect("budget:question-desk", gemeente=kwargs["gemeente"], pk=kwargs["pk"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                questions.answer(question=self.question, by=request.user, **form.cleaned_data)
            except AnalysisRefused as refused:
                refuse(form, refused)
            else:
                messages.success(
                    request, _("The answer is public. Who asked gets it, and says whether it helps.")
                )
                return redirect("budget:questions-desk", gemeente=kwargs["gemeente"])
        return self._page(form, status=422)
