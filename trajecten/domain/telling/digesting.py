"""Digests: what somebody does not want at once is held, and goes into one mail per person and municipality.

A held row has the moment of its digest in ``due_at`` and its words in itself. Collecting is one transaction per
person: the held rows are locked, the digest's own row is made, and each of them points at it from then on. So
whatever is killed when, a row is either still held or in exactly one digest, which is delivered like any message.
"""

import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from trajecten import registry
from trajecten.domain.telling import preferences
from trajecten.enums import Channel, Frequency, Lane, NotificationState
from trajecten.models import Municipality, Notification

log = structlog.get_logger(__name__)

DIGEST = "trajecten.digest"
# More than this many mails about what one follows within the hour become one digest, at the next whole hour.
BURST = 5
BURST_WINDOW = timedelta(hours=1)
# Rows that are looked at in one go, and how long one run goes on.
PEOPLE = 500
BUSY_SECONDS = 50


def held_until(row: Notification, frequency: str) -> datetime | None:
    """Until when this message waits for a digest; None when it is to be mailed now."""
    now = timezone.now()
    if frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        return preferences.next_moment(frequency, now)
    if row.lane == Lane.BULK and registry.can_be_stopped(registry.message(row.key).category):
        return _end_of_burst(row, now)
    return None


def _end_of_burst(row: Notification, now: datetime) -> datetime | None:
    sent = Notification.objects.filter(
        participant_id=row.participant_id,
        lane=Lane.BULK,
        state=NotificationState.SENT,
        sent_at__gt=now - BURST_WINDOW,
    )
    if row.participant_id is None or len(sent.exclude(key=DIGEST).values_list("pk")[:BURST]) < BURST:
        return None
    return now.replace(minute=0, second=0, microsecond=0) + BURST_WINDOW


def collect_due() -> int:
    """Make a digest for everybody with held rows that are due, who waits longest first, for about ``BUSY_SECONDS``.

    Returns how many digests were made. What is held in a municipality that stopped taking part stays held, in nobody's
    way. A digest that can't be made is in the log and left for the next run; the others go on.
    """
    stop_at = time.monotonic() + BUSY_SECONDS
    made = 0
    seen: set[tuple[int, int | None, int | None]] = set()
    places = Municipality.objects.participating().in_bulk()
    for row in _due(list(places)):
        person = (row["municipality"], row["participant"], row["user"])
        if person in seen:
            continue
        if time.monotonic() > stop_at:
            break
        seen.add(person)
        made += _collected(places[row["municipality"]], row)
    return made


def _due(municipalities: list[int]) -> Iterator[dict[str, Any]]:
    """Whose held rows are due, by when they became so: in slices, each from where the last one ended."""
    held = Q(state=NotificationState.HELD, due_at__lte=timezone.now(), municipality__in=municipalities)
    after = Q()
    while True:
        with scopes_disabled():
            rows = Notification.objects.filter(held, after).order_by("due_at", "pk")
            found = list(rows.values("pk", "due_at", "municipality", "participant", "user")[:PEOPLE])
        yield from found
        if len(found) < PEOPLE:
            return
        last = found[-1]
        after = Q(due_at__gt=last["due_at"]) | Q(due_at=last["due_at"], pk__gt=last["pk"])


def _collected(municipality: Municipality, row: dict[str, Any]) -> bool:
    try:
        with scope(municipality=municipality):
            return collect(municipality, participant=row["participant"], user=row["user"])
    except Exception as error:
        log.exception("digest_not_made", notification=row["pk"], error=type(error).__name__)
        return False


@transaction.atomic
def collect(municipality: Municipality, *, participant: int | None, user: int | None) -> bool:
    """Put the held rows of one person that are due in a digest. Returns whether there were any.

    What is no longer wanted by mail is dropped. Two workers at once make one digest: the second finds nothing held.
    """
    whose = {"participant_id": participant, "user_id": user}
    held = Notification.objects.filter(state=NotificationState.HELD, due_at__lte=timezone.now(), **whose)
    rows = list(held.select_for_update(of=("self",)).order_by("pk"))
    wanted = [row for row in rows if _is_wanted(row)]
    unwanted = [row.pk for row in rows if row not in wanted]
    Notification.objects.filter(pk__in=unwanted).update(state=NotificationState.DROPPED, error="not wanted")
    if not wanted:
        return False
    digest = Notification.objects.create(
        municipality=municipality,
        key=DIGEST,
        delivery_key=f"{DIGEST}:{uuid.uuid4().hex}",
        lane=Lane.BULK,
        due_at=timezone.now(),
        **whose,
    )
    Notification.objects.filter(pk__in=[row.pk for row in wanted]).update(
        state=NotificationState.BUNDLED, digest=digest
    )
    return True


def _is_wanted(row: Notification) -> bool:
    to = row.participant or row.user
    assert to is not None  # noqa: S101  the database holds that there is one
    category = registry.message(row.key).category
    chosen = preferences.wanted(to=to, municipality=row.municipality, category=category)
    return chosen.mail != Frequency.NEVER


def items_of(digest: Notification) -> QuerySet[Notification]:
    """What is in this digest, in the order in which it was owed."""
    found: QuerySet[Notification] = Notification.objects.filter(
        digest=digest, channel=Channel.EMAIL
    ).select_related("municipality", "participant", "user")
    return found.defer("municipality__boundary").order_by("pk")


def worth_telling(digest: Notification) -> list[Notification]:
    """What of this digest is still wanted and has not lost its meaning. An item that can't be asked is told."""
    return [row for row in items_of(digest) if _is_wanted(row) and _has_meaning(row)]


def _has_meaning(row: Notification) -> bool:
    try:
        with transaction.atomic():
            registry.message(row.key).context(row)
    except registry.NothingToSay:
        return False
    except Exception as error:
        log.warning("digest_item_not_checked", notification=row.pk, error=type(error).__name__)
    return True


def categories_of(digest: Notification) -> tuple[str, ...]:
    """The kinds of news in this digest, of those that can be stopped."""
    keys = set(items_of(digest).order_by().values_list("key", flat=True))
    found = {registry.message(key).category for key in keys}
    return tuple(sorted(category for category in found if registry.can_be_stopped(category)))


def release(digest: Notification) -> None:
    """The digest could not be sent after all: what is in it goes into the next one."""
    fresh: dict[str, Any] = {"state": NotificationState.HELD, "digest": None}
    due_at = preferences.next_moment(Frequency.DAILY, timezone.now())
    Notification.objects.filter(digest=digest).update(**fresh, due_at=due_at)
