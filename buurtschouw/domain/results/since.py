"""What changed since the previous walk in the same neighbourhood: the same stops and statements, then and now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from buurtschouw.domain import lessons
from buurtschouw.domain.results import scored
from buurtschouw.domain.results.scored import Figures, Scores
from buurtschouw.enums import ReportKind
from buurtschouw.models import Category, Report, Schouw, Statement, Stop
from trajecten.charts import BarRow, BarTable, Series, Tone


@dataclass(frozen=True)
class Compared:
    """One statement at one stop, as it was found then and now."""

    stop: Stop
    statement: Statement
    then: Figures
    now: Figures

    @property
    def difference(self) -> float:
        return self.now.mean - self.then.mean

    @property
    def is_few(self) -> bool:
        """Whether so few scored, then or now, that the difference says little."""
        return self.then.is_few or self.now.is_few


@dataclass(frozen=True)
class Since:
    """The previous walk beside this one."""

    before: Schouw
    compared: tuple[Compared, ...]
    charts: tuple[BarTable, ...]


def previous(schouw: Schouw) -> Schouw | None:
    """The walk that this one is compared with.

    The last earlier one that has a stop which is a stop of this walk too (``Stop.same_as``); where no stop is, the
    last one before it in the same neighbourhood. None for the first walk, and for one without a date.
    """
    if schouw.walk_at is None:
        return None
    rows = (
        Schouw.objects.select_related("trajectory").filter(walk_at__lt=schouw.walk_at).exclude(pk=schouw.pk)
    )
    same: Schouw | None = rows.filter(stops__later__schouw=schouw).order_by("-walk_at", "-pk").first()
    if same:
        return same
    found: Schouw | None = lessons.earlier(schouw).select_related("trajectory").first()
    return found


def since(schouw: Schouw, now: Scores) -> Since | None:
    """This walk (with its scores) beside the previous one; None where there is none."""
    before = previous(schouw)
    if before is None:
        return None
    compared = tuple(_compared(now, scored.of_walk(before)))
    charts = (*([_scores_chart(compared)] if compared else []), *_report_charts(before, schouw))
    return Since(before, compared, charts)


def _compared(now: Scores, then: Scores) -> Iterable[Compared]:
    """What was scored both times: the same statement at a stop that is the same."""
    earlier = {each.stop.pk: dict(each.statements) for each in then.stops}
    for each in now.stops:
        known = earlier.get(each.stop.same_as_id or 0, {})
        for statement, figures in each.statements:
            if statement in known:
                yield Compared(each.stop, statement, known[statement], figures)


def _scores_chart(compared: Iterable[Compared]) -> BarTable:
    rows = [
        BarRow(
            f"{each.stop}: {each.statement.text}",
            (each.then.mean, each.now.mean, signed(each.difference)),
            note=_("Fewer than 3 walkers scored here, so this says little.") if each.is_few else "",
            tone=_tone(each),
        )
        for each in compared
    ]
    series = (
        Series(_("then"), "plain", drawn=False, decimals=1),
        Series(_("now"), "plain", decimals=1),
        Series(_("difference"), "plain", drawn=False),
    )
    return BarTable(
        "since-scores",
        _("Scores at the same stops, then and now"),
        _("Stop and statement"),
        series,
        rows,
        scored.mark(),
    )


def _tone(each: Compared) -> Tone:
    """Better or worse by half a point or more; less may be chance."""
    if each.is_few or abs(each.difference) < 0.5:
        return "open"
    return "good" if each.difference > 0 else "bad"


def signed(number: float) -> str:
    """A difference with its sign, in one decimal: "+0,5"."""
    rounded = round(number, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), decimal_pos=1)}"


def _report_charts(before: Schouw, schouw: Schouw) -> Iterable[BarTable]:
    kinds = {pk: _by_kind(pk) for pk in (before.pk, schouw.pk)}
    rows = [
        (capfirst(str(kind.label)), kinds[before.pk].get(kind, 0), kinds[schouw.pk].get(kind, 0))
        for kind in ReportKind
    ]
    yield _then_and_now("since-kinds", _("What was noted, then and now"), _("Kind"), rows)
    themes = {pk: _by_theme(pk) for pk in (before.pk, schouw.pk)}
    named = Category.objects.filter(pk__in={*themes[before.pk], *themes[schouw.pk]})
    found = [
        (theme.name, themes[before.pk].get(theme.pk, 0), themes[schouw.pk].get(theme.pk, 0))
        for theme in named
    ]
    if found:
        yield _then_and_now("since-themes", _("Each theme, then and now"), _("Theme"), found)


def _by_kind(schouw: int) -> dict[str, int]:
    rows = Report.objects.filter(schouw=schouw).order_by()
    return dict(rows.values_list("kind").annotate(Count("pk")))


def _by_theme(schouw: int) -> dict[int, int]:
    rows = Report.objects.filter(schouw=schouw).order_by()
    return dict(rows.values_list("category").annotate(Count("pk")))


def _then_and_now(key: str, caption: str, subject: str, found: Iterable[tuple[object, int, int]]) -> BarTable:
    series = (
        Series(_("then"), "plain", drawn=False),
        Series(_("now"), "plain"),
        Series(_("difference"), "plain", drawn=False),
    )
    rows = [BarRow(str(label), (then, now, _whole(now - then))) for label, then, now in found]
    return BarTable(key, caption, subject, series, rows)


def _whole(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"
