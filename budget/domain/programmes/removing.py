"""Removing a programme that was made by mistake, while nothing depends on it."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from budget.models import (
    BudgetLine,
    BudgetQuestion,
    Programme,
    ProgrammeChoice,
    ProgrammeNote,
    RoundLine,
    UnconfirmedQuestion,
)
from trajecten.domain import activities
from trajecten.models import User
from trajecten.refusals import Refused


class ProgrammeNeeded(Refused):
    """Something depends on the programme; the message says what."""


@transaction.atomic
def remove(*, programme: Programme, by: User) -> None:
    """Remove it with its parts of task fields. Twice is harmless.

    Refused (``ProgrammeNeeded``) while anything of ``needed_for`` is there; who adds that at the same time comes
    before, or finds no programme.
    """
    found = Programme.objects.select_for_update(of=("self",)).filter(pk=programme.pk).first()
    if found is None:
        return
    reasons = needed_for(found)
    if reasons:
        raise ProgrammeNeeded(" ".join(reasons))
    activities.record(
        verb="programme_removed", target=found.municipality, by=by, details={"name": str(found)}
    )
    found.delete()


def needed_for(programme: Programme) -> list[str]:
    """Why it has to stay, in whole sentences; none when it can go."""
    return [
        reason
        for is_there, reason in (
            (
                ProgrammeChoice.objects.filter(programme=programme).exists(),
                _("It was chosen in a trajectory, or was turned down there."),
            ),
            (ProgrammeNote.objects.filter(programme=programme).exists(), _("There are notes on it.")),
            (_has_questions(programme), _("There are questions about it.")),
            (
                _in_years(programme, RoundLine.objects.filter(code=programme.code), "round__budget__year"),
                _("It is a line in a round of alternative budgets."),
            ),
            (
                _in_years(programme, BudgetLine.objects.filter(programme=programme.code), "budget__year"),
                _("Figures that were delivered name it."),
            ),
        )
        if is_there
    ]


def _has_questions(programme: Programme) -> bool:
    return any(
        model.objects.filter(programme=programme).exists() for model in (BudgetQuestion, UnconfirmedQuestion)
    )


def _in_years(programme: Programme, rows: QuerySet, year: str) -> bool:
    """Whether any of these is of the municipality and of a year in which the programme holds."""
    own = f"{year.rpartition('__')[0]}__municipality"
    holds = Q(**{own: programme.municipality_id, f"{year}__gte": programme.from_year})
    if programme.until_year:
        holds &= Q(**{f"{year}__lte": programme.until_year})
    return bool(rows.filter(holds).exists())
