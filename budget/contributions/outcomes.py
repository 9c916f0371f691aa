"""The residents' alternative as a contribution: what residents said together."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budget.models import Counted, Outcome
from trajecten.models import Participant
from trajecten.registry import ContributionKind


def load(keys: Collection[int]) -> dict[int, Outcome]:
    """The outcomes with these numbers, with what their titles and addresses need."""
    rows = Outcome.objects.filter(pk__in=keys).select_related("round", "municipality")
    return {row.pk: row for row in rows.defer("municipality__boundary", "file", "lines_file", "breakdown")}


def behind(keys: Collection[int]) -> QuerySet[Participant]:
    """Who made the alternatives that were counted."""
    counted = Counted.objects.filter(outcome__in=keys, alternative__author__isnull=False)
    return Participant.objects.filter(pk__in=counted.values("alternative__author"))


def _url(row: Outcome) -> str:
    where = {"gemeente": row.municipality.slug, "round": row.round_id, "number": row.number}
    return reverse("budget:outcome", kwargs=where)


KINDS = (
    ContributionKind(
        model=Outcome,
        name=_("residents' alternative"),
        load=load,
        title=lambda row: row.round.title,
        public_title=lambda row: row.round.title,
        public_url=_url,
        staff_url=_url,
        own_url=_url,
        behind=behind,
        listed=lambda rows: rows.filter(was_open=False),
    ),
)
