"""Projects that residents propose as contributions."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.models import BallotProject
from trajecten.models import Participant
from trajecten.registry import ContributionKind


def _load(keys: Collection[int]) -> dict[int, BallotProject]:
    rows = BallotProject.objects.filter(pk__in=keys).with_names().select_related("municipality")
    return {row.pk: row for row in rows.defer("municipality__boundary")}


def _behind(keys: Collection[int]) -> QuerySet[Participant]:
    """Who proposed them. Who voted for them is secret."""
    rows = BallotProject.objects.filter(pk__in=keys, author__isnull=False)
    return Participant.objects.filter(pk__in=rows.values("author"))


def _public_title(project: BallotProject) -> str:
    return project.title if project.is_public else _("A project, %(n)s") % {"n": project.number}


def _url(name: str, project: BallotProject, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": project.municipality.slug, **parts})


PROJECTS = ContributionKind(
    model=BallotProject,
    name=gettext_lazy("project"),
    load=_load,
    title=lambda project: project.title,
    public_title=_public_title,
    public_url=lambda project: _url("project", project, ballot=project.ballot_id, number=project.number),
    staff_url=lambda project: _url("desk-project", project, ballot=project.ballot_id, number=project.number),
    own_url=lambda project: _url("own-project", project, token=project.token),
    behind=_behind,
    readable=lambda rows: rows.filter(confirmed_at__isnull=False),
    opens=lambda project: [project.reason] if project.reason else [],
    opens_more=lambda project: bool(project.reason),
    searched=("title", "text"),
)

KINDS: tuple[ContributionKind, ...] = (PROJECTS,)
