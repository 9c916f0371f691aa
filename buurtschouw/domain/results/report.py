"""The whole result of a walk, as the page and the PDF show it."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtschouw.domain import lessons
from buurtschouw.domain.evaluation import told
from buurtschouw.domain.results import scored, since
from buurtschouw.domain.results.scored import Scores
from buurtschouw.domain.results.since import Since
from buurtschouw.domain.statistics import figures
from buurtschouw.domain.statistics.tally import MEDIAN, NINETY, Tally
from buurtschouw.enums import CountBy, Measure, ReportKind
from buurtschouw.models import Evaluation, Lesson, Schouw
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFilter
from trajecten.figures import Figure
from trajecten.models import Commitment

# How the two times are called that are told of reports.
TIMES = (
    (gettext_lazy("First answer, in working days"), Measure.ANSWERED),
    (gettext_lazy("Done, in working days"), Measure.DONE),
)


@dataclass(frozen=True)
class Result:
    """What came of one walk, without the observations, which are a list of their own."""

    schouw: Schouw
    figures: tuple[Figure, ...]
    scores: Scores
    since: Since | None
    promises: tuple[Commitment, ...]
    evaluation: told.Results | None
    lessons: tuple[Lesson, ...]


def result(schouw: Schouw) -> Result:
    """Read in a number of statements that does not grow with what was noted."""
    scores = scored.of_walk(schouw)
    evaluation = Evaluation.objects.filter(schouw=schouw).first()
    return Result(
        schouw=schouw,
        figures=tuple(_figures(schouw)),
        scores=scores,
        since=since.since(schouw, scores),
        promises=tuple(
            promised.with_public_words(promised.by_date(PromiseFilter(trajectory=schouw.trajectory)))
        ),
        evaluation=told.results(evaluation) if evaluation else None,
        lessons=tuple(lessons.of_walk(schouw).filter(is_public=True)),
    )


def _figures(schouw: Schouw) -> list[Figure]:
    """How much was noted, how much was answered and how fast, and what reporters say of it."""
    found = figures.of_walk(schouw)
    whole, kinds = found.all, found.of[CountBy.KIND]
    noted: dict[str, int] = {kind: kinds[kind].received for kind in ReportKind if kind in kinds}
    return [
        Figure(_("Noted"), whole.received, note=_kinds(noted)),
        Figure(_("Answered"), f"{whole.answered} / {whole.received}"),
        *(times(label, whole, measure) for label, measure in TIMES),
        solved(whole),
    ]


def times(label: str | Promise, tally: Tally, measure: Measure, *, is_told: bool = True) -> Figure:
    """The median in working days, with the 90th percentile; a dash where there is none, or not ``is_told``."""
    half, most = (tally.days(measure, share) if is_told else None for share in (MEDIAN, NINETY))
    return Figure(label, "–" if half is None else _number(half), note=_most(most))


def _most(number: float | None) -> str:
    if number is None:
        return ""
    if number == 0:
        return _("nine in ten on the same day")
    return _("nine in ten within %(days)s") % {"days": days(number)}


def solved(tally: Tally, *, is_told: bool = True) -> Figure:
    """What reporters say, with how many of them."""
    share = tally.solved_share if is_told else None
    note = ngettext("of %(n)d verdict", "of %(n)d verdicts", tally.verdicts) % {"n": tally.verdicts}
    return Figure(_("Solved, say reporters"), "–" if share is None else f"{share}%", note=note)


def days(number: float) -> str:
    """Working days as people read them."""
    return ngettext("%(n)s working day", "%(n)s working days", 1 if number == 1 else 2) % {
        "n": _number(number)
    }


def _number(number: float) -> str:
    return str(number_format(number, decimal_pos=0 if number == round(number) else 1))


def _kinds(counts: dict[str, int]) -> str:
    named = {
        ReportKind.PROBLEM: ngettext("%(n)d report", "%(n)d reports", counts.get("problem", 0)),
        ReportKind.COMPLIMENT: ngettext("%(n)d compliment", "%(n)d compliments", counts.get("compliment", 0)),
        ReportKind.IDEA: ngettext("%(n)d idea", "%(n)d ideas", counts.get("idea", 0)),
    }
    return ", ".join(named[kind] % {"n": counts[kind]} for kind in ReportKind if counts.get(kind))
