"""Writing a proposal: only a concept can be edited, and a change to what was sent is a new version."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.proposals.asking import RequestRefused, locked
from trajecten.domain.steps import tailoring
from trajecten.domain.steps.tailoring import PlannedStep, Tailoring
from trajecten.enums import REQUEST_TRANSITIONS, ProposalStatus, RequestStatus
from trajecten.models import Area, Proposal, ProposalLine, ProposalSession, TrajectoryRequest, User
from trajecten.transitions import check

VALID_FOR = timedelta(days=30)


@dataclass(frozen=True)
class PlannedSession:
    title: str
    day: date | None = None
    begins: time | None = None
    place: str = ""
    led_by: str = ""


@dataclass(frozen=True)
class Duty:
    """Who does what."""

    who: str
    does: str


@dataclass(frozen=True)
class PriceLine:
    """So many, at so many euro each without VAT; the rate is in percents."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    vat_rate: int


def plan_of(proposal: Proposal) -> Tailoring:
    """The steps of this version, as the trajectory gets them."""
    return tailoring.read(proposal.request.method, proposal.tailoring)


@transaction.atomic
def draft(*, request: TrajectoryRequest, by: User) -> Proposal:
    """The concept of this request: the one that is there, or a new version that begins as the last one ended.

    Refused (``TransitionRefused``) when nothing can be proposed any more, or not yet.
    """
    request = locked(request)
    concept = Proposal.objects.filter(request=request, status=ProposalStatus.CONCEPT).first()
    check(RequestStatus, REQUEST_TRANSITIONS, request.status, RequestStatus.PROPOSED)
    if concept:
        return concept
    last = Proposal.objects.filter(request=request).order_by("-version").first()
    concept = _after(last) if last else _first(request)
    activities.record(verb="proposal_drafted", target=request, by=by, details={"version": concept.version})
    return concept


def _first(request: TrajectoryRequest) -> Proposal:
    steps = tuple(PlannedStep(step.key, on=not step.optional) for step in request.method.steps)
    concept = Proposal.objects.create(
        municipality=request.municipality,
        request=request,
        version=1,
        title=f"{request.method.name} {request.municipality.name}"[:120],
        tailoring=Tailoring(request.method, steps).as_json(),
        valid_until=timezone.localdate() + VALID_FOR,
    )
    concept.areas.set(request.areas.all())
    return concept


def _after(last: Proposal) -> Proposal:
    concept = Proposal.objects.create(
        municipality_id=last.municipality_id,
        request=last.request,
        version=last.version + 1,
        title=last.title,
        introduction=last.introduction,
        tailoring=last.tailoring,
        roles=last.roles,
        contact_may_decide=last.contact_may_decide,
        valid_until=max(last.valid_until, timezone.localdate() + VALID_FOR),
    )
    concept.areas.set(last.areas.all())
    _copy(ProposalSession, last.sessions.all(), concept)
    _copy(ProposalLine, last.lines.all(), concept)
    return concept


def _copy(model: Any, rows: Iterable[Any], concept: Proposal) -> None:
    copies = list(rows)
    for copy in copies:
        copy.pk, copy.proposal = None, concept
        copy._state.adding = True
    model.objects.bulk_create(copies)


@transaction.atomic
def keep(
    *,
    proposal: Proposal,
    by: User,
    title: str,
    introduction: str,
    changed: str,
    areas: Iterable[Area],
    steps: Iterable[PlannedStep],
    sessions: Iterable[PlannedSession],
    duties: Iterable[Duty],
    lines: Iterable[PriceLine],
    valid_until: date,
    contact_may_decide: bool,
) -> Proposal:
    """Keep the concept as it is written now; steps that are not named stay as they are.

    Refused (``RequestRefused``): a version that was sent.
    """
    locked(proposal.request)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.status != ProposalStatus.CONCEPT:
        raise RequestRefused(_("This version was sent and stays as it is. Make a new version to change it."))
    proposal.title, proposal.introduction, proposal.changed = title, introduction, changed
    proposal.tailoring = plan_of(proposal).changed(steps).as_json()
    proposal.roles = [asdict(duty) for duty in duties]
    proposal.valid_until, proposal.contact_may_decide = valid_until, contact_may_decide
    proposal.save()
    proposal.areas.set(areas)
    _replace(ProposalSession, proposal, sessions)
    _replace(ProposalLine, proposal, lines)
    activities.record(
        verb="proposal_kept", target=proposal.request, by=by, details={"version": proposal.version}
    )
    return proposal


def _replace(model: Any, proposal: Proposal, wanted: Iterable[Any]) -> None:
    model.objects.filter(proposal=proposal).delete()
    model.objects.bulk_create(
        model(municipality_id=proposal.municipality_id, proposal=proposal, position=position, **asdict(each))
        for position, each in enumerate(wanted)
    )
