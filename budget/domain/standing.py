"""How trajectories of budgetmonitoring stand: what the gates of the method look at, and what is over its term."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from budget.method import Facts
from budget.models import ProgrammeChoice, Theme
from trajecten.domain import standing
from trajecten.domain.standing import Counted
from trajecten.models import Trajectory
from trajecten.registry import Standing


def standings(trajectories: Iterable[Trajectory]) -> dict[int, Standing]:
    """By the key of the trajectory, in one statement. Over their term are the promises whose date has passed."""
    chosen = {
        "themes": Theme.objects.filter(is_chosen=True),
        "programmes": ProgrammeChoice.objects.filter(is_chosen=True),
    }
    counted = standing.standings(trajectories, facts=lambda found: found, more=chosen)
    return {pk: _own(found, found.facts) for pk, found in counted.items()}


def _own(found: Standing, counted: Counted) -> Standing:
    return replace(
        found,
        url=_page("route-desk", counted),
        facts=_facts(counted),
        public_links=((_("The route on one page"), _page("route", counted)),),
    )


def _facts(counted: Counted) -> Facts:
    return Facts(
        has_area=counted.has_area,
        promises_open=counted.promises_open,
        themes_chosen=counted.more["themes"],
        programmes_chosen=counted.more["programmes"],
    )


def _page(name: str, counted: Counted) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": counted.slug, "pk": counted.pk})
