"""Opening a round, giving it more time, and closing it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain.rounds import locking, telling
from budget.domain.rounds.refusals import RoundRefused
from budget.method import MAKE_ALTERNATIVE, ROUND_DAYS
from budget.models import Round
from trajecten.domain import activities
from trajecten.models import User


@transaction.atomic
def open_round(*, found: Round, by: User, closes_on: date | None = None) -> Round:
    """Let people make an alternative, and tell the members of the trajectory and who follows it. Again changes nothing.

    ``closes_on`` where it was not chosen before, or otherwise. Refused (``RoundRefused``): with fewer than two lines,
    for there is nothing to shift between; with lines that can't move; without a last day that is still to come; when
    the open step is not for it; and once it was closed.
    """
    newest = locking.lock(found)
    if newest.opened_at is not None and newest.closed_at is None:
        return newest
    newest.closes_on = closes_on or newest.closes_on
    _check_can_open(newest)
    newest.opened_at = timezone.now()
    newest.save(update_fields=["opened_at", "closes_on"])
    activities.record(verb="budget_round_opened", target=newest, by=by, is_public=True)
    telling.opened(newest)
    return newest


def _check_can_open(found: Round) -> None:
    if found.closed_at is not None:
        raise RoundRefused(_("This round has been closed. Prepare a new one."))
    lines = list(found.lines.all())
    if len(lines) < 2:
        raise RoundRefused(_("There have to be at least two lines to shift between."))
    can_fall = any(line.floor < line.baseline for line in lines)
    can_rise = any(line.cap > line.baseline for line in lines)
    if not (can_fall and can_rise):
        raise RoundRefused(_("Nothing can be shifted: no line can go down, or none can go up."))
    if found.closes_on is None:
        raise RoundRefused(_("Choose until when people can make an alternative."), field="closes_on")
    check_day(found.closes_on)
    if not found.trajectory.allows(MAKE_ALTERNATIVE):
        raise RoundRefused(
            _("The trajectory is not at the step in which residents make an alternative budget.")
        )


def check_day(day: date) -> None:
    """Refuse (``RoundRefused``) a last day that has passed or is more than ``ROUND_DAYS`` away."""
    today = timezone.localdate()
    if day < today:
        raise RoundRefused(_("This day has passed. Choose a day that is still to come."), field="closes_on")
    if day > today + timedelta(days=ROUND_DAYS):
        raise RoundRefused(_("This date is more than a year away. Choose an earlier one."), field="closes_on")


@transaction.atomic
def extend(*, found: Round, closes_on: date, by: User) -> Round:
    """Give people until this day.

    Refused (``RoundRefused``): a round that is closed or was counted for everybody, an earlier day, and as
    ``check_day``.
    """
    newest = locking.lock(found)
    if newest.opened_at is None or newest.closed_at is not None:
        raise RoundRefused(_("Only a round that is open can get more time."), field="closes_on")
    if newest.outcomes.filter(was_open=False).exists():
        message = _("What residents come to was counted and is public. Prepare another round.")
        raise RoundRefused(message, field="closes_on")
    check_day(closes_on)
    if newest.closes_on and closes_on < newest.closes_on:
        message = _("That is earlier than what people were told. Close the round when you want to stop.")
        raise RoundRefused(message, field="closes_on")
    newest.closes_on = closes_on
    newest.save(update_fields=["closes_on"])
    activities.record(verb="budget_round_extended", target=newest, by=by, is_public=True)
    return newest


@transaction.atomic
def close(*, found: Round, by: User) -> Round:
    """Take no alternatives any more. What was finished before counts, what comes after does not. Again changes nothing.

    Refused (``RoundRefused``) for one that was never opened.
    """
    newest = locking.lock(found)
    if newest.opened_at is None:
        raise RoundRefused(_("This round has not been opened yet."))
    if newest.closed_at is None:
        newest.closed_at = timezone.now()
        newest.save(update_fields=["closed_at"])
        activities.record(verb="budget_round_closed", target=newest, by=by, is_public=True)
    return newest
