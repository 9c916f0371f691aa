"""The cards of the themes that residents choose from: preparing, changing and removing them."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from budget.domain.choosing import opening
from budget.domain.choosing.refusals import ChoosingRefused
from budget.models import Theme
from budget.starting_themes import STARTING_THEMES
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.models import Trajectory, User


def shown(trajectory: Trajectory) -> QuerySet[Theme]:
    """The themes that everybody may see, in order."""
    rows: QuerySet[Theme] = Theme.objects.filter(trajectory=trajectory, moderation=Moderation.PUBLISHED)
    return rows.order_by("position", "pk")


def chosen(trajectory: Trajectory) -> QuerySet[Theme]:
    """The themes that were chosen and that everybody may see; one can be hidden after it was chosen."""
    return shown(trajectory).filter(is_chosen=True)


def for_desk(trajectory: Trajectory) -> QuerySet[Theme]:
    """All themes with how many voted for each, those that wait to be read too."""
    confirmed = Q(votes__ballot__confirmed_at__isnull=False)
    rows: QuerySet[Theme] = Theme.objects.filter(trajectory=trajectory)
    return rows.annotate(vote_count=Count("votes", filter=confirmed)).order_by("position", "pk")


@transaction.atomic
def begin(*, trajectory: Trajectory, by: User) -> int:
    """Put the starting set there, in the language of the portal; titles that are there already stay. How many came.

    Refused (``ChoosingRefused``) once the themes have been chosen.
    """
    locked = opening.cards(trajectory)
    known = set(Theme.objects.filter(trajectory=locked).values_list("title", flat=True))
    place = _next_place(locked)
    with translation.override(settings.LANGUAGE_CODE):
        made = [
            Theme(
                municipality_id=locked.municipality_id,
                trajectory=locked,
                title=str(each.title),
                text=str(each.text),
                icon=each.icon,
                task_fields=list(each.task_fields),
                position=place + number,
                moderation=Moderation.PUBLISHED,
            )
            for number, each in enumerate(STARTING_THEMES)
            if str(each.title) not in known
        ]
    Theme.objects.bulk_create(made)
    activities.record(verb="themes_begun", target=locked, by=by, details={"themes": len(made)})
    return len(made)


def _next_place(trajectory: Trajectory) -> int:
    last = Theme.objects.filter(trajectory=trajectory).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def add(
    *, trajectory: Trajectory, title: str, text: str, icon: str, task_fields: Sequence[str], by: User
) -> Theme:
    """Make a card, at the end. Refused (``ChoosingRefused``) for a title that is there, and as ``begin``."""
    locked = opening.cards(trajectory)
    check_title(locked, title)
    made = Theme.objects.create(
        municipality_id=locked.municipality_id,
        trajectory=locked,
        title=title,
        text=text,
        icon=icon,
        task_fields=list(task_fields),
        position=_next_place(locked),
        moderation=Moderation.PUBLISHED,
    )
    activities.record(verb="theme_made", target=made, by=by)
    return made


@transaction.atomic
def change(
    *,
    theme: Theme,
    title: str,
    text: str,
    icon: str,
    task_fields: Sequence[str],
    position: int | None = None,
    by: User,
) -> Theme:
    """Change a card. What a resident suggested keeps its author's words. Refused as ``add``."""
    locked = opening.cards(theme.trajectory)
    newest: Theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    if not newest.is_suggested:
        check_title(locked, title, but=newest)
        newest.title, newest.text = title, text
    newest.icon, newest.task_fields = icon, list(task_fields)
    newest.position = newest.position if position is None else position
    newest.save()
    activities.record(verb="theme_changed", target=newest, by=by)
    return newest


def check_title(trajectory: Trajectory, title: str, *, but: Theme | None = None) -> None:
    """Refuse (``ChoosingRefused``) a title that another theme of this trajectory has."""
    same = Theme.objects.filter(trajectory=trajectory, title__iexact=title.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise ChoosingRefused(_("There is a theme with this title already."), field="title")


@transaction.atomic
def remove(*, theme: Theme, by: User) -> None:
    """Take a card away. Refused (``ChoosingRefused``) once somebody voted for it, for what a resident suggested
    (which moderation can hide), and as ``begin``.
    """
    locked = opening.cards(theme.trajectory)
    newest = Theme.objects.select_for_update(of=("self",)).filter(pk=theme.pk).first()
    if newest is None:
        return
    if newest.is_suggested:
        raise ChoosingRefused(
            _("A resident suggested this. If others may not read it, hide it in the moderation.")
        )
    if newest.votes.exists():
        raise ChoosingRefused(_("Somebody has chosen this theme already, so it stays."))
    activities.record(verb="theme_removed", target=locked, by=by, details={"title": newest.title})
    newest.delete()
