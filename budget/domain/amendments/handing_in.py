"""Handing the amendment in: it becomes a council item with a point for each line that changes."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from budget.domain.amendments import drafting, lines
from budget.domain.amendments.refusals import AmendmentRefused
from budget.domain.outcomes import telling
from budget.method import PROPOSE
from budget.models import Amendment, AmendmentLine
from trajecten.domain import activities
from trajecten.domain.council import items
from trajecten.enums import CouncilBody, CouncilKind
from trajecten.models import CouncilItem, User

HANDED_IN = "amendment_handed_in"


@transaction.atomic
def hand_in(*, amendment: Amendment, by: User, submitted_on: date, version: int) -> CouncilItem:
    """Put the amendment to the council, as residents made it; from then on the clerk goes on with the item.

    Pressed twice it is handed in once. Refused (``AmendmentRefused``): while the open step of the trajectory is not
    that of proposing, and when its words were changed since the page was opened; ``CouncilRefused`` for a day that
    can't be. Refused too without what the council considers: an amendment has reasons.
    """
    amendment = drafting.lock(amendment)
    if amendment.council_item:
        return amendment.council_item
    outcome = amendment.outcome
    if not outcome.trajectory.allows(PROPOSE):
        raise AmendmentRefused(_("The step of proposing to the council is not open."))
    if amendment.version != version:
        raise AmendmentRefused(_("The words were changed since you opened this page. Read them first."))
    if not amendment.considerations.strip():
        raise AmendmentRefused(_("Write down first what the council considers, and keep the words."))
    shifts = lines.shifts(outcome)
    with translation.override(settings.LANGUAGE_CODE):
        points = [items.Point(shift.text(), shift.change) for shift in shifts]
    item = items.submit(
        municipality=outcome.trajectory.municipality,
        by=by,
        facts=_facts(amendment, submitted_on),
        lines=points,
        origins=[outcome],
    )
    _keep_lines(amendment, shifts, item)
    amendment.council_item, amendment.handed_in_at = item, timezone.now()
    amendment.save(update_fields=["council_item", "handed_in_at"])
    telling.handed_in(amendment, by=by)
    activities.record(verb=HANDED_IN, target=outcome, by=by, is_public=True)
    return item


def _facts(amendment: Amendment, submitted_on: date) -> items.Facts:
    return items.Facts(
        kind=CouncilKind.AMENDMENT,
        body=CouncilBody.COUNCIL,
        title=amendment.title,
        summary=f"{amendment.findings}\n\n{amendment.considerations}",
        submitted_on=submitted_on,
        trajectory=amendment.outcome.trajectory,
    )


def _keep_lines(amendment: Amendment, shifts: Sequence[lines.Shift], item: CouncilItem) -> None:
    """Which point of the council each line of the outcome is; both are in the order of the amendment."""
    AmendmentLine.objects.bulk_create(
        AmendmentLine(
            municipality_id=amendment.municipality_id,
            amendment=amendment,
            outcome_line=shift.line,
            council_line=point,
        )
        for shift, point in zip(shifts, item.lines.all(), strict=True)
    )
