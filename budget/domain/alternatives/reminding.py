"""Reminding who has not finished that the round closes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from budget.domain.alternatives import telling
from budget.enums import AlternativeState
from budget.method import REMIND_DAYS
from budget.models import Alternative
from trajecten.models import Municipality


def remind() -> int:
    """Owe the reminders that are due, once for each last day of a round. Returns how many drafts there were.

    A run that was missed is made up for by the next one, up to and including the last day.
    """
    found = 0
    for municipality in Municipality.objects.participating():
        with scope(municipality=municipality):
            found += _remind()
    return found


@transaction.atomic
def _remind() -> int:
    today = timezone.localdate()
    rows = Alternative.objects.filter(
        state=AlternativeState.DRAFT,
        author__isnull=False,
        confirmed_at__isnull=False,
        round__opened_at__isnull=False,
        round__closed_at__isnull=True,
        round__closes_on__range=(today, today + timedelta(days=REMIND_DAYS)),
    )
    drafts = list(rows.select_related("round", "author", "municipality").defer("municipality__boundary"))
    for draft in drafts:
        telling.unfinished(draft)
    return len(drafts)
