"""One line of the budget: what it is, over the years, beside other municipalities, in the areas."""

from typing import Any

from django.http import Http404, HttpResponse

from budget.domain import explaining, line_answers
from budget.domain.figures import areas, similar, years
from budget.forms.answering import AnswerForm
from budget.iv3 import codes, names
from budget.views.figures import charts
from budget.views.figures.browser import who
from budget.views.figures.page import FiguresPage
from trajecten.domain import participants
from trajecten.enums import AreaKind
from trajecten.models import Area
from trajecten.strip import Strip


class LinePage(FiguresPage):
    """A main field or task field. 404 for a code without a line in these figures or in those of another year."""

    def find_code(self) -> str:
        """The code that is asked; raises Http404 for one that there can't be."""
        code = str(self.kwargs["code"])
        if not names.is_known(code):
            raise Http404
        return code

    def find(self) -> None:
        super().find()
        self.code = self.find_code()
        self.over_years = years.over_years(self.comparable, self.versions)
        exists = any(found.planned or found.realised for found in self.over_years)
        if not self.totals.has(self.code) and not exists:
            raise Http404

    @property
    def comparable(self) -> str:
        return codes.comparable(self.code) if "." in self.code else self.code

    def page(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": names.name(self.code),
            "amounts": self.totals.of(self.code),
            "has_line": self.totals.has(self.code),
            "explained": explaining.explained(self.code),
            "above": self._above(),
            "comparable": None if self.comparable == self.code else self._named(self.comparable),
            "columns": charts.over_years(self.over_years),
            **self._similar(),
            **self._areas(),
        }

    def _named(self, code: str) -> dict[str, str]:
        here = self.request.municipality.slug
        return {
            "name": names.name(code),
            "url": charts.url_of(code, gemeente=here, query=self.form.query()),
        }

    def _above(self) -> list[dict[str, str]]:
        """What this is part of, the main field first."""
        return [self._named(code) for code in reversed(codes.chain(self.code)[1:])]

    def _similar(self) -> dict[str, Any]:
        found = similar.compare(self.budget, self.comparable)
        if found is None:
            return {"similar": None}
        values = [member.per_inhabitant for member in found.members]
        return {"similar": found, "strip": Strip(values, found.own.per_inhabitant, found.median)}

    def _areas(self) -> dict[str, Any]:
        level = self.form.level_asked
        division = areas.divided(self.budget, self.totals, self.code, level)
        if division is None or not division.keys:
            return {"division": None}
        other = AreaKind.BUURT if level == AreaKind.WIJK else AreaKind.WIJK
        return {
            "division": division,
            "areas": charts.areas(division, self.budget, home=self._home()),
            "level": level,
            "other_level": {"label": other.label, "query": self.form.query(level=other)},
        }

    def _home(self) -> Area | None:
        """Where who is signed in lives."""
        if not self.request.user.is_authenticated:
            return None
        me = participants.known(municipality=self.request.municipality, user=self.request.user)
        return me.home_area if me else None


class SimilarView(LinePage):
    """All municipalities that a line or main field is compared with. 404 where there are too few."""

    template_name = "budget/figures/similar.html"

    def find_code(self) -> str:
        code = str(self.kwargs["code"])
        return code if code in names.MAIN_FIELDS else super().find_code()

    def page(self) -> dict[str, Any]:
        found = similar.compare(self.budget, self.comparable)
        if found is None:
            raise Http404
        return {"name": names.name(self.comparable), "line": self._named(self.code), "similar": found}


class LineView(LinePage):
    """One task field, with the form on which people say whether they understand it and whether it is enough."""

    template_name = "budget/figures/line.html"
    form_of_answer: AnswerForm | None = None

    def page(self) -> dict[str, Any]:
        here = {"gemeente": self.request.municipality.slug, "query": self.form.query()}
        parts = self.totals.parts(self.code)
        return {
            **super().page(),
            "parts": charts.bars(parts, {}, size=self.size, **here) if parts else None,
            **self.answer(),
        }

    def answer(self) -> dict[str, Any]:
        """The form with what was said before."""
        given = line_answers.given(year=self.budget.year, task_field=self.code, by=who(self.request))
        said = {name: getattr(given, name) for name in AnswerForm.base_fields} if given else None
        return {"answer_form": self.form_of_answer or AnswerForm(initial=said), "given": given}

    def with_errors(self, form: AnswerForm) -> HttpResponse:
        """This page again, with what was filled in and what is wrong with it."""
        self.find()
        self.form_of_answer = form
        return self.shown(status=422)
