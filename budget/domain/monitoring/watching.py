"""Signals on adopted money: noted when figures or reports show them, told once, and over when they are gone.

A watch reads all of a municipality's lines; it can run at any moment, twice or at the same time as another: the
database keeps one signal a line, period and kind, and only who added it tells.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from budget.domain.monitoring import following, telling
from budget.domain.monitoring.following import Followed
from budget.enums import Signal
from budget.models import Alert, AmendmentLine
from trajecten.domain import writing
from trajecten.models import Municipality

TOLD = frozenset({Signal.UNDER, Signal.OVER})


def watch_all() -> int:
    """Every municipality that follows anything. Returns how many signals are new."""
    with scopes_disabled():
        followed = following.adopted(following.lines()).order_by().values("municipality")
        found = list(Municipality.objects.filter(pk__in=followed).defer("boundary"))
    new = 0
    for municipality in found:
        with scope(municipality=municipality):
            new += watch(municipality=municipality)
    return new


def watch(*, municipality: Municipality) -> int:
    """All adopted lines of a municipality, such as after figures came in. Returns how many signals are new."""
    rows = following.adopted(following.lines()).filter(municipality=municipality)
    return watch_lines(rows)


@transaction.atomic
def watch_lines(rows: Iterable[AmendmentLine]) -> int:
    """These lines, all of one municipality. Returns how many signals are new."""
    found = list(rows)
    if not found:
        return 0
    return sum(_note(one) for one in following.follow(found, found[0].municipality))


def _note(one: Followed) -> bool:
    """Keep the signal that the line gives now, and end those that it gave before. True when it is new."""
    now = _alert(one) if one.signal in TOLD else None
    for earlier in one.alerts:
        _bring_up_to_date(earlier, now)
    if now is None or any(_is_same(earlier, now) for earlier in one.alerts):
        return False
    writing.insert(writing.New(now, on_conflict="DO NOTHING"))
    if now.pk is None:
        return False
    telling.tell(now, one)
    return True


def _alert(one: Followed) -> Alert:
    reckoned, basis = one.reckoned, one.basis
    assert reckoned is not None  # noqa: S101
    assert basis is not None  # noqa: S101
    return Alert(
        municipality_id=one.line.municipality_id,
        line=one.line,
        year=one.year,
        period=reckoned.period,
        signal=one.signal,
        basis=basis,
        deviation=reckoned.deviation,
    )


def _is_same(earlier: Alert, now: Alert) -> bool:
    return (earlier.year, earlier.period, earlier.signal) == (now.year, now.period, now.signal)


def _bring_up_to_date(earlier: Alert, now: Alert | None) -> None:
    rows = Alert.objects.filter(pk=earlier.pk)
    if now is not None and _is_same(earlier, now):
        if earlier.ended_at or (earlier.deviation, earlier.basis) != (now.deviation, now.basis):
            rows.update(ended_at=None, deviation=now.deviation, basis=now.basis)
    elif earlier.ended_at is None:
        rows.update(ended_at=timezone.now())
