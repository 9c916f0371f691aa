"""The answer templates of a municipality: the list, and making or changing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from buurtschouw.domain import answer_templates
from buurtschouw.forms.answer_templates import AnswerTemplateForm
from buurtschouw.models import AnswerTemplate
from trajecten.views.access import StaffMixin


class AnswerTemplateListView(StaffMixin, TemplateView):
    template_name = "buurtschouw/staff/answer_templates.html"
    permission = "buurtschouw.change_answertemplate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = AnswerTemplate.objects.select_related("category")
        return {**super().get_context_data(**kwargs), "templates": found}


class AnswerTemplateFormView(StaffMixin, View):
    """Make a template, or change the one in the address."""

    permission = "buurtschouw.change_answertemplate"

    def permission_object(self) -> Any:
        number = self.kwargs.get("pk")
        self.template = get_object_or_404(AnswerTemplate, pk=number) if number else None
        return self.template or self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        fresh = {} if self.template else {"is_active": True}
        return self._page(AnswerTemplateForm(initial=fresh, now=self._now()))

    def _now(self) -> dict[str, Any] | None:
        return AnswerTemplateForm.initial_of(self.template) if self.template else None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AnswerTemplateForm(request.POST, now=self._now())
        if form.is_valid():
            template = self.template or AnswerTemplate(municipality=request.municipality)
            try:
                answer_templates.keep(template=template, by=request.user, **form.cleaned_data)
            except answer_templates.TemplateRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                messages.success(request, _("The template has been kept."))
                return redirect("buurtschouw:answer-templates", gemeente=request.municipality.slug)
        return self._page(form, status=422)

    def _page(self, form: AnswerTemplateForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "template": self.template, "placeholders": answer_templates.PLACEHOLDERS}
        return render(self.request, "buurtschouw/staff/answer_template.html", context, status=status)
