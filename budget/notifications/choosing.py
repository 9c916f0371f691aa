"""The messages about choosing themes, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.choosing import telling
from budget.models import Theme, ThemeBallot
from trajecten.domain.telling import texts
from trajecten.models import Activity, Notification, Trajectory
from trajecten.registry import Category, Message, NothingToSay, Placeholder


def url(name: str, row: Notification, **parts: Any) -> str:
    """The whole address of a page of budgetmonitoring in the municipality of this message."""
    kwargs = {"gemeente": row.municipality.slug, **parts}
    return f"{settings.BASE_URL}{reverse(f'budget:{name}', kwargs=kwargs)}"


def asked(row: Notification) -> Mapping[str, Any]:
    """The link to confirm, or to the own page of who voted already. Raises ``NothingToSay`` for what is gone."""
    ballot = row.about
    if not isinstance(ballot, ThemeBallot) or ballot.participant is None:
        raise NothingToSay("taken back already")
    return {
        "ballot": ballot,
        "trajectory": ballot.trajectory,
        "own_url": url("theme-ballot", row, token=ballot.token),
    }


def chosen(row: Notification) -> Mapping[str, Any]:
    """Which themes were chosen and why, but one that was hidden since. Raises ``NothingToSay`` when the choice was
    changed, and when nothing of it is left to tell."""
    act = row.about
    if not isinstance(act, Activity) or not isinstance(act.target, Trajectory):
        raise NothingToSay("the trajectory is gone")
    themes = list(Theme.objects.filter(trajectory=act.target, is_chosen=True))
    if sorted(theme.pk for theme in themes) != act.details["themes"]:
        raise NothingToSay("chosen otherwise since")
    public = [theme for theme in themes if theme.is_public]
    if not public:
        raise NothingToSay("hidden since")
    return {
        "trajectory": act.target,
        "themes": public,
        "route_url": url("route", row, pk=act.target.pk),
    }


CATEGORIES = (Category("budget", gettext_lazy("Budgets that you have a say in")),)

ABOUT_A_TRAJECTORY = (
    Placeholder(
        "traject",
        gettext_lazy("The title of the trajectory"),
        lambda context: texts.as_title(context["trajectory"].title),
        "Volg het geld",
    ),
)

MESSAGES = (
    Message(
        key=telling.ASKED,
        app="budget",
        audience=_("Who wants to choose themes with a mail address, without signing in"),
        trigger=_("Somebody fills in the address to choose themes; asks to confirm it"),
        category="budget",
        context=asked,
        target="own_url",
        placeholders=ABOUT_A_TRAJECTORY,
    ),
    Message(
        key=telling.CHOSEN,
        app="budget",
        audience=_("Who chose themes, and who takes part in the trajectory"),
        trigger=_("The coordinator or the adviser says which themes are chosen"),
        category="budget",
        context=chosen,
        stops=_("budgets that you have a say in"),
        target="route_url",
        placeholders=ABOUT_A_TRAJECTORY,
    ),
)
