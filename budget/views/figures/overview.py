"""Where the money goes: all main fields of a year, and one of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from budget.domain import explaining
from budget.domain.figures import versions
from budget.iv3 import names
from budget.views.figures import charts
from budget.views.figures.line import LinePage
from budget.views.figures.page import FiguresPage


class OverviewView(FiguresPage):
    """What the municipality spends, by main field. Where there are no figures yet the page says so."""

    template_name = "budget/figures/overview.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.form.data.get("year") and not versions.have_figures():
            return render(request, "budget/figures/none.html")
        return super().get(request, **kwargs)

    def page(self) -> dict[str, Any]:
        here = {"gemeente": self.request.municipality.slug, "query": self.form.query()}
        found = self.totals.mains
        explained = explaining.all_explained([total.code for total in found])
        return {
            "all": self.totals.all,
            "between_years": self.totals.between_years,
            "map": charts.treemap(found, **here),
            "bars": charts.bars(found, explained, size=self.size, **here),
        }


class MainFieldView(LinePage):
    """One main field, with its task fields."""

    template_name = "budget/figures/main_field.html"

    def find_code(self) -> str:
        code = str(self.kwargs["code"])
        if code not in names.MAIN_FIELDS:
            raise Http404
        return code

    def page(self) -> dict[str, Any]:
        here = {"gemeente": self.request.municipality.slug, "query": self.form.query()}
        found = self.totals.groups(self.code)
        explained = explaining.all_explained([total.code for total in found])
        return {
            **super().page(),
            "map": charts.treemap(found, **here),
            "bars": charts.bars(found, explained, size=self.size, **here),
        }
