"""Taking in a report: once per key, in one transaction with its place, its log and its confirmation."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtschouw.domain import late_sending, questions, report_photos, schouwen
from buurtschouw.domain.ideas import power
from buurtschouw.domain.questions import Said
from buurtschouw.enums import ReportKind, ReportOrigin
from buurtschouw.models import Category, Report, Schouw, Stop
from trajecten.domain import activities, participants, places, throttle, workdays, writing
from trajecten.domain.moderation import deciding
from trajecten.domain.photos import attachments
from trajecten.domain.telling import notify
from trajecten.models import Municipality, Participant, User
from trajecten.refusals import Refused

RECEIVED = "buurtschouw.report_received"
WALK_RECEIVED = "buurtschouw.walk_received"
# Ways in of what was seen on a walk: it may come later, and is confirmed by the day.
OF_WALKS = frozenset({ReportOrigin.WALK, ReportOrigin.PAPER})


class IntakeRefused(Refused):
    """The report can't be taken in; the message says why and, where one can, what to do."""


class KeyConflict(Exception):
    """The key was used before for a report with other content."""


@dataclass(frozen=True)
class Received:
    """The report, and whether this request made it (False: it had been received before)."""

    report: Report
    is_new: bool


def _fingerprint(
    *,
    schouw: Schouw,
    category: int,
    text: str,
    point: Point | None,
    address: str,
    said: Said,
    email: str,
    kind: str,
    stop: int | None,
    observed_at: datetime | None,
) -> str:
    """SHA-256 of what was sent. The accuracy of the place is no part of it: two readings may differ in it.

    What a sender leaves out is left out here too, so that who knows nothing of kinds and stops keeps the same mark.
    """
    content = {
        "schouw": schouw.pk,
        "category": category,
        "text": text,
        "place": [round(point.x, 7), round(point.y, 7)] if point else None,
        "address": address,
        "extra": _packed(said),
        "email": email.lower(),
    }
    if kind != ReportKind.PROBLEM:
        content["kind"] = str(kind)
    if stop is not None:
        content["stop"] = stop
    if observed_at is not None:
        content["observed_at"] = observed_at.astimezone(UTC).isoformat()
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()


def _packed(said: Said) -> str | dict[str, str | list[str]]:
    """One answer as it was packed when a theme asked one question at most: what was sent then may come again."""
    if set(said.sent) <= {questions.FIRST_CODE}:
        answer = said.sent.get(questions.FIRST_CODE, "")
        if isinstance(answer, str):
            return answer
    return dict(said.sent)


def receive(
    *,
    schouw: Schouw,
    key: uuid.UUID,
    category: Category,
    text: str,
    by: User | None = None,
    point: Point | None = None,
    accuracy: int | None = None,
    address: str = "",
    said: Said = questions.NOTHING,
    email: str = "",
    kind: str = ReportKind.PROBLEM,
    origin: str = ReportOrigin.PAGE,
    stop: Stop | None = None,
    observed_at: datetime | None = None,
    author: Participant | None = None,
    by_official: bool = False,
    photos_first: bool = False,
    may_send: Callable[[], None] | None = None,
) -> Received:
    """Take in a report. The same key with the same content gives the first one, however often it comes.

    Its author is ``author`` (a walker), else the account ``by``, else the guest with ``email``, else nobody.
    ``observed_at`` is by the clock of the sender; one that is ahead of ours is kept as now. The way in (``origin``)
    is no part of the content: what a phone sent and what is read from its file are one report. What was seen on a
    walk is taken as ``late_sending.why_refused`` says, which ``by_official`` is for. Of another kind than a melding
    no answers to the questions of its theme are kept.
    ``point`` is WGS84; without one there must be an ``address``, which is looked up afterwards. With
    ``photos_first`` photos that were sent under the same key become the report's. Raises ``KeyConflict`` for
    the same key with other content, ``IntakeRefused`` when the schouw takes no reports now or the point lies
    outside the municipality (with whom to turn to), and the ``Throttled`` that ``may_send`` raises. A report
    that was received before is never refused when it comes again.
    """
    mark = _fingerprint(
        schouw=schouw,
        category=category.pk,
        text=text,
        point=point,
        address=address,
        said=said,
        email=email,
        kind=kind,
        stop=stop.pk if stop else None,
        observed_at=observed_at,
    )
    if not questions.are_asked(kind):
        said = replace(said, facts=())
    answer_by = term(schouw)
    report = Report(
        municipality=schouw.municipality,
        trajectory_id=schouw.trajectory_id,
        schouw=schouw,
        key=key,
        fingerprint=mark,
        category=category,
        kind=kind,
        origin=origin,
        stop=stop,
        observed_at=min(observed_at, timezone.now()) if observed_at else None,
        author=author,
        text=text,
        point=point,
        accuracy=accuracy,
        address=address,
        area_id=places.area_at(municipality=schouw.municipality, point=point) if point else None,
        facts=list(said.facts),
        moderation=deciding.of_new(schouw.trajectory),
        answer_by=answer_by,
        due_on=answer_by,
    )
    try:
        if may_send:
            may_send()
        _check_open(report, by_official=by_official)
        _take_in(report, said=said, by=by, email=email, photos_first=photos_first)
    except (IntegrityError, IntakeRefused, throttle.Throttled):
        known = _known(schouw, key, mark)
        if known is None:
            raise
        return _again(known, photos_first=photos_first)
    return Received(report, is_new=True)


@transaction.atomic
def _take_in(report: Report, *, said: Said, by: User | None, email: str, photos_first: bool) -> None:
    _store(report, by=by, email=email)
    questions.note_answered(category=report.category, said=said)
    _check_inside(report)
    if photos_first:
        attachments.claim(draft_key=report.key, target=report)


def received_before(
    *,
    schouw: Schouw,
    key: uuid.UUID,
    category: int,
    text: str,
    point: Point | None,
    address: str,
    said: Said,
    email: str,
    kind: str = ReportKind.PROBLEM,
    stop: int | None = None,
    observed_at: datetime | None = None,
    photos_first: bool = False,
) -> Received | None:
    """The report that this one repeats, by what was sent: its theme may be out of use since. None if it is new."""
    mark = _fingerprint(
        schouw=schouw,
        category=category,
        text=text,
        point=point,
        address=address,
        said=said,
        email=email,
        kind=kind,
        stop=stop,
        observed_at=observed_at,
    )
    try:
        known = _known(schouw, key, mark)
    except KeyConflict:
        return None
    return _again(known, photos_first=photos_first) if known else None


def _again(known: Report, *, photos_first: bool) -> Received:
    """The first report, with the photos that may have been added before sending it again."""
    if photos_first:
        report_photos.claim_again(report=known)
    return Received(known, is_new=False)


def _check_open(report: Report, *, by_official: bool) -> None:
    if report.origin in OF_WALKS:
        seen_at = report.observed_at
        closed = late_sending.why_refused(report.schouw, seen_at=seen_at, by_official=by_official)
    else:
        closed = schouwen.why_closed(report.schouw)
    if closed:
        raise IntakeRefused(closed)


def is_known(*, schouw: Schouw, key: uuid.UUID) -> bool:
    """Whether a report with this key was received."""
    return Report.objects.filter(municipality=schouw.municipality, key=key).exists()


def _known(schouw: Schouw, key: uuid.UUID, mark: str) -> Report | None:
    same_key = Report.objects.filter(municipality=schouw.municipality, key=key)
    found = same_key.values_list("pk", "fingerprint").first()
    if found is None:
        return None
    if found[1] != mark:
        raise KeyConflict
    return same_key.select_related("municipality").defer("search", "municipality__boundary").get()


def _store(report: Report, *, by: User | None, email: str) -> None:
    """The report with its author, their consent, its log and its confirmation, in one statement."""
    rows = [] if report.author else _author(report, by=by, email=email)
    rows += [
        writing.New(report),
        *([writing.New(power.new_idea(report))] if report.is_idea else []),
        activities.activity(verb="reported", target=report, by=report.author, is_public=True),
    ]
    if report.author and report.author.email:
        rows.append(_confirmation(report, report.author))
    writing.insert(*rows)


def _confirmation(report: Report, author: Participant) -> writing.New[Model]:
    """For each report of the page; for what somebody saw on a walk once a day, as there may be dozens."""
    key, delivery = RECEIVED, f"{RECEIVED}:{report.municipality.pk}:{report.key}"
    if report.origin in OF_WALKS:
        key, delivery = (
            WALK_RECEIVED,
            f"{WALK_RECEIVED}:{report.schouw_id}:{author.pk}:{timezone.localdate()}",
        )
    return notify.owed(
        key=key, to=author, municipality=report.municipality, about=report, delivery_key=delivery
    )


def _author(report: Report, *, by: User | None, email: str) -> list[writing.New[Model]]:
    """Say who reports, as an account or a guest; what is to be stored of a guest before the report."""
    if by is not None:
        report.author = participants.of_user(municipality=report.municipality, user=by)
        return []
    if not email:
        return []
    guest = participants.new_guest(
        municipality=report.municipality, email=email, language=get_language() or "nl"
    )
    report.author = guest.row
    return [guest, participants.contact_consent(participant=guest.row)]


def _check_inside(report: Report) -> None:
    """Undo what was stored when the point turns out to lie elsewhere."""
    if report.point is None or report.area_id is not None:
        return
    try:
        places.check_inside(municipality=report.municipality, point=report.point)
    except places.OutsideMunicipality as outside:
        raise IntakeRefused(outside_message(report.municipality, outside), field="place") from outside


def outside_message(here: Municipality, outside: places.OutsideMunicipality) -> str:
    """Whom to turn to with a place outside the municipality."""
    there = outside.elsewhere
    if there is None:
        return _(
            "This place lies outside %(here)s, so we can't do anything there. Is the pin in the right place?"
        ) % {"here": here.name}
    values = {"here": here.name, "there": there.name}
    if there.contact_url:
        return _(
            "This place lies in the municipality of %(there)s, not in %(here)s. You can report it there: %(url)s"
        ) % {**values, "url": there.contact_url}
    return (
        _("This place lies in the municipality of %(there)s, not in %(here)s. Please report it to %(there)s.")
        % values
    )


def term(schouw: Schouw, start: date | None = None) -> date:
    """The day by which the municipality has to say something, counted in working days from ``start`` or today."""
    return workdays.after(start or timezone.localdate(), schouw.service_level_days)
