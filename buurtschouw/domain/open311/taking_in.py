"""A service request that another system sends: a report like any other, taken in once however often it comes."""

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import intake, schouwen
from buurtschouw.domain.open311 import photos
from buurtschouw.domain.questions import Said
from buurtschouw.enums import ReportOrigin
from buurtschouw.models import ApiKey, Category, Report, Schouw
from trajecten.models import Trajectory

# The same request of the same system within this time is sent again, not made again; systems try for half an hour.
REPEATED_WITHIN = timedelta(hours=1)
_NAMES = uuid.UUID("0f6a9a55-8e0b-4a5c-9d43-3a4f6f1c7b11")


@dataclass(frozen=True)
class Taken:
    """The report, whether this request made it, and whether its photo will be fetched (None: there was none)."""

    report: Report
    is_new: bool
    photo_awaited: bool | None


@transaction.atomic
def take_in(
    *,
    key: ApiKey,
    theme: Category,
    text: str,
    said: Said,
    point: Point | None,
    address: str,
    email: str,
    media_url: str,
    sent_key: str,
    sent_by: str,
    may_send: Callable[[], None],
) -> Taken:
    """Take in a service request about a theme that takes reports now.

    ``sent_key`` is the Idempotency-Key of its sender, if any, ``sent_by`` says who it was within the system. Without a
    key the same content from the same system within ``REPEATED_WITHIN`` is the same request. Raises what
    ``intake.receive`` raises; the place decides to which walk it belongs.
    """
    content = {
        "theme": theme.pk,
        "text": text,
        "said": dict(said.sent),
        "place": [point.x, point.y] if point else None,
        "address": address,
        "email": email,
        "media_url": media_url,
        "by": sent_by,
    }
    mark = _mark_of_sender(key, sent_key) if sent_key else _mark_of_content(key, content)
    received = intake.receive(
        schouw=_schouw(key, mark, theme, point),
        key=mark,
        category=theme,
        text=text,
        said=said,
        point=point,
        address=address,
        email=email,
        origin=ReportOrigin.OPEN311,
        may_send=may_send,
    )
    will_come = photos.is_fetched(key=key, url=media_url) if media_url else None
    if will_come and received.is_new:
        photos.await_photo(report=received.report, key=key, url=media_url)
    return Taken(received.report, received.is_new, will_come)


def by_token(token: str) -> int | None:
    """The number of the report that came with this Idempotency-Key, a UUID; None when it did not come."""
    try:
        mark = uuid.UUID(token)
    except ValueError:
        return None
    rows = Report.objects.filter(key=mark, origin=ReportOrigin.OPEN311)
    return rows.values_list("pk", flat=True).first()


def _mark_of_sender(key: ApiKey, sent: str) -> uuid.UUID:
    """A UUID as it is; any other text is a name within the system of this key."""
    try:
        return uuid.UUID(sent)
    except ValueError:
        return uuid.uuid5(_NAMES, f"{key.pk}:{sent}")


def _mark_of_content(key: ApiKey, content: Mapping[str, Any]) -> uuid.UUID:
    """One for the same content in the same stretch of time, or in the one before when it came then and not long ago."""
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(packed.encode()).hexdigest()
    now = timezone.now()
    before = _in_stretch(key, digest, now - REPEATED_WITHIN)
    recent = Report.objects.filter(
        municipality=key.municipality_id, key=before, created_at__gt=now - REPEATED_WITHIN
    )
    return before if recent.exists() else _in_stretch(key, digest, now)


def _in_stretch(key: ApiKey, digest: str, at: datetime) -> uuid.UUID:
    stretch = int(at.timestamp() // REPEATED_WITHIN.total_seconds())
    return uuid.uuid5(_NAMES, f"{key.pk}:{digest}:{stretch}")


def _schouw(key: ApiKey, mark: uuid.UUID, theme: Category, point: Point | None) -> Schouw:
    """The walk that it belongs to: that of the report when it came before, else one that walks through the place.

    Raises ``IntakeRefused`` when no walk takes reports about the theme.
    """
    known = Report.objects.filter(municipality=key.municipality_id, key=mark).values("schouw")
    rows = Schouw.objects.select_related("trajectory")
    found: Schouw | None = rows.filter(pk__in=known).first()
    if found is None:
        found = _nearest(schouwen.accepting_reports(), theme, point)
    if found is None:
        message = _("No reports about %(theme)s are taken now.")
        raise intake.IntakeRefused(message % {"theme": theme.name}, field="service_code")
    found.municipality = key.municipality
    return found


def _nearest(open_now: list[Schouw], theme: Category, point: Point | None) -> Schouw | None:
    """Of the walks about the theme one that comes by the point, else one that always takes reports, or the next."""
    about = Schouw.categories.through.objects.filter(category=theme, schouw__in=open_now)
    keys = set(about.values_list("schouw", flat=True))
    fitting = [schouw for schouw in open_now if schouw.pk in keys]
    walked = _walked(fitting, point) if point and len(fitting) > 1 else frozenset()
    return min(
        fitting,
        key=lambda schouw: (schouw.trajectory_id not in walked, not schouw.keeps_reporting_open),
        default=None,
    )


def _walked(fitting: list[Schouw], point: Point) -> Collection[int]:
    """The trajectories, of those of these walks, in whose areas the point lies."""
    areas = Trajectory.areas.through.objects.filter(
        trajectory__in=[schouw.trajectory_id for schouw in fitting], area__geometry__covers=point
    )
    return set(areas.values_list("trajectory", flat=True))
