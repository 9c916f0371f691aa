"""A round on paper: the form to print, and typing over one that was filled in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budget.domain.alternatives import amounts, finishing, judging
from budget.domain.alternatives.judging import Changes
from budget.domain.alternatives.refusals import AlternativeRefused
from budget.domain.rounds import inhabitants, locking
from budget.forms.alternatives import PaperForm
from budget.views.alternatives import lines
from budget.views.rounds.desk import RoundMixin
from trajecten.domain import paper
from trajecten.forms.refusing import refuse


class PaperPdfView(RoundMixin):
    """All lines with room to write, A4."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = self.round
        context = {
            "municipality": request.municipality,
            "round": found,
            "rows": [_on_paper(line, found.unit) for line in found.lines.all()],
            "language": get_language() or settings.LANGUAGE_CODE,
            "numbers": paper.page_numbers(),
            "font_face": paper.FONT_FACE,
        }
        made = paper.pdf(
            html=render_to_string("budget/rounds/paper.html", context),
            css=render_to_string("budget/rounds/paper.css", context),
        )
        headers = {"Content-Disposition": f'inline; filename="begroting-{found.pk}-formulier.pdf"'}
        return HttpResponse(made, content_type="application/pdf", headers=headers)


def _on_paper(line: Any, unit: int) -> dict[str, Any]:
    return {
        "line": line,
        **{name: amounts.euro(getattr(line, name), unit) for name in ("baseline", "floor", "cap")},
    }


class EnterPaperView(RoundMixin):
    """Typing over a form on paper, by any official of the municipality or the adviser."""

    def form(self, data: Any = None) -> PaperForm:
        rows = list(self.round.lines.all())
        return PaperForm(data, lines=rows, unit=self.round.unit, given={})

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(self.form(), {})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        valid = form.is_valid()
        given = form.given()
        if (
            valid
            and form.check_bounds()
            and request.POST.get("act") != "reckon"
            and self._entered(form, given)
        ):
            messages.success(request, _("The form has been kept. You can enter the next one."))
            return redirect(request.path)
        status = 200 if not form.errors and request.POST.get("act") == "reckon" else 422
        return self._page(form, given, status=status)

    def _entered(self, form: PaperForm, given: Changes) -> bool:
        try:
            finishing.enter_paper(
                found=self.round,
                key=form.cleaned_data["key"],
                given=given,
                about=form.about(),
                by=self.request.user,
            )
        except AlternativeRefused as refused:
            refuse(form, refused)
            return False
        return True

    def _page(self, form: PaperForm, given: Changes, status: int = 200) -> HttpResponse:
        context = {
            "round": self.round,
            "takes": locking.takes(self.round),
            "form": form,
            "groups": lines.groups(form, given, inhabitants.of(self.round)),
            "left": judging.left(given.values()),
            "balance": lines.balance(given, self.round.unit),
        }
        return render(self.request, "budget/rounds/enter_paper.html", context, status=status)
