"""What all pages of figures share: which figures are shown, and the ways to others."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from budget.domain.figures import sizes, totals, versions
from budget.enums import BudgetKind
from budget.forms.figures import FiguresForm
from budget.models import Budget


class FiguresPage(View):
    """Reads which year and kind of figures are asked, the newest plan without any; 404 for a year without figures.

    Without any figures yet there is no such page (404), but for the overview, which says so.
    """

    http_method_names = ["get", "head", "options"]
    template_name = ""
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form = FiguresForm(request.GET)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self.shown()

    def shown(self, *, status: int = 200) -> HttpResponse:
        """The page of what was found, with what its largest amount is per inhabitant and household."""
        context = {**self.shared(), **self.page()}
        spent = context.get("amounts") or context.get("all")
        if self.size and spent:
            context["per_inhabitant"] = self.size.per_inhabitant(spent.expenditure)
            context["per_household"] = self.size.per_household(spent.expenditure)
        return render(self.request, self.template_name, context, status=status)

    def find(self) -> None:
        """Look up the figures that are asked; raises Http404 where there are none."""
        self.versions = versions.versions()
        budget = (
            None
            if self.form.asks_no_year
            else self.versions.chosen(self.form.year_asked, self.form.kind_asked)
        )
        if budget is None:
            raise Http404
        self.budget = budget
        self.totals = totals.totals(budget)
        self.size = sizes.size(budget.year)

    def page(self) -> dict[str, Any]:
        """What this page shows besides."""
        return {}

    def shared(self) -> dict[str, Any]:
        return {
            "budget": self.budget,
            "size": self.size,
            "query": self.form.query(),
            "what_figures": told(self.budget),
            "years": [
                {"label": year, "query": self.form.query(year=year), "current": year == self.budget.year}
                for year in self.versions.years
            ],
            "kinds": [
                {
                    "label": told(each),
                    "query": self.form.query(year=each.year, kind=each.kind),
                    "current": each == self.budget,
                }
                for each in self.versions.kinds(self.budget.year)
            ],
        }


def told(budget: Budget) -> str:
    """Which figures these are, in words."""
    if budget.kind == BudgetKind.REALISED:
        return f"{budget.get_kind_display()}, {budget.get_period_display()}"
    if budget.kind == BudgetKind.ESTIMATE:
        return _("estimate, made in %(year)d") % {"year": budget.base_year}
    return str(budget.get_kind_display())
