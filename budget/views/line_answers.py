"""What people said of the lines of the budget, for officials: counted per line, and their words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from budget.domain import line_answers
from budget.domain.line_answers import Said
from budget.enums import Enough, Understood
from budget.forms.answering import AnswerFilterForm
from budget.iv3 import codes, names
from budget.models import LineFeedback
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.tables import Column
from trajecten.views.access import StaffMixin
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import TableFile

PER_PAGE = 30
TONES = {
    Understood.YES: "good",
    Understood.PARTLY: "part",
    Understood.NO: "bad",
    Enough.TOO_LITTLE: "bad",
    Enough.ENOUGH: "good",
    Enough.TOO_MUCH: "late",
    Enough.UNKNOWN: "open",
}


class AnswersMixin(StaffMixin):
    """Reads the filter, which offers only years and lines that somebody said something of."""

    permission = "budget.view_linefeedback"

    def answers(self) -> QuerySet[LineFeedback]:
        answered = LineFeedback.objects.order_by().values_list("year", "task_field").distinct()
        pairs = list(answered)
        fields = sorted({field for _year, field in pairs}, key=codes.sort_key)
        years = sorted({year for year, _field in pairs}, reverse=True)
        self.form = AnswerFilterForm(self.request.GET, years=years, fields=fields)
        return LineFeedback.objects.filter(**self.form.narrowing())


class LineAnswersView(AnswersMixin, TemplateView):
    """Bars per line of whether it is understood and whether it is enough; below it the words, newest first."""

    template_name = "budget/explaining/answers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answers = self.answers()
        said = line_answers.said_by_line(answers)
        worded = answers.exclude(words="").select_related("area").defer("area__geometry")
        page = LongPaginator(worded, PER_PAGE, self.request.GET.get("page")).shown()
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "query": self.form.query(),
            "said": said,
            "charts": [self._chart("understood", said), self._chart("enough", said)] if said else [],
            "words": [{"answer": answer, "name": names.name(answer.task_field)} for answer in page],
            "page": page,
        }

    def _chart(self, question: str, said: Iterable[Said]) -> BarTable:
        choices = Understood if question == "understood" else Enough
        captions = {"understood": _("Do people understand it?"), "enough": _("Do people find it enough?")}
        series = [Series(choice.label, TONES[choice]) for choice in choices]  # type: ignore[arg-type]
        rows = [
            BarRow(
                f"{line.task_field} {names.name(line.task_field)}",
                [getattr(line, question)[choice.value] for choice in choices],
                url=self._line(line.task_field),
            )
            for line in said
        ]
        return BarTable(question, captions[question], _("Line"), series, rows)

    def _line(self, code: str) -> str:
        return reverse("budget:line", kwargs={"gemeente": self.request.municipality.slug, "code": code})


class LineAnswersFile(AnswersMixin, TableFile):
    """All answers of the filter, a row each, without who gave it."""

    name = gettext_lazy("Answers about the budget")
    columns = (
        Column(gettext_lazy("Year"), lambda row: row.year),
        Column(gettext_lazy("Task field"), lambda row: row.task_field),
        Column(gettext_lazy("Line"), lambda row: names.name(row.task_field)),
        Column(gettext_lazy("Understood"), lambda row: row.get_understood_display()),
        Column(gettext_lazy("Enough"), lambda row: row.get_enough_display()),
        Column(gettext_lazy("Words"), lambda row: row.words),
        Column(gettext_lazy("Area"), lambda row: row.area.name if row.area else ""),
        Column(gettext_lazy("Said at"), lambda row: row.at),
    )

    def rows(self) -> Iterable[LineFeedback]:
        found = self.answers().select_related("area").defer("area__geometry")
        return found.iterator(chunk_size=2000)
