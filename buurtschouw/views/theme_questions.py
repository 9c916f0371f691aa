"""The questions of a theme, on pages of coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from buurtschouw.domain import questions
from buurtschouw.forms.theme_questions import QuestionForm
from buurtschouw.models import Category, Question
from trajecten.views.access import StaffMixin


class QuestionFormView(StaffMixin, View):
    """Make a question of the theme in the address, or change the one that is in it too."""

    permission = "buurtschouw.change_category"

    def permission_object(self) -> Any:
        self.category = get_object_or_404(Category, pk=self.kwargs["pk"])
        number = self.kwargs.get("question")
        own = self.category.questions
        self.question = get_object_or_404(own, pk=number) if number else None
        return self.category

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(QuestionForm(question=self.question))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = QuestionForm(request.POST, question=self.question)
        if form.is_valid():
            fresh = Question(municipality=request.municipality, category=self.category)
            try:
                questions.keep(question=self.question or fresh, by=request.user, **form.cleaned_data)
            except questions.QuestionRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                messages.success(request, _("The question has been kept. Residents see it at once."))
                return redirect(
                    "buurtschouw:category-edit", gemeente=request.municipality.slug, pk=self.category.pk
                )
        return self._page(form, status=422)

    def _page(self, form: QuestionForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "category": self.category, "question": self.question}
        return render(self.request, "buurtschouw/staff/question.html", context, status=status)
