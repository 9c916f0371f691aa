"""Looking back on a walk: the questions behind the link in the mail, and the page on which officials ask them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import View

from buurtschouw.domain.evaluation import asking, moderating, replying, told
from buurtschouw.domain.evaluation.refusals import EvaluationRefused
from buurtschouw.forms.evaluation import AskForm, PaperGroupForm, PaperReplyForm, ReplyForm, WordsForm
from buurtschouw.method import EVALUATE, EVALUATION_DAYS, QUESTIONS
from buurtschouw.models import Evaluation, EvaluationWords, Schouw
from trajecten.domain.dashboards.suppression import SMALL
from trajecten.domain.links import NoSuchLink
from trajecten.models import Participant, User
from trajecten.views.access import StaffMixin


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, gemeente: str, pk: int, token: str) -> HttpResponse:
    """The questions, with what this person answered before. Only POST keeps answers: mail scanners follow links too."""
    evaluation = get_object_or_404(Evaluation.objects.select_related("schouw__trajectory"), schouw=pk)
    try:
        person = asking.read(token=token, evaluation=evaluation)
    except NoSuchLink as error:
        raise Http404 from error
    asked = {
        "group": asking.group_of(person),
        "walked": asking.has_walked(schouw=evaluation.schouw, person=person),
    }
    if request.method != "POST":
        before = replying.of_person(evaluation=evaluation, person=person)
        form = ReplyForm(**asked, initial=ReplyForm.initial_of(before))
        return _questions(request, evaluation, form, is_answered=before is not None)
    form = ReplyForm(request.POST, **asked)
    if form.is_valid() and _kept(request, evaluation, person, form):
        return redirect(request.path)
    return _questions(request, evaluation, form, status=422)


def _kept(request: HttpRequest, evaluation: Evaluation, person: Participant | User, form: ReplyForm) -> bool:
    try:
        replying.reply(evaluation=evaluation, person=person, given=form.given())
    except EvaluationRefused as refused:
        form.add_error(refused.field, refused.message)
        return False
    messages.success(request, _("Thank you. We read all answers and use them for the next walk."))
    return True


def _questions(
    request: HttpRequest,
    evaluation: Evaluation,
    form: ReplyForm,
    *,
    is_answered: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "evaluation": evaluation,
        "schouw": evaluation.schouw,
        "form": form,
        "is_answered": is_answered,
    }
    return render(request, "buurtschouw/evaluation/answer.html", context, status=status)


class EvaluationMixin(StaffMixin, View):
    """A page about the evaluation of one walk; ``evaluation`` is None before people were asked."""

    permission = "buurtschouw.view_schouw"
    evaluation: Evaluation | None

    def permission_object(self) -> Schouw:
        rows = Schouw.objects.select_related("trajectory", "municipality", "evaluation")
        self.schouw = get_object_or_404(rows.defer("municipality__boundary"), pk=self.kwargs["pk"])
        self.evaluation = getattr(self.schouw, "evaluation", None)
        return self.schouw

    def page(self, *, status: int = 200, **forms: Form) -> HttpResponse:
        return render(
            self.request, "buurtschouw/evaluation/staff.html", self._context(**forms), status=status
        )

    def _context(self, **forms: Form) -> dict[str, Any]:
        evaluation = self.evaluation
        last_day = (
            evaluation.closes_on if evaluation else timezone.localdate() + timedelta(days=EVALUATION_DAYS)
        )
        return {
            "schouw": self.schouw,
            "evaluation": evaluation,
            "may_change": self.request.user.has_perm("buurtschouw.change_schouw", self.schouw),
            "may_ask": self.schouw.trajectory.allows(EVALUATE) and not (evaluation and evaluation.closed_at),
            "walkers": asking.walkers(self.schouw).count(),
            "officials": asking.officials(self.schouw).count(),
            "results": told.results(evaluation) if evaluation else None,
            "replies": evaluation.replies.count() if evaluation else 0,
            "words": _by_question(evaluation) if evaluation else [],
            "enough": SMALL,
            "form": AskForm(initial={"closes_on": last_day}),
            **forms,
        }

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        kwargs = {"gemeente": self.request.municipality.slug, "pk": self.schouw.pk}
        return redirect(reverse("buurtschouw:evaluation", kwargs=kwargs))


def _by_question(evaluation: Evaluation) -> list[dict[str, Any]]:
    """What was written, under the question it answers; whether enough answered for others to read what is public."""
    rows = list(moderating.to_read(evaluation))
    asked = [question for question in QUESTIONS if question.kind == "words"]
    shown = told.shown_questions(evaluation) if rows else frozenset()
    found = [
        {
            "question": question,
            "rows": [row for row in rows if row.question == question.key],
            "is_shown": question.key in shown,
        }
        for question in asked
    ]
    return [each for each in found if each["rows"]]


class EvaluationPage(EvaluationMixin):
    """How the evaluation goes, and what was said."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()


class EvaluationAct(EvaluationMixin):
    """A form of that page, for who may change the walk. A GET shows the page."""

    permission = "buurtschouw.change_schouw"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def asked(self) -> Evaluation:
        """The evaluation; 404 before people were asked."""
        if self.evaluation is None:
            raise Http404
        return self.evaluation


class AskView(EvaluationAct):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                asking.ask(schouw=self.schouw, by=request.user, closes_on=form.cleaned_data["closes_on"])
            except EvaluationRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.done(
                    _("The questions are on their way. Who was asked before gets no second mail.")
                )
        return self.page(status=422, form=form)


class CloseView(EvaluationAct):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asking.close(evaluation=self.asked(), by=request.user)
        return self.done(_("The evaluation is closed. Nobody can tell any more whose answers they are."))


class WordsView(EvaluationAct):
    """Let everybody read what somebody wrote, or not."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = EvaluationWords.objects.filter(reply__evaluation=self.asked())
        words = get_object_or_404(rows, pk=kwargs["words"])
        form = WordsForm(request.POST)
        if not form.is_valid():
            return self.page(status=422)
        moderating.decide(words=words, by=request.user, publish=form.cleaned_data["publish"])
        return self.done(_who_reads(words, publish=form.cleaned_data["publish"]))


def _who_reads(words: EvaluationWords, *, publish: bool) -> str:
    if not publish:
        return _("Only officials can read this.")
    if words.question in told.shown_questions(words.reply.evaluation):
        return _("Everybody can read this now, on the page with the results.")
    return _(
        "Everybody can read this as soon as %(n)d people of this group have answered. Until then it could be known "
        "whose words they are."
    ) % {"n": SMALL}


class PaperView(EvaluationMixin):
    """Entering a form on paper, by any official of the municipality or the adviser."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        group = PaperGroupForm(request.GET).asked()
        return self._form(PaperReplyForm(group=group), group)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        group = PaperGroupForm(request.POST).asked()
        form = PaperReplyForm(request.POST, group=group)
        if form.is_valid() and self._entered(form, group):
            messages.success(request, _("The form has been kept. You can enter the next one."))
            return redirect(f"{request.path}?group={group}")
        return self._form(form, group, status=422)

    def _entered(self, form: PaperReplyForm, group: str) -> bool:
        if self.evaluation is None:
            form.add_error(
                None, _("Ask people first what they thought of the walk; then enter what is on paper.")
            )
            return False
        key, given = form.cleaned_data["key"], form.given()
        try:
            replying.enter_paper(
                evaluation=self.evaluation, key=key, group=group, given=given, by=self.request.user
            )
        except EvaluationRefused as refused:
            form.add_error(refused.field, refused.message)
            return False
        return True

    def _form(self, form: PaperReplyForm, group: str, status: int = 200) -> HttpResponse:
        context = {
            "schouw": self.schouw,
            "evaluation": self.evaluation,
            "form": form,
            "group": group,
            "group_form": PaperGroupForm(initial={"group": group}),
        }
        return render(self.request, "buurtschouw/evaluation/paper.html", context, status=status)
