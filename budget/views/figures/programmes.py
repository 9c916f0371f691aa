"""The same figures by the programmes of the council."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from budget.domain import explaining
from budget.domain.figures.programmes import ProgrammeTotal, by_programme
from budget.domain.figures.totals import Total
from budget.iv3 import codes
from budget.views.figures import charts
from budget.views.figures.page import FiguresPage
from trajecten import money
from trajecten.charts import BarRow, BarTable
from trajecten.treemap import Block, Treemap


class ProgrammesPage(FiguresPage):
    def find(self) -> None:
        super().find()
        self.by_programme = by_programme(self.budget, self.totals)

    def url(self, total: ProgrammeTotal) -> str:
        """The page of a programme; none for what falls under no programme."""
        here = {"gemeente": self.request.municipality.slug, "code": total.code}
        return reverse("budget:programme-figures", kwargs=here) + self.form.query() if total.code else ""


class ProgrammesView(ProgrammesPage):
    """All programmes of a year. Without any the page says that there are none."""

    template_name = "budget/figures/programmes.html"

    def page(self) -> dict[str, Any]:
        found = self.by_programme.totals
        rows = [
            BarRow(
                named(total),
                charts.amounts(total.amounts.expenditure, total.amounts.income, self.size),
                url=self.url(total),
                note=total.programme.goal if total.programme else "",
            )
            for total in found
        ]
        caption = _("What is spent and received, in millions of euros, and in euros per inhabitant")
        series = charts.amount_series(self.size)
        return {
            "has_programmes": any(total.code for total in found),
            "is_from_rows": self.by_programme.is_from_rows,
            "map": Treemap("spent", _("The larger a box, the more money goes there."), self._blocks()),
            "bars": BarTable("programmes", caption, _("Programme"), series, rows),
        }

    def _blocks(self) -> list[Block]:
        spent = [(total, total.amounts.expenditure) for total in self.by_programme.totals]
        return [Block(named(total), amount, money.about(amount), self.url(total)) for total, amount in spent]


class ProgrammeView(ProgrammesPage):
    """One programme: what it wants, and which task fields it takes its money from. 404 for one without figures."""

    template_name = "budget/figures/programme.html"

    def page(self) -> dict[str, Any]:
        found = self.by_programme.of(self.kwargs["code"])
        if found is None or not found.code:
            raise Http404
        fields = [Total(code, found.fields[code]) for code in sorted(found.fields, key=codes.sort_key)]
        here = {"gemeente": self.request.municipality.slug, "query": self.form.query()}
        explained = explaining.all_explained([total.code for total in fields])
        return {
            "name": named(found),
            "programme": found.programme,
            "amounts": found.amounts,
            "is_from_rows": self.by_programme.is_from_rows,
            "map": charts.treemap(fields, **here),
            "bars": charts.bars(fields, explained, size=self.size, **here),
        }


def named(total: ProgrammeTotal) -> str:
    """The name of a programme, or what is said where there is none."""
    if total.programme:
        return str(total.programme.name)
    return _("Programme %(code)s") % {"code": total.code} if total.code else _("Under no programme")
