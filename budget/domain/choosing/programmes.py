"""Saying of a programme whether it is looked at further, and why."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.domain.choosing import opening
from budget.domain.choosing.refusals import ChoosingRefused
from budget.models import Programme, ProgrammeChoice, Theme
from trajecten.domain import activities
from trajecten.models import Trajectory, User


@transaction.atomic
def choose(
    *,
    trajectory: Trajectory,
    programme: Programme,
    themes: Sequence[Theme],
    is_chosen: bool,
    reason: str,
    by: User,
) -> ProgrammeChoice:
    """Record the choice with its reason; everybody can read both. A second time replaces the first.

    Refused (``ChoosingRefused``): without a reason, and when the step is not open.
    """
    locked = opening.programmes(trajectory)
    if not reason.strip():
        raise ChoosingRefused(_("Write down why. Everybody can read this."), field="reason")
    choice, _is_new = ProgrammeChoice.objects.update_or_create(
        trajectory=locked,
        programme=programme,
        defaults={
            "municipality_id": locked.municipality_id,
            "reason": reason.strip(),
            "is_chosen": is_chosen,
        },
    )
    choice.themes.set(themes)
    details = {"programme": programme.pk, "chosen": is_chosen}
    activities.record(verb="programme_chosen", target=locked, by=by, is_public=True, details=details)
    return choice


def chosen(trajectory: Trajectory) -> QuerySet[ProgrammeChoice]:
    """The programmes that are looked at further, by their number."""
    rows: QuerySet[ProgrammeChoice] = ProgrammeChoice.objects.filter(trajectory=trajectory, is_chosen=True)
    return rows.select_related("programme").order_by("programme__code")
