"""Asking other systems how it stands, and letting the reporter hear what changed.

Several at once, those that wait longest first; when each is asked next is written down before anything is asked, so a
system that fails or a worker that dies keeps nothing from its turn. News is noted once: by its number where it has
one, else by what changed.
"""

import time
from collections import defaultdict
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import answering
from buurtschouw.domain.forwarding import channels, polling_times, sending, telling
from buurtschouw.domain.forwarding.answers import Declined, Standing, Unknown, Unreached
from buurtschouw.domain.forwarding.coming_back import come_back, finish
from buurtschouw.domain.forwarding.open311 import Open311
from buurtschouw.domain.forwarding.reading import cleaned
from buurtschouw.domain.forwarding.signalen import Signalen
from buurtschouw.domain.forwarding.statuses import PLAIN, words_of
from buurtschouw.enums import ForwardState, Phase
from buurtschouw.method import FORWARD_FOLLOWED_DAYS, FORWARD_UNKNOWN_TIMES
from buurtschouw.models import Destination, Forward, ForwardUpdate, Report

log = structlog.get_logger(__name__)

BATCH = 100
AT_ONCE = 10
BUSY_SECONDS = 60
MAX_WORDS = 2000
# Updates are read of this long ago at least, so that one that was late in their list is not missed; and of no more.
UPDATES_OF = timedelta(hours=2)
UPDATES_AT_MOST = timedelta(days=7)


def poll_due() -> int:
    """Ask after what is due, for about ``BUSY_SECONDS``. Returns of how many it is known how they stand.

    A system that does not answer is left alone until the next time.
    """
    _give_up()
    heard = 0
    stop_at = time.monotonic() + BUSY_SECONDS
    for destination, numbers in _due().items():
        for start in range(0, len(numbers), AT_ONCE):
            if time.monotonic() > stop_at:
                return heard
            found = _poll(destination, numbers[start : start + AT_ONCE])
            if found is None:
                break
            heard += found
    return heard


def _due() -> dict[int, list[int]]:
    """What is due at each system that is in use, what waits longest first."""
    with scopes_disabled():
        due = Forward.objects.filter(
            state=ForwardState.ACCEPTED, poll_at__lte=timezone.now(), destination__is_active=True
        )
        found: dict[int, list[int]] = defaultdict(list)
        for number, destination in due.order_by("poll_at").values_list("pk", "destination_id")[:BATCH]:
            found[destination].append(number)
    return found


def _poll(destination_id: int, numbers: list[int]) -> int | None:
    """Of how many it is known; None when the system does not answer."""
    with scopes_disabled():
        rows = Destination.objects.select_related("municipality").defer("municipality__boundary")
        destination = rows.get(pk=destination_id)
    with scope(municipality=destination.municipality):
        forwards = _taken(numbers)
        try:
            with channels.to(destination) as system:
                return _asked(system, destination, forwards) if forwards else 0
        except (Unreached, Declined) as error:
            log.warning("forward_poll_failed", destination=destination_id, error=type(error).__name__)
            return None


@transaction.atomic
def _taken(numbers: list[int]) -> list[Forward]:
    """Those that are still due and that no other worker has, each with its next time written down."""
    now = timezone.now()
    rows = Forward.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "destination", "report"
    )
    rows = rows.defer("report__search").filter(pk__in=numbers, state=ForwardState.ACCEPTED, poll_at__lte=now)
    found = list(rows.order_by("poll_at"))
    for forward in found:
        forward.poll_at = polling_times.following(forward.accepted_at or now, now)
        forward.save(update_fields=["poll_at"])
    return found


def _asked(system: Signalen | Open311, destination: Destination, forwards: list[Forward]) -> int:
    if isinstance(system, Open311):
        for forward in forwards:
            if forward.their_token:
                sending.note_number(forward, system.number_for(forward.their_token, tries=1))
        _read_updates(system, destination)
    numbered = {forward.handle: forward for forward in forwards if forward.handle}
    if not numbered:
        return 0
    found = system.standings(list(numbered))
    for handle, forward in numbered.items():
        if handle in found:
            hear(forward=forward, standing=found[handle])
        else:
            _unknown(forward)
    return len(found)


def _read_updates(system: Open311, destination: Destination) -> None:
    """The news that they number, of all that they have of us; a system that has no such list is not asked again."""
    if destination.has_updates is False:
        return
    now = timezone.now()
    since = max(min(destination.updates_until or now, now - UPDATES_OF), now - UPDATES_AT_MOST)
    rows = Destination.objects.filter(pk=destination.pk)
    try:
        told = system.updates(since=since, until=now)
    except Unknown:
        rows.update(has_updates=False)
        return
    except Declined:
        return
    ours = Forward.objects.filter(destination=destination, state=ForwardState.ACCEPTED)
    numbered = {
        forward.handle: forward for forward in ours.filter(handle__in=[handle for handle, _s in told])
    }
    for handle, standing in told:
        if handle in numbered:
            hear(forward=numbered[handle], standing=standing)
    rows.update(has_updates=True, updates_until=now)
    destination.has_updates = True


@transaction.atomic
def hear(*, forward: Forward, standing: Standing) -> ForwardUpdate | None:
    """Write down how it stands there; what is news is told to the reporter, and what it means is done.

    Returns the news, None when there is none: told before, or of a report that was taken back meanwhile.
    """
    report, row = _locked(forward)
    if row.state != ForwardState.ACCEPTED:
        return None
    row.polled_at, row.times_unknown = timezone.now(), 0
    news = _noted(row, standing) if _is_news(row, standing) else None
    if news or not row.status:
        row.status, row.phase = standing.status, standing.phase
    row.save(update_fields=["polled_at", "times_unknown", "status", "phase"])
    if news is None:
        return None
    if standing.phase == Phase.DONE:
        finish(report=report, forward=row)
    if standing.phase == Phase.DECLINED:
        why = _("They say: %(words)s.") % {"words": words_of(row.destination.system, standing.status)}
        come_back(report=report, forward=row, state=ForwardState.DECLINED, why=f"{why} {news.words}")
    telling.update(report, news)
    return news


def _locked(forward: Forward) -> tuple[Report, Forward]:
    """Both rows as they are now, the report first, as everywhere."""
    rows = Forward.objects.select_for_update(of=("self",)).select_related("destination")
    report = answering.lock(Report(pk=forward.report_id))
    return report, rows.get(pk=forward.pk)


def _is_news(forward: Forward, standing: Standing) -> bool:
    known = ForwardUpdate.objects.filter(forward=forward)
    if standing.update_id:
        return not known.filter(external_id=standing.update_id).exists()
    if standing.phase != forward.phase:
        return True
    if standing.status.lower() not in PLAIN and standing.status != forward.status:
        return True
    words = _words(standing)
    return bool(words) and not known.filter(words=words).exists()


def _noted(forward: Forward, standing: Standing) -> ForwardUpdate:
    now = timezone.now()
    return ForwardUpdate.objects.create(
        municipality_id=forward.municipality_id,
        forward=forward,
        external_id=standing.update_id,
        status=standing.status,
        phase=standing.phase,
        words=_words(standing),
        at=max(min(standing.at or now, now), forward.accepted_at or now),
    )


def _words(standing: Standing) -> str:
    return cleaned(standing.words)[:MAX_WORDS]


@transaction.atomic
def _unknown(forward: Forward) -> None:
    """They do not know it. Said once it may be a fault of theirs; said time and again it comes back."""
    report, row = _locked(forward)
    if row.state != ForwardState.ACCEPTED:
        return
    row.polled_at = timezone.now()
    row.times_unknown += 1
    row.save(update_fields=["polled_at", "times_unknown"])
    if row.times_unknown >= FORWARD_UNKNOWN_TIMES:
        why = _("They say that they do not have a report with number %(number)s (any more).")
        come_back(
            report=report, forward=row, state=ForwardState.DECLINED, why=why % {"number": row.reference}
        )


def _give_up() -> None:
    """What they have too long without an end comes back, also from a system that is not in use any more."""
    with scopes_disabled():
        before = polling_times.given_up_before(timezone.now())
        old = Forward.objects.filter(state=ForwardState.ACCEPTED, accepted_at__lt=before)
        found = list(old.select_related("municipality").defer("municipality__boundary")[:BATCH])
    for forward in found:
        with scope(municipality=forward.municipality), transaction.atomic():
            report, row = _locked(forward)
            if row.state == ForwardState.ACCEPTED:
                why = _("They did not say in %(days)s days that it is done.") % {
                    "days": FORWARD_FOLLOWED_DAYS
                }
                come_back(report=report, forward=row, state=ForwardState.DECLINED, why=why)
