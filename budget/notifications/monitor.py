"""The messages about following the money: signals, the link to confirm what one sees, and the calendar ahead."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.monitoring import following, observing, telling, wording
from budget.domain.planning import ahead
from budget.method import METHOD
from budget.models import Alert, Observation
from trajecten.models import Notification, Trajectory
from trajecten.registry import Category, Message, NothingToSay, Placeholder


def _url(name: str, row: Notification, **parts: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs={'gemeente': row.municipality.slug, **parts})}"


def observation_url(observation: Observation, row: Notification) -> str:
    """The own page: who has this address can confirm, change and take back what was said."""
    return _url("budget:observation", row, token=observation.token)


def signal(row: Notification) -> Mapping[str, Any]:
    """How the money stands now. Raises ``NothingToSay`` when the signal is over by then."""
    alert = row.about
    if not isinstance(alert, Alert) or alert.ended_at:
        raise NothingToSay("the signal is over")
    (one,) = following.follow(following.lines().filter(pk=alert.line_id), row.municipality)
    if one.reckoned is None or one.signal != alert.signal:
        raise NothingToSay("the signal is over")
    trajectory = one.about.round.trajectory
    return {
        "name": one.about.name,
        "signal": wording.signal(one),
        "stands": wording.stands(one.reckoned),
        "expected": wording.expected(one.reckoned),
        "basis": one.basis,
        "promise": one.promise,
        "page_url": _url("budget:followed-line", row, pk=trajectory.pk, line=alert.line_id),
        "desk_url": _url("budget:monitor-line", row, pk=alert.line_id),
    }


def asked(row: Notification) -> Mapping[str, Any]:
    """The link to confirm, or to the own page. Raises ``NothingToSay`` when it was taken back."""
    found = row.about
    if not isinstance(found, Observation) or found.author_id is None:
        raise NothingToSay("taken back")
    name = found.line.outcome_line.line.name
    return {"observation": found, "name": name, "own_url": observation_url(found, row)}


def calendar(row: Notification) -> Mapping[str, Any]:
    """Which step has to be ready when, and before what. Raises ``NothingToSay`` when it is closed by then."""
    if not isinstance(row.about, Trajectory):
        raise NothingToSay("the trajectory is gone")
    (one,) = ahead.of([row.about])
    due = next((due for due in one.dues if due.step == row.context["step"] and due.state != "done"), None)
    if due is None:
        raise NothingToSay("closed already")
    return {
        "trajectory": row.about,
        "step": METHOD.step(due.step).name,
        "ready_on": due.ready_on,
        "moment": due.planned.moment.label,
        "day": due.planned.day,
        "calendar_url": _url("budget:calendar-of", row, pk=row.about.pk),
    }


CATEGORIES = (Category("my-budget", gettext_lazy("How the money goes in what you take part in or follow")),)

ABOUT_A_LINE = (
    Placeholder(
        "regel",
        gettext_lazy("The line of the budget that it is about"),
        lambda context: context["name"],
        "Hulp dichtbij",
    ),
)

MESSAGES = (
    Message(
        key=telling.STAFF,
        app="budget",
        audience=_(
            "The official who keeps the promise, and the coordinator of the trajectory or all of them"
        ),
        trigger=_("Figures or reports show that more or less is spent of an adopted amount than planned"),
        category="my-work",
        context=signal,
        target="desk_url",
        placeholders=ABOUT_A_LINE,
    ),
    Message(
        key=telling.RESIDENTS,
        app="budget",
        audience=_("Who takes part in the trajectory or follows it, and a resident who keeps the promise"),
        trigger=_("Figures or reports show that money that the council adopted stays unspent"),
        category="my-budget",
        context=signal,
        stops=_("how the money goes"),
        target="page_url",
        same_for_all=True,
        placeholders=ABOUT_A_LINE,
    ),
    Message(
        key=observing.ASKED,
        app="budget",
        audience=_("Who says with a mail address, without signing in, what they see of an adopted amount"),
        trigger=_("Somebody fills in the address to say what they see; asks to confirm it"),
        category="my-budget",
        context=asked,
        target="own_url",
        placeholders=ABOUT_A_LINE,
    ),
    Message(
        key=ahead.WARNED,
        app="budget",
        audience=_("The coordinator of the trajectory or all of the municipality, and its adviser"),
        trigger=_("A step has to be ready within three weeks to matter for the budget, and is not closed"),
        category="my-work",
        context=calendar,
        target="calendar_url",
    ),
)
