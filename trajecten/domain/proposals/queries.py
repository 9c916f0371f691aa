"""Requests and proposals as the pages list them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from trajecten.enums import ProposalStatus, RequestStatus
from trajecten.models import Proposal, ProposalSession, Trajectory, TrajectoryRequest, User

OPEN = (
    RequestStatus.NEW,
    RequestStatus.TAKEN_UP,
    RequestStatus.PROPOSED,
    RequestStatus.CHANGES_ASKED,
)
# With which the adviser is next.
TO_DO = (RequestStatus.NEW, RequestStatus.TAKEN_UP, RequestStatus.CHANGES_ASKED)
NEXT = "next"
EXPIRES_SOON = timedelta(days=7)


@dataclass(frozen=True)
class PipelineFilter:
    """What an adviser asks of the pipeline. ``status`` is one status, "all", "next" for those with which the
    adviser is next, or empty for all that is open.
    """

    status: str = ""
    method: str = ""
    words: str = ""
    mine: bool = False
    expiring: bool = False


def visible_to(adviser: User) -> QuerySet[TrajectoryRequest]:
    """New requests are every adviser's; the others are of the adviser who took them up.

    Call it without a scope (``scopes_disabled``) for those of every municipality.
    """
    rows: QuerySet[TrajectoryRequest] = TrajectoryRequest.objects.filter(
        Q(status=RequestStatus.NEW) | Q(adviser=adviser)
    )
    return rows


def pipeline(adviser: User, asked: PipelineFilter) -> QuerySet[Any]:
    """The requests of this adviser's pipeline, newest first, each with its last version that was sent."""
    rows = visible_to(adviser)
    if asked.status in RequestStatus.values:
        rows = rows.filter(status=asked.status)
    elif asked.status == NEXT:
        rows = rows.filter(status__in=TO_DO)
    elif asked.status != "all":
        rows = rows.filter(status__in=OPEN)
    if asked.method:
        rows = rows.filter(method_key=asked.method)
    if asked.words:
        rows = rows.filter(
            Q(municipality__name__icontains=asked.words) | Q(contact_name__icontains=asked.words)
        )
    if asked.mine:
        rows = rows.filter(adviser=adviser)
    if asked.expiring:
        rows = rows.filter(Exists(_expiring()))
    return with_last_version(rows).order_by("-id")


def of_municipality() -> QuerySet[Any]:
    """The requests of the municipality in scope, newest first, each with its last version that was sent."""
    return with_last_version(TrajectoryRequest.objects.all()).order_by("-id")


def with_last_version(rows: QuerySet[TrajectoryRequest]) -> QuerySet[Any]:
    """With ``last_version``, ``valid_until`` and ``last_status`` of the newest version that was sent."""
    sent = Proposal.objects.filter(request=OuterRef("pk"), sent_at__isnull=False).order_by("-version")
    return (
        rows.select_related("municipality", "adviser")
        .defer("municipality__boundary")
        .annotate(
            last_version=Subquery(sent.values("version")[:1]),
            last_status=Subquery(sent.values("status")[:1]),
            valid_until=Subquery(sent.values("valid_until")[:1]),
        )
    )


def counts(adviser: User) -> dict[str, int]:
    """How many there are of what the adviser has to look at, in one statement."""
    mine = Q(adviser=adviser)
    counted = (
        visible_to(adviser)
        .filter(status__in=OPEN)
        .aggregate(
            new=Count("pk", filter=Q(status=RequestStatus.NEW)),
            taken_up=Count("pk", filter=mine & Q(status=RequestStatus.TAKEN_UP)),
            proposed=Count("pk", filter=mine & Q(status=RequestStatus.PROPOSED)),
            changes_asked=Count("pk", filter=mine & Q(status=RequestStatus.CHANGES_ASKED)),
            expiring=Count("pk", filter=mine & Q(Exists(_expiring()))),
        )
    )
    return dict(counted)


def _expiring() -> QuerySet[Proposal]:
    """The proposal of a request whose last day comes within a week, or has passed while it waits for an answer."""
    soon = timezone.localdate() + EXPIRES_SOON
    rows: QuerySet[Proposal] = Proposal.objects.filter(
        request=OuterRef("pk"), status=ProposalStatus.SENT, valid_until__lte=soon
    )
    return rows


def expires_soon(valid_until: date) -> bool:
    """Whether this last day comes within a week, or has passed."""
    return valid_until <= timezone.localdate() + EXPIRES_SOON


def readable_versions(request: TrajectoryRequest) -> QuerySet[Proposal]:
    """The versions that were sent, newest first."""
    rows: QuerySet[Proposal] = Proposal.objects.filter(request=request, sent_at__isnull=False)
    return rows.order_by("-version")


def sessions_of(trajectory: Trajectory) -> QuerySet[ProposalSession]:
    """The gatherings of the proposal that this trajectory was agreed by, in order of time."""
    rows: QuerySet[ProposalSession] = ProposalSession.objects.filter(
        proposal__request__trajectory=trajectory, proposal__status=ProposalStatus.ACCEPTED
    )
    return rows
