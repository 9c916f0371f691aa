"""How often somebody wants to hear of each kind of news, over which channel."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from django.utils import timezone

from trajecten import registry
from trajecten.domain import activities, writing
from trajecten.enums import Channel, Frequency, NotificationState
from trajecten.models import Municipality, Notification, Participant, Preference, User
from trajecten.rules import works_for

DIGEST_AT = time(8, 0)
AGAIN = """{columns} WHERE {whose} IS NOT NULL DO UPDATE SET frequency = EXCLUDED.frequency"""


class ChoiceRefused(Exception):
    """There is nothing to choose here: mail that always comes, or a digest of what is in the portal."""


@dataclass(frozen=True)
class Choice:
    """How often by mail, and whether in the portal: there it is at once or never."""

    mail: str
    inapp: str


def of(*, to: Participant | User, municipality: Municipality, category: str) -> Choice:
    """What this person chose, or the category's own. What can't be stopped comes at once."""
    if not registry.can_be_stopped(category):
        return Choice(Frequency.AT_ONCE, Frequency.AT_ONCE)
    rows = _rows(to, municipality).filter(category=category).values_list("channel", "frequency")
    return _choice(category, dict(rows))


def wanted(*, to: Participant | User, municipality: Municipality, category: str) -> Choice:
    """What may be sent to this person now: what they chose, but no mail at all to who withdrew the consent to it."""
    chosen = of(to=to, municipality=municipality, category=category)
    return replace(chosen, mail=Frequency.NEVER) if is_closed(to) else chosen


def is_closed(to: Participant | User) -> bool:
    """Whether this person withdrew the consent to be mailed, also about what can't be stopped by kind."""
    return isinstance(to, Participant) and to.contact_withdrawn_at is not None


def all_of(
    *, to: Participant | User | None, municipality: Municipality, categories: Iterable[registry.Category]
) -> dict[str, Choice]:
    """The choices about these categories, in one query; what is usual for nobody yet (None)."""
    chosen: dict[str, dict[str, str]] = {}
    rows = _rows(to, municipality) if to else Preference.objects.none()
    for category, channel, frequency in rows.values_list("category", "channel", "frequency"):
        chosen.setdefault(category, {})[channel] = frequency
    return {each.key: _choice(each.key, chosen.get(each.key, {})) for each in categories}


def _choice(category: str, chosen: dict[str, str]) -> Choice:
    return Choice(
        chosen.get(Channel.EMAIL) or usual_mail(category), chosen.get(Channel.INAPP, Frequency.AT_ONCE)
    )


def is_usual(category: str, channel: str, frequency: str) -> bool:
    """Whether this is how often who chose nothing hears of it."""
    usual = _choice(category, {})
    return frequency == (usual.mail if channel == Channel.EMAIL else usual.inapp)


def usual_mail(category: str) -> str:
    """How often a category is mailed to who chose nothing; at once when it is not registered."""
    try:
        return registry.category(category).mail
    except KeyError:
        return Frequency.AT_ONCE


@transaction.atomic
def choose(
    *, to: Participant | User, municipality: Municipality, category: str, channel: str, frequency: str
) -> bool:
    """Keep a choice. Returns whether it is another one than before; the same again changes nothing.

    What is held for a later digest moves to an earlier one when the choice is to hear more often. Raises
    ``ChoiceRefused`` for a category that can't be stopped, and for a digest in the portal.
    """
    in_portal_later = channel == Channel.INAPP and frequency not in {Frequency.AT_ONCE, Frequency.NEVER}
    if in_portal_later or not registry.can_be_stopped(category):
        raise ChoiceRefused(category)
    _lock(to)
    before = of(to=to, municipality=municipality, category=category)
    if frequency == (before.mail if channel == Channel.EMAIL else before.inapp):
        return False
    _keep(to, municipality, category, channel, frequency)
    if channel == Channel.EMAIL:
        _hasten(to, municipality, category, frequency)
    if isinstance(to, Participant):
        details = {"category": category, "channel": str(channel), "frequency": str(frequency)}
        activities.record(verb="preference_chosen", target=to, by=to, details=details)
    return True


def _lock(to: Participant | User) -> None:
    """One choice of one person at a time; rows may still point at them meanwhile."""
    to._meta.model._base_manager.select_for_update(of=("self",), no_key=True).get(pk=to.pk)


def _keep(
    to: Participant | User, municipality: Municipality, category: str, channel: str, frequency: str
) -> None:
    row = Preference(municipality=municipality, category=category, channel=channel, frequency=frequency)
    if isinstance(to, Participant):
        row.participant = to
        again = AGAIN.format(columns="(participant_id, category, channel)", whose="participant_id")
    else:
        row.user = to
        again = AGAIN.format(columns="(user_id, municipality_id, category, channel)", whose="user_id")
    writing.insert(writing.New(row, on_conflict=again))


def _hasten(to: Participant | User, municipality: Municipality, category: str, frequency: str) -> None:
    """Wanted at once or daily: what waits for a later digest goes into the first one then."""
    moment = next_moment(frequency, timezone.now())
    if frequency == Frequency.NEVER:
        return
    keys = [message.key for message in registry.messages() if message.category == category]
    held = mail_of(to, municipality).filter(state=NotificationState.HELD, key__in=keys)
    held.update(due_at=Least(F("due_at"), moment))


def mail_of(to: Participant | User, municipality: Municipality) -> QuerySet[Notification]:
    """All that this person was ever owed by mail here."""
    whose = {"participant": to} if isinstance(to, Participant) else {"user": to}
    found: QuerySet[Notification] = Notification.objects.filter(
        municipality=municipality, channel=Channel.EMAIL, **whose
    )
    return found


def next_moment(frequency: str, now: datetime) -> datetime:
    """When the next digest of this frequency is made: 8 o'clock, for the weekly one on Monday; now for the rest."""
    if frequency not in {Frequency.DAILY, Frequency.WEEKLY}:
        return now
    local = timezone.localtime(now)
    day = local.date() + timedelta(days=0 if local.time() < DIGEST_AT else 1)
    if frequency == Frequency.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


def kept_of(participant: Participant) -> QuerySet[Preference]:
    """What this participant chose, and what their account did when it worked here, once it does so no more."""
    found = Q(participant=participant)
    if participant.user and not works_for(participant.user, participant.municipality_id):
        found |= Q(user=participant.user, municipality=participant.municipality_id)
    kept: QuerySet[Preference] = Preference.objects.filter(found)
    return kept


def _rows(to: Participant | User, municipality: Municipality) -> QuerySet[Preference]:
    whose = {"participant": to} if isinstance(to, Participant) else {"user": to, "municipality": municipality}
    found: QuerySet[Preference] = Preference.objects.filter(**whose)
    return found
