"""The words with which lines are explained, kept by the coordinator."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from budget.domain import explaining
from budget.domain.figures import versions
from budget.forms.explaining import LineTextForm
from budget.iv3 import codes, names, sentences
from budget.models import LineText
from trajecten.views.access import StaffMixin


class LineTextListView(StaffMixin, TemplateView):
    """The lines of which there are figures, with whether their words are the municipality's own."""

    template_name = "budget/explaining/texts.html"
    permission = "budget.change_linetext"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = set(LineText.objects.values_list("task_field", flat=True))
        wanted = {code for code in versions.codes_in_use() if code in sentences.TEXTS} | own
        ordered = sorted(wanted, key=lambda code: (code[0], "." in code, *codes.sort_key(code)))
        lines = [{"code": code, "name": names.name(code), "is_own": code in own} for code in ordered]
        return {**super().get_context_data(**kwargs), "lines": lines}


class LineTextView(StaffMixin, View):
    """Write own words of a line beside the standing ones. 404 for a code without figures."""

    permission = "budget.change_linetext"

    def permission_object(self) -> Any:
        code = self.kwargs["code"]
        if code not in versions.codes_in_use():
            raise Http404
        return self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(LineTextForm(now=self._now()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = LineTextForm(request.POST, now=self._now())
        if not form.is_valid():
            return self._page(form, status=422)
        here = request.municipality
        explaining.write(
            municipality=here, task_field=self.kwargs["code"], by=request.user, **form.cleaned_data
        )
        messages.success(request, _("The explanation has been kept."))
        return redirect("budget:line-texts", gemeente=here.slug)

    def _now(self) -> dict[str, Any]:
        found = LineText.objects.filter(task_field=self.kwargs["code"]).first()
        return {part: getattr(found, part) if found else "" for part in explaining.PARTS}

    def _page(self, form: LineTextForm, status: int = 200) -> HttpResponse:
        code = self.kwargs["code"]
        standing = sentences.of(code)
        context = {
            "form": form,
            "code": code,
            "name": names.name(code),
            "standing": [
                {"label": form[part].label, "text": getattr(standing, part)} for part in explaining.PARTS
            ],
        }
        return render(self.request, "budget/explaining/text.html", context, status=status)
