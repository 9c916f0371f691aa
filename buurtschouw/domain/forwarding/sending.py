"""Sending what is owed to other systems, and trying again.

A forward is taken by one worker at a time: it is marked as being sent before anything goes out, and what came of it
is written down afterwards, so no lock is held while another system thinks. A worker that is killed in between leaves
the mark; after ``FORWARD_LOST_AFTER`` minutes it may or may not have arrived, as after an answer that was lost. Then
Open311 is asked whether it has it. Signalen can't be asked, so nothing is sent a second time by itself: an official
looks, and says so.
"""

import random
import time
from collections import Counter
from datetime import timedelta

import structlog
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import answering
from buurtschouw.domain.forwarding import channels, contents, ordering, polling_times
from buurtschouw.domain.forwarding.answers import Declined, Receipt, Unheard, Unreached
from buurtschouw.domain.forwarding.coming_back import come_back
from buurtschouw.domain.forwarding.open311 import Open311
from buurtschouw.domain.forwarding.signalen import Signalen
from buurtschouw.enums import FORWARD_TRANSITIONS, ForwardState
from buurtschouw.method import (
    FORWARD_JITTER,
    FORWARD_LONGEST_PAUSE,
    FORWARD_LOST_AFTER,
    FORWARD_PAUSES,
)
from buurtschouw.models import Forward, Report
from trajecten.domain import activities
from trajecten.transitions import check

log = structlog.get_logger(__name__)

BATCH = 100
BUSY_SECONDS = 60
MOST_FAILURES = 3  # in a row at one system: then the others that go there wait for the next turn

UNDER_WAY = (ForwardState.WAITING, ForwardState.SENDING, ForwardState.ACCEPTED)


class MayBeThere(Exception):
    """It may have arrived, and they can't be asked. ``message`` says what happened."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def send_due() -> int:
    """Send what is due, what waits longest first, for about ``BUSY_SECONDS``. Returns how many were tried.

    A system that fails time and again does not keep the others from their turn.
    """
    cache.delete(ordering.AWAKE_KEY)
    stop_at = time.monotonic() + BUSY_SECONDS
    failures: Counter[int] = Counter()
    tried = 0
    with scopes_disabled():
        due = Forward.objects.filter(next_try_at__lte=timezone.now(), state__in=UNDER_WAY)
        waiting = list(due.order_by("next_try_at").values_list("pk", "destination_id")[:BATCH])
    for number, destination in waiting:
        if time.monotonic() > stop_at:
            break
        if failures[destination] >= MOST_FAILURES:
            continue
        has_failed = send(number=number) in (ForwardState.WAITING, ForwardState.FAILED)
        failures[destination] = failures[destination] + 1 if has_failed else 0
        tried += 1
    return tried


def send(*, number: int) -> str:
    """Try this forward now, if it is due. Returns the state it is in then; empty when another worker has it."""
    forward = _taken(number)
    if forward is None:
        return ""
    with scope(municipality=forward.municipality):
        report = _report_of(forward)
        if forward.state == ForwardState.SENDING:
            forward = _try(forward, report)
        if forward.state == ForwardState.ACCEPTED:
            _complete(forward, report)
    return forward.state


@transaction.atomic
def _taken(number: int) -> Forward | None:
    """The forward, marked as being sent. None when it is not due, or when another worker has it."""
    now = timezone.now()
    with scopes_disabled():
        rows = Forward.objects.select_for_update(skip_locked=True, of=("self",))
        rows = rows.select_related("destination", "municipality").defer("municipality__boundary")
        forward = rows.filter(pk=number, next_try_at__lte=now, state__in=UNDER_WAY).first()
        if forward is None:
            return None
        if forward.state == ForwardState.SENDING:
            forward.unsure = True  # who had it before is gone
        if forward.state != ForwardState.ACCEPTED:
            _move(forward, ForwardState.SENDING)
        forward.attempts += 1
        forward.next_try_at = now + timedelta(minutes=FORWARD_LOST_AFTER)
        forward.save(update_fields=["state", "unsure", "attempts", "next_try_at"])
    return forward


def _report_of(forward: Forward) -> Report:
    rows = Report.objects.select_related("municipality", "author", "category", "schouw")
    return rows.defer("search", "municipality__boundary").get(pk=forward.report_id)


def _try(forward: Forward, report: Report) -> Forward:
    """Send it, and write down what came of it."""
    try:
        receipt = _sent(forward, report)
    except MayBeThere as unsure:
        return note_failure(forward, state=ForwardState.FAILED, unsure=True, why=_look_there(unsure.message))
    except Unheard as error:
        return _again(forward, error, unsure=True)
    except Unreached as error:
        return _again(forward, error, unsure=forward.unsure)
    except Declined as error:
        return note_failure(forward, state=ForwardState.REFUSED, why=error.message)
    return note_arrival(forward, receipt)


def _sent(forward: Forward, report: Report) -> Receipt:
    """Raises ``MayBeThere``, and what ``calling`` raises."""
    if not forward.destination.is_active:
        raise Declined(_("This system is not in use (any more)."))
    content = contents.content_of(forward, report)
    with channels.to(forward.destination) as system:
        if forward.unsure:
            found = _looked_up(system, forward, report)
            if found:
                return found
        try:
            return system.send(content)
        except Unheard as error:
            if not channels.can_be_looked_up(forward.destination):
                raise MayBeThere(error.message) from error
            raise


def _looked_up(system: Signalen | Open311, forward: Forward, report: Report) -> Receipt | None:
    """What they have of it already. Raises ``MayBeThere`` when they can't be asked."""
    if not isinstance(system, Open311):
        raise MayBeThere(_("The send was cut off."))
    try:
        return system.find(contents.content_of(forward, report), since=forward.created_at)
    except Declined as error:
        raise MayBeThere(error.message) from error


def _look_there(message: str) -> str:
    advice = _(
        "It may have arrived all the same. Look there first, and send it again only if it is not there."
    )
    return f"{message} {advice}"


def _again(forward: Forward, error: Unreached, *, unsure: bool) -> Forward:
    """Owe it again after a pause, or give up when there were tries enough."""
    pause = pause_after(forward.attempts, asked=error.wait)
    if pause is None:
        why = error.message
        if error.wait and error.wait > FORWARD_LONGEST_PAUSE * 60:
            why = _("%(why)s They ask us to wait longer than a day.") % {"why": why}
        return note_failure(
            forward, state=ForwardState.FAILED, unsure=unsure, why=_look_there(why) if unsure else why
        )
    with transaction.atomic():
        row = _still_mine(forward)
        if row is None:
            return forward
        _move(row, ForwardState.WAITING)
        row.unsure, row.last_error = unsure, error.message[:500]
        row.next_try_at = timezone.now() + pause
        row.save(update_fields=["state", "unsure", "last_error", "next_try_at"])
    log.warning("forward_postponed", forward=row.pk, attempts=row.attempts)
    return row


def pause_after(attempts: int, *, asked: float | None = None) -> timedelta | None:
    """How long to wait after so many tries; None when that were enough, or when they ask for more than a day.

    Not shorter than the seconds that they ``asked``; a little sooner or later than ``FORWARD_PAUSES`` otherwise.
    """
    if attempts > len(FORWARD_PAUSES) or (asked or 0) > FORWARD_LONGEST_PAUSE * 60:
        return None
    spread = random.uniform(1 - FORWARD_JITTER, 1 + FORWARD_JITTER)  # noqa: S311  not a secret
    return timedelta(seconds=max(FORWARD_PAUSES[attempts - 1] * 60 * spread, asked or 0))


@transaction.atomic
def note_failure(forward: Forward, *, state: ForwardState, why: str, unsure: bool = False) -> Forward:
    """It did not get there: the report is the municipality's again, and who looks after it hears why."""
    report = answering.lock(Report(pk=forward.report_id))
    row = _still_mine(forward)
    if row is None:
        return forward
    row.unsure = unsure
    come_back(report=report, forward=row, state=state, why=why)
    log.warning("forward_not_sent", forward=row.pk, state=str(state), attempts=row.attempts)
    return row


@transaction.atomic
def note_arrival(forward: Forward, receipt: Receipt) -> Forward:
    """They have it. When it was taken back or given up meanwhile, their number is kept all the same."""
    report = answering.lock(Report(pk=forward.report_id))
    row = _newest(forward)
    if row.handle or row.their_token:
        return row
    now = timezone.now()
    row.reference, row.handle, row.their_token = receipt.reference, receipt.handle, receipt.token
    row.accepted_at = now
    if row.state in (ForwardState.WAITING, ForwardState.SENDING):
        _move(row, ForwardState.ACCEPTED)
        photos = contents.photos_of(row, report) if channels.takes_photos(row.destination) else []
        row.attempts, row.unsure, row.last_error = 0, False, ""
        row.next_try_at = now if photos else None
        row.poll_at = polling_times.following(now, now)
    row.save()
    _log_arrival(row, report)
    return row


def _log_arrival(forward: Forward, report: Report) -> None:
    details = {"whom": forward.destination.name, "reference": forward.reference}
    activities.record(verb="forward_arrived", target=report, by=None, is_public=True, details=details)


def _move(forward: Forward, state: ForwardState) -> None:
    check(ForwardState, FORWARD_TRANSITIONS, forward.state, state)
    forward.state = state


def _newest(forward: Forward) -> Forward:
    """The row as it is now, locked."""
    rows = Forward.objects.select_for_update(of=("self",)).select_related("destination")
    row = rows.get(pk=forward.pk)
    row.municipality = forward.municipality
    return row


def _still_mine(forward: Forward) -> Forward | None:
    """The newest row, locked; None when it was taken back, or another worker took it since."""
    row = _newest(forward)
    is_same = row.state == ForwardState.SENDING and (row.attempts, row.turn) == (
        forward.attempts,
        forward.turn,
    )
    return row if is_same else None


def _complete(forward: Forward, report: Report) -> None:
    """What comes after: a number for their token, and the photos. Failing here never makes the report come back."""
    try:
        with channels.to(forward.destination) as system:
            if isinstance(system, Open311):
                if forward.their_token:
                    note_number(forward, system.number_for(forward.their_token))
            else:
                _send_photos(system, forward, report)
    except (Unreached, Declined) as error:
        _photos_later(forward, error.message)


def note_number(forward: Forward, found: Receipt | None) -> None:
    """Keep the number that came for a token."""
    if found:
        forward.reference, forward.handle, forward.their_token = found.reference, found.handle, ""
        forward.save(update_fields=["reference", "handle", "their_token"])
        _log_arrival(forward, forward.report)


def _send_photos(system: Signalen, forward: Forward, report: Report) -> None:
    """One by one, each noted at once, so that after a failure only the others are sent."""
    problem = ""
    for photo in contents.photos_of(forward, report)[forward.photos_sent :]:
        with photo.image.open("rb") as file:
            content = file.read()
        try:
            system.send_photo(forward.handle, name=f"{photo.uuid}.jpg", content=content)
        except Declined as error:
            problem = _("A photo was not taken there: %(why)s") % {"why": error.message}
        forward.photos_sent += 1
        Forward.objects.filter(pk=forward.pk).update(photos_sent=forward.photos_sent)
    Forward.objects.filter(pk=forward.pk).update(next_try_at=None, last_error=problem[:500])


def _photos_later(forward: Forward, message: str) -> None:
    pause = pause_after(max(forward.attempts, 1))
    why = _("The photos are not there yet: %(why)s") if pause else _("The photos did not get there: %(why)s")
    Forward.objects.filter(pk=forward.pk, state=ForwardState.ACCEPTED).update(
        next_try_at=timezone.now() + pause if pause else None, last_error=(why % {"why": message})[:500]
    )
