"""How trajectories of budgetmonitoring stand: what the gates of the method look at, and what is over its term."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from budget.domain.monitoring import ways
from budget.method import Facts
from budget.models import Outcome, ProgrammeChoice, Theme
from trajecten.domain import standing
from trajecten.domain.standing import Counted
from trajecten.enums import COUNCIL_DECIDED, CouncilStatus
from trajecten.models import CouncilItem, Trajectory
from trajecten.registry import Standing


def standings(trajectories: Iterable[Trajectory]) -> dict[int, Standing]:
    """By the key of the trajectory, in two statements. Over their term are the promises whose date has passed."""
    chosen = {
        "themes": Theme.objects.filter(is_chosen=True),
        "programmes": ProgrammeChoice.objects.filter(is_chosen=True),
        "outcomes": Outcome.objects.filter(was_open=False),
        "decided": CouncilItem.objects.filter(
            budget_amendment__isnull=False, status__in=[*COUNCIL_DECIDED, CouncilStatus.WITHDRAWN]
        ),
    }
    known = list(trajectories)
    links = ways.of(known)
    counted = standing.standings(known, facts=lambda found: found, more=chosen)
    return {pk: _own(found, found.facts, links[pk]) for pk, found in counted.items()}


def _own(found: Standing, counted: Counted, links: ways.Links) -> Standing:
    return replace(
        found,
        url=_page("route-desk", counted),
        facts=_facts(counted),
        public_links=((_("The route on one page"), _page("route", counted)), *links),
    )


def _facts(counted: Counted) -> Facts:
    return Facts(
        has_area=counted.has_area,
        promises_open=counted.promises_open,
        themes_chosen=counted.more["themes"],
        programmes_chosen=counted.more["programmes"],
        outcomes_frozen=counted.more["outcomes"],
        amendments_decided=counted.more["decided"],
    )


def _page(name: str, counted: Counted) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": counted.slug, "pk": counted.pk})
