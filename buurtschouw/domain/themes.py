"""Themes: what reports are about, and which team answers them."""

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from buurtschouw.models import Category, Report
from trajecten.domain import activities
from trajecten.models import Team, User
from trajecten.refusals import Refused


class ThemeRefused(Refused):
    """A theme that can't be kept like this; the message says why."""


def keep(
    *,
    category: Category,
    by: User,
    name: str,
    icon: str,
    team: Team | None,
    position: int,
    is_active: bool,
) -> Category:
    """Make a new theme, or change one; then the reports that were made with it change along.

    Refused (``ThemeRefused``) when the municipality has another theme with this name, in capitals or not.
    """
    is_new = category.pk is None
    if Category.objects.filter(name__iexact=name).exclude(pk=category.pk).exists():
        raise ThemeRefused(_taken())
    category.name, category.icon, category.team = name, icon, team
    category.position, category.is_active = position, is_active
    try:
        with transaction.atomic():
            category.save()
            activities.record(verb="theme_made" if is_new else "theme_changed", target=category, by=by)
    except IntegrityError as error:  # the same name at the same moment
        raise ThemeRefused(_taken()) from error
    return category


def _taken() -> str:
    return _("There is a theme with this name already.")


def with_counts() -> list[Category]:
    """All themes with their team, each with ``open_count`` and ``question_count``: open reports, questions in use.

    The open reports are grouped by themselves, over the index that has only those; a join would read all reports.
    """
    grouped = Report.objects.open().order_by().values("category").annotate(n=Count("*"))
    counts = dict(grouped.values_list("category", "n"))
    asked = Count("questions", filter=Q(questions__is_active=True))
    found = list(Category.objects.select_related("team").annotate(question_count=asked))
    for category in found:
        category.open_count = counts.get(category.pk, 0)
    return found
