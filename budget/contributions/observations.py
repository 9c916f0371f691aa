"""What the core knows of what residents see of adopted money."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.models import Observation
from trajecten.models import Participant
from trajecten.registry import ContributionKind

TITLE = 60


def load(keys: Collection[int]) -> dict[int, Observation]:
    """These rows, with what their titles and addresses need."""
    named = ("municipality", "line__outcome_line__line", "author", "area", "trajectory")
    rows = Observation.objects.filter(pk__in=keys).select_related(*named)
    return {row.pk: row for row in rows.defer("municipality__boundary", "area__geometry")}


def behind(keys: Collection[int]) -> QuerySet[Participant]:
    """Who said it, as far as they confirmed it."""
    said = Observation.objects.filter(pk__in=keys, confirmed_at__isnull=False, author__isnull=False)
    return Participant.objects.filter(pk__in=said.values("author"))


def about(row: Observation) -> str:
    """The line of the budget that it is about."""
    name: str = row.line.outcome_line.line.name
    return name


def _public_title(row: Observation) -> str:
    return _("What somebody sees of: %(name)s") % {"name": about(row)}


def _title(row: Observation) -> str:
    return Truncator(row.text).chars(TITLE) if row.text else _public_title(row)


def _url(name: str, row: Observation, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": row.municipality.slug, **parts})


KIND = ContributionKind(
    model=Observation,
    name=gettext_lazy("observation of money"),
    load=load,
    title=_title,
    public_title=_public_title,
    public_url=lambda row: _url("followed-line", row, pk=row.trajectory_id, line=row.line_id),
    staff_url=lambda row: _url("monitor-line", row, pk=row.line_id),
    own_url=lambda row: _url("observation", row, token=row.token),
    behind=behind,
    readable=lambda rows: rows.filter(confirmed_at__isnull=False),
)
