"""Suggesting a theme of one's own: an official reads it first where the trajectory says so; then all can choose it."""

from django.db import transaction
from django.utils.translation import gettext as _

from budget.domain.choosing import cards, opening
from budget.domain.choosing.refusals import ChoosingRefused
from budget.enums import ThemeIcon
from budget.method import SUGGESTIONS_A_PERSON
from budget.models import Theme
from trajecten.domain import activities
from trajecten.domain.moderation import deciding
from trajecten.models import Participant, Trajectory


@transaction.atomic
def suggest(*, trajectory: Trajectory, by: Participant, title: str, text: str) -> Theme:
    """Suggest a theme. Refused (``ChoosingRefused``): a title that is there, more than ``SUGGESTIONS_A_PERSON``, and
    when the step is not open.
    """
    locked = opening.themes(trajectory)
    cards.check_title(locked, title)
    if Theme.objects.filter(trajectory=locked, author=by).count() >= SUGGESTIONS_A_PERSON:
        raise ChoosingRefused(_("You have suggested as many themes as one person can."), field="title")
    made = Theme.objects.create(
        municipality_id=locked.municipality_id,
        trajectory=locked,
        author=by,
        is_suggested=True,
        title=title.strip(),
        text=text.strip(),
        icon=ThemeIcon.SPEECH,
        position=Theme.LAST,
        moderation=deciding.of_new(locked),
    )
    activities.record(verb="theme_suggested", target=made, by=by)
    return made


def waiting_of(*, trajectory: Trajectory, by: Participant) -> list[Theme]:
    """What this participant suggested and nobody but officials may read yet, or any more."""
    return [theme for theme in Theme.objects.filter(trajectory=trajectory, author=by) if not theme.is_public]
