"""Preparing a round: which budget, until when, and the words that go with it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from budget.domain.rounds import locking, proposing
from budget.domain.rounds.refusals import RoundRefused
from budget.models import Budget, Round, RoundLine
from trajecten.domain import activities
from trajecten.models import Trajectory, User


@dataclass(frozen=True)
class Plan:
    """What a round is about. ``unit`` is in euro; ``closes_on`` may still be unknown."""

    title: str
    introduction: str = ""
    unit: int = 1000
    allows_guests: bool = True
    closes_on: date | None = None


@transaction.atomic
def prepare(
    *, trajectory: Trajectory, budget: Budget, plan: Plan, choice: proposing.Choice, by: User
) -> Round:
    """Make a round with the lines that follow from the budget; nobody sees it before it is opened.

    Refused (``RoundRefused``) while another round of this trajectory was not closed, and when the choice gives no
    lines or more than ``MOST_LINES``.
    """
    locked = Trajectory.objects.select_for_update(of=("self",)).get(pk=trajectory.pk)
    if Round.objects.filter(trajectory=locked, closed_at__isnull=True).exists():
        raise RoundRefused(_("There is a round already that has not been closed. Close that one first."))
    made = Round.objects.create(
        municipality_id=locked.municipality_id, trajectory=locked, budget=budget, **vars(plan)
    )
    with translation.override(settings.LANGUAGE_CODE):  # residents read them, whatever who prepares reads
        rows = proposing.propose(made, choice)
    for position, row in enumerate(rows):
        row.position = position
    RoundLine.objects.bulk_create(rows)
    activities.record(verb="budget_round_prepared", target=made, by=by)
    return made


@transaction.atomic
def change(*, found: Round, plan: Plan, by: User) -> Round:
    """Change the words and the date, before it is opened. Refused (``RoundRefused``) afterwards.

    The unit stays: the lines are in it.
    """
    newest = locking.lock_unopened(found)
    for name in ("title", "introduction", "allows_guests", "closes_on"):
        setattr(newest, name, getattr(plan, name))
    newest.save()
    activities.record(verb="budget_round_changed", target=newest, by=by)
    return newest


@transaction.atomic
def remove(*, found: Round, by: User) -> None:
    """Take a round away with its lines, such as one of the wrong budget, before it is opened.

    Refused (``RoundRefused``) afterwards: then people have worked on it. Twice is harmless.
    """
    if not Round.objects.filter(pk=found.pk).exists():
        return
    newest = locking.lock_unopened(found)
    activities.record(
        verb="budget_round_removed", target=newest.trajectory, by=by, details={"title": newest.title}
    )
    newest.delete()
