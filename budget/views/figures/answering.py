"""Saying whether one understands a line, and whether it is enough."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from budget.domain import line_answers
from budget.forms.answering import AnswerForm
from budget.method import ANSWERS_PER_HOUR
from budget.views.figures.browser import remember, somebody
from budget.views.figures.line import LineView
from trajecten.domain.throttle import Allowance, Throttled


class AnswerView(LineView):
    """Keep an answer, and come back on the line; with htmx only that part of the page changes."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST)
        self.find()
        if not self.totals.has(self.code):
            raise Http404
        if not form.is_valid():
            return self._part(form, status=422) if request.htmx else self.with_errors(form)
        try:
            Allowance("line_answer", request, ANSWERS_PER_HOUR).spend()
        except Throttled:
            return render(request, "429.html", status=429)
        return self._keep(form)

    def _keep(self, form: AnswerForm) -> HttpResponse:
        by = somebody(self.request)
        line_answers.answer(
            municipality=self.request.municipality,
            year=self.budget.year,
            task_field=self.code,
            by=by,
            **form.cleaned_data,
        )
        if self.request.htmx:
            response = self._part(form, is_kept=True)
        else:
            messages.success(self.request, _("Thank you. Your answer has been kept."))
            response = redirect(f"{self._address()}#answer")
        remember(response, by)
        return response

    def _address(self) -> str:
        here = self.request.path.removesuffix("mening/")
        return f"{here}{self.form.query()}"

    def _part(self, form: AnswerForm, *, status: int = 200, is_kept: bool = False) -> HttpResponse:
        context = {
            "answer_form": form,
            "code": self.code,
            "budget": self.budget,
            "query": self.form.query(),
            "is_kept": is_kept,
            "given": is_kept,
        }
        return render(self.request, "budget/figures/_answer.html", context, status=status)
