"""What everybody may read of an evaluation.

Nobody can be recognised by an answer: a question is shown only when ``SMALL`` people answered it, and words only
where as many filled in the questions to that group. What both groups were asked is shown for each of them only when
neither is small, for everybody together less one group is the other (``trajecten.domain.dashboards.suppression``);
otherwise for everybody together.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.domain.evaluation import moderating
from buurtschouw.enums import EvaluationGroup
from buurtschouw.method import QUESTIONS, SCORES, Question
from buurtschouw.models import Evaluation, EvaluationReply
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.dashboards.suppression import SMALL, suppress
from trajecten.enums import Moderation

# How the five answers of a score and the three of a choice are named, in their order.
SCORE_LABELS: Mapping[str, str | Promise] = {
    "1": gettext_lazy("1: not at all"),
    "2": "2",
    "3": "3",
    "4": "4",
    "5": gettext_lazy("5: very much"),
}
CHOICE_LABELS: Mapping[str, str | Promise] = {
    "yes": gettext_lazy("Yes"),
    "maybe": gettext_lazy("Maybe"),
    "no": gettext_lazy("No"),
}
SERIES: Mapping[str, Series] = {
    EvaluationGroup.WALKER: Series(gettext_lazy("Walkers"), "good"),
    EvaluationGroup.OFFICIAL: Series(gettext_lazy("Officials"), "part"),
}

Counts = Mapping[str, Counter[str]]


@dataclass(frozen=True)
class Told:
    """One closed question: its chart, None where too few people answered; ``mean`` of a score, of all together."""

    question: Question
    chart: BarTable | None
    mean: float | None = None


@dataclass(frozen=True)
class Said:
    """An open question with what was said and may be read."""

    question: Question
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """An evaluation as everybody may read it. ``replies`` is None when they are too few to be told."""

    asked: int
    replies: int | None
    closed: tuple[Told, ...]
    said: tuple[Said, ...]

    @property
    def is_partial(self) -> bool:
        """Whether something that was answered is not shown, or not for each group."""
        return len(self.shown) < len(self.closed) or any(
            told.chart and len(told.chart.series) < len(told.question.asked_of) for told in self.closed
        )

    @property
    def shown(self) -> tuple[Told, ...]:
        return tuple(told for told in self.closed if told.chart)


def results(evaluation: Evaluation) -> Results:
    """Counted in two statements, however many answered."""
    given = list(EvaluationReply.objects.filter(evaluation=evaluation).values_list("group", "answers"))
    return Results(
        asked=evaluation.walkers_asked + evaluation.officials_asked,
        replies=len(given) if len(given) >= SMALL else None,
        closed=tuple(
            _told(question, _counts(question, given)) for question in QUESTIONS if question.kind != "words"
        ),
        said=tuple(_said(evaluation, Counter(group for group, _answers in given))),
    )


def _counts(question: Question, given: Iterable[tuple[str, dict[str, str]]]) -> Counts:
    found: dict[str, Counter[str]] = {group: Counter() for group in sorted(question.asked_of, reverse=True)}
    for group, answers in given:
        if group in found and question.key in answers:
            found[group][answers[question.key]] += 1
    return found


def _told(question: Question, counts: Counts) -> Told:
    together = sum(counts.values(), Counter[str]())
    if together.total() < SMALL:
        return Told(question, None)
    mean = None
    if question.kind == "score":
        mean = sum(int(value) * number for value, number in together.items()) / together.total()
    return Told(question, _chart(question, counts if _apart(counts) else {"": together}), mean)


def _apart(counts: Counts) -> bool:
    """Whether each group can be shown by itself: it has answers, and none of them is small."""
    sizes: dict[Hashable, int] = {group: counted.total() for group, counted in counts.items() if counted}
    return len(sizes) == len(counts) and None not in suppress(sizes).tables[0].values()


def _chart(question: Question, counts: Counts) -> BarTable:
    labels = SCORE_LABELS if question.kind == "score" else CHOICE_LABELS
    series = [SERIES.get(group) or Series(_("Everybody together"), "plain") for group in counts]
    values = [str(score) for score in SCORES] if question.kind == "score" else list(CHOICE_LABELS)
    rows = [BarRow(labels[value], [counted[value] for counted in counts.values()]) for value in values]
    return BarTable(f"evaluation-{question.key}", question.text, _("Answer"), series, rows)


def _said(evaluation: Evaluation, replies: Counter[str]) -> Iterable[Said]:
    """Words that may be read, of questions that were put to enough people."""
    texts: dict[str, list[str]] = defaultdict(list)
    for words in moderating.to_read(evaluation).filter(moderation=Moderation.PUBLISHED):
        texts[words.question].append(words.text)
    for question in QUESTIONS:
        if texts[question.key] and _enough(question, replies):
            yield Said(question, tuple(texts[question.key]))


def _enough(question: Question, replies: Counter[str]) -> bool:
    """Whether so many people of who is asked it answered that nobody is known by their words."""
    return sum(replies[group] for group in question.asked_of) >= SMALL


def shown_questions(evaluation: Evaluation) -> frozenset[str]:
    """Under which questions published words stand on the page with the results by now."""
    groups = Counter(EvaluationReply.objects.filter(evaluation=evaluation).values_list("group", flat=True))
    return frozenset(question.key for question in QUESTIONS if _enough(question, groups))
