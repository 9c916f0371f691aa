"""A form on paper, typed in by an official: who walked, what they scored and what they saw, in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtschouw.domain import intake, scoring
from buurtschouw.domain.scoring import Mark
from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Category, Report, Schouw, Stop
from trajecten.domain.enrolment import joining
from trajecten.enums import EnrolmentRole
from trajecten.models import Enrolment, User
from trajecten.refusals import Refused

# Rows for observations on the printed form, and on the page to type it in.
ROWS = 6


class PaperRefused(Refused):
    """The form can't be taken in; ``field`` is "row-<number>" (from 1) for an observation, empty for all of it."""


@dataclass(frozen=True)
class Seen:
    """One row of the form. ``row`` is its number, from 1; at a ``stop``, at an ``address``, or both."""

    row: int
    kind: str
    category: Category
    text: str
    stop: Stop | None = None
    address: str = ""


@dataclass(frozen=True)
class Typed:
    """What came of one form: whose it is, and what of it is there now. ``is_new`` is False when it was typed before."""

    walker: Enrolment
    scores: int
    reports: tuple[Report, ...]
    is_new: bool


@transaction.atomic
def take_in(
    *,
    schouw: Schouw,
    key: uuid.UUID,
    by: User,
    name: str,
    email: str,
    walked_at: datetime,
    scores: Sequence[tuple[int, int, int]],
    seen: Sequence[Seen],
) -> Typed:
    """Take in all of a form, or nothing. The same form again, by its ``key``, changes nothing.

    ``scores`` are (stop, statement, value) by their keys. Who takes part already by this address gets it on their name.
    Refused (``PaperRefused``, or what the parts refuse with: ``EnrolmentRefused``): a score or an observation that the
    walk does not take, and another form under the same key. An official is under no term (``late_sending``).
    """
    walker = _walker(schouw, key, by, name, email)
    recorded = scoring.record(
        schouw=schouw,
        walker=walker.participant,
        marks=[Mark(stop, statement, value, walked_at) for stop, statement, value in scores],
        by=by,
    )
    for _mark, reason in recorded.refused:
        raise PaperRefused(reason)
    received = [_receive(schouw, key, walker, walked_at, by, each) for each in seen]
    return Typed(
        walker,
        len(recorded.kept),
        tuple(each.report for each in received),
        any(each.is_new for each in received) or not received,
    )


def _walker(schouw: Schouw, key: uuid.UUID, by: User, name: str, email: str) -> Enrolment:
    known = Enrolment.objects.filter(
        trajectory_id=schouw.trajectory_id, participant__email=email, status__in=joining.INSIDE
    )
    found = known.select_related("participant").first() if email else None
    return found or joining.register_on_paper(
        trajectory=schouw.trajectory,
        key=key,
        email=email,
        about=joining.Introduction(display_name=name),
        role=EnrolmentRole.MEMBER,
        by=by,
    )


def _receive(
    schouw: Schouw, key: uuid.UUID, walker: Enrolment, walked_at: datetime, by: User, seen: Seen
) -> intake.Received:
    """One row, under a key that the form's key and its number make."""
    at_stop = seen.stop and not seen.address
    try:
        return intake.receive(
            schouw=schouw,
            key=uuid.uuid5(key, f"observation:{seen.row}"),
            kind=seen.kind,
            origin=ReportOrigin.PAPER,
            category=seen.category,
            text=seen.text,
            point=seen.stop.point if at_stop and seen.stop else None,
            address=seen.stop.name if at_stop and seen.stop else seen.address,
            stop=seen.stop,
            observed_at=walked_at,
            author=walker.participant,
            by_official=True,
        )
    except intake.IntakeRefused as refused:
        raise PaperRefused(refused.message, field=f"row-{seen.row}") from refused
    except intake.KeyConflict as conflict:
        message = _(
            "This form was typed in already, with other words. Open the page again for the next form."
        )
        raise PaperRefused(message) from conflict
