"""Which themes are chosen, and why: recorded by the coordinator or the adviser, for everybody to read."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from budget.domain.choosing import opening, telling
from budget.domain.choosing.refusals import ChoosingRefused
from budget.models import Theme
from trajecten.domain import activities
from trajecten.models import Trajectory, User


@transaction.atomic
def choose(*, trajectory: Trajectory, reasons: Mapping[int, str], by: User) -> list[Theme]:
    """The themes with these keys are chosen, each with its reason; the others are not (any more).

    Who voted and who takes part hear it, once for each choice that differs. Refused (``ChoosingRefused``): without a
    theme or a reason, for a theme that others can't read, and when the step is not open.
    """
    locked = opening.themes(trajectory)
    themes = {
        theme.pk: theme for theme in Theme.objects.filter(trajectory=locked).select_for_update(of=("self",))
    }
    _check(themes, reasons)
    before = {theme.pk for theme in themes.values() if theme.is_chosen}
    for theme in themes.values():
        theme.is_chosen = theme.pk in reasons
        theme.choice_reason = reasons.get(theme.pk, "").strip()
    Theme.objects.bulk_update(themes.values(), ["is_chosen", "choice_reason"])
    if before != set(reasons):
        details = {"themes": sorted(reasons)}
        act = activities.record(verb="themes_chosen", target=locked, by=by, is_public=True, details=details)
        telling.chosen(act, trajectory=locked)
    return [themes[pk] for pk in reasons]


def _check(themes: Mapping[int, Theme], reasons: Mapping[int, str]) -> None:
    if not reasons:
        raise ChoosingRefused(_("Choose at least one theme."))
    for pk, reason in reasons.items():
        if pk not in themes or not themes[pk].is_public:
            raise ChoosingRefused(_("One of these themes can't be chosen any more. Look again."))
        if not reason.strip():
            raise ChoosingRefused(_("Write down why. Everybody can read this."), field=f"reason_{pk}")
