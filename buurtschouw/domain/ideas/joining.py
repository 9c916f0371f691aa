"""Joining an idea, pulling it, handing it back and leaving; and what who pulls it may say to the others."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.ideas import holding, power, telling
from buurtschouw.domain.ideas.refusals import IdeaRefused
from buurtschouw.enums import OPEN, JoiningRole
from buurtschouw.method import JOIN_HOURS, MESSAGES_A_WEEK
from buurtschouw.models import Joining, PullerMessage, Report
from trajecten.domain import activities, participants
from trajecten.domain.successions import asking, preparing
from trajecten.enums import Moderation
from trajecten.models import Area, Participant

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Offer:
    """What somebody brings: hours a month, and what they can do."""

    hours: int
    can_do: str = ""


@dataclass(frozen=True)
class Introduction:
    """What somebody says of themselves on their own page."""

    display_name: str = ""
    home_area: Area | None = None
    is_named: bool = False


@transaction.atomic
def join(*, report: Report, by: Participant, offer: Offer, pulls: bool = False) -> Joining:
    """Join an idea with an account, or pull it. Who is in already gets the new offer, and pulls from now on if asked.

    Refused (``IdeaRefused``): what is no open idea that others may know of, and hours out of bounds.
    """
    report = _lock_open(report, offer)
    now = timezone.now()
    known = holding.of_idea(report).filter(participant=by).first()
    joining = known or Joining(municipality_id=report.municipality_id, report=report, participant=by)
    joining.report, joining.hours, joining.can_do = report, offer.hours, offer.can_do.strip()
    is_new = joining.confirmed_at is None
    joining.confirmed_at = joining.confirmed_at or now
    joining.save()
    if is_new:
        _joined(joining)
    if pulls and not joining.pulls:
        return pull(joining=joining)
    power.renew(report=report)
    return joining


@transaction.atomic
def ask_to_join(*, report: Report, email: str, language: str, offer: Offer, pulls: bool = False) -> Joining:
    """Note that this address wants to join, and mail it the link by which it says so itself.

    Nobody joins by another's typing: until it is confirmed it counts nowhere, and who is in already is not changed by
    this; they get the link to their own page again. Refused as ``join``.
    """
    report = _lock_open(report, offer)
    guest = participants.guest(municipality=report.municipality, email=email, language=language)
    participants.allow_contact(participant=guest)
    guest.refresh_from_db()
    joining = holding.of_idea(report).filter(participant=guest).first()
    if joining is None or not joining.is_confirmed:
        joining = joining or Joining(municipality_id=report.municipality_id, report=report, participant=guest)
        joining.hours, joining.can_do = offer.hours, offer.can_do.strip()
        joining.role = JoiningRole.PULLS if pulls else JoiningRole.JOINS
        joining.pulls_since = timezone.now() if pulls else None
        joining.save()
    joining.report = report
    telling.ask(joining, to=guest)
    return joining


@transaction.atomic
def confirm(*, joining: Joining) -> Joining:
    """Say by the link in the mail that one joins. Twice is harmless. Refused as ``join``."""
    joining = holding.newest(joining)
    if joining.is_confirmed:
        return joining
    check_open(joining.report)
    now, pulls = timezone.now(), joining.pulls
    joining.confirmed_at, joining.role, joining.pulls_since = now, JoiningRole.JOINS, None
    joining.save()
    _joined(joining)
    if pulls:
        return pull(joining=joining)
    power.renew(report=joining.report)
    return joining


def _joined(joining: Joining) -> None:
    activities.record(verb="idea_joined", target=joining.report, by=joining.participant)
    telling.joined(joining)
    prepared = preparing.standing_of(joining.report)
    if prepared and prepared.is_prepared:
        asking.ask(succession=prepared, participant=_who(joining))


@transaction.atomic
def change(*, joining: Joining, offer: Offer, about: Introduction) -> Joining:
    """Change what one offers and says of oneself. Refused as ``join``."""
    joining = holding.newest(joining)
    _check_hours(offer)
    joining.hours, joining.can_do, joining.is_named = offer.hours, offer.can_do.strip(), about.is_named
    joining.save(update_fields=["hours", "can_do", "is_named"])
    person = _who(joining)
    person.display_name, person.home_area = about.display_name, about.home_area
    person.save(update_fields=["display_name", "home_area"])
    power.renew(report=joining.report, is_active=False)
    return joining


@transaction.atomic
def pull(*, joining: Joining) -> Joining:
    """Pull the idea that one joins. Several may pull together. Twice is harmless. Refused as ``join``."""
    joining = holding.newest(joining)
    check_open(joining.report)
    if joining.pulls:
        return joining
    joining.role, joining.pulls_since = JoiningRole.PULLS, timezone.now()
    joining.save(update_fields=["role", "pulls_since"])
    telling.happened(report=joining.report, verb=telling.PULLED, by=joining.participant)
    power.renew(report=joining.report)
    return joining


@transaction.atomic
def hand_back(*, joining: Joining) -> Joining:
    """Stop pulling and go on joining. The others hear it when nobody is left who pulls. Twice is harmless."""
    joining = holding.newest(joining)
    if not joining.pulls:
        return joining
    joining.role, joining.pulls_since = JoiningRole.JOINS, None
    joining.save(update_fields=["role", "pulls_since"])
    _let_go(joining.report, by=_who(joining))
    return joining


@transaction.atomic
def leave(*, joining: Joining) -> None:
    """Leave the idea. Nothing of it stays but the line in the log. Who left already changes nothing."""
    try:
        joining = holding.newest(joining)
    except Joining.DoesNotExist:
        return
    report, pulled, was_in = joining.report, joining.pulls, joining.is_confirmed
    by = _who(joining)
    joining.delete()
    if not was_in:
        return
    activities.record(verb="idea_left", target=report, by=by)
    if pulled:
        _let_go(report, by=by)
    else:
        power.renew(report=report, is_active=False)


def _let_go(report: Report, *, by: Participant) -> None:
    idea = power.renew(report=report, is_active=False)
    if not idea.pullers:
        telling.happened(report=report, verb=telling.LET_GO, by=by)
    else:
        activities.record(verb="idea_handed_back", target=report, by=by)


@transaction.atomic
def write(*, joining: Joining, text: str) -> PullerMessage:
    """Send the others who join one message through the portal; their addresses stay unknown to who writes.

    Refused (``IdeaRefused``): without words, who does not pull the idea, when nobody else joins, and more than
    ``MESSAGES_A_WEEK`` in seven days, of all who pull it together.
    """
    joining = holding.newest(joining)
    if not text.strip():
        raise IdeaRefused(_("Write your message first."), field="text")
    if not (joining.pulls and joining.is_confirmed):
        raise IdeaRefused(_("Only who pulls this idea can write to who joins."), field="text")
    if not others(joining).exists():
        raise IdeaRefused(_("Nobody else has joined yet."), field="text")
    if sent_this_week(joining.report) >= MESSAGES_A_WEEK:
        message = _("You can send at most %(n)d messages in seven days. Try again later.")
        raise IdeaRefused(message % {"n": MESSAGES_A_WEEK}, field="text")
    made = PullerMessage.objects.create(
        municipality_id=joining.municipality_id,
        report=joining.report,
        by=joining.participant,
        text=text.strip(),
    )
    activities.record(verb="idea_message_sent", target=joining.report, by=joining.participant)
    telling.message(made)
    power.renew(report=joining.report)
    return made


def sent_this_week(report: Report) -> int:
    """How many messages went to who joins in the last seven days."""
    return PullerMessage.objects.filter(report=report, at__gt=timezone.now() - WEEK).count()


def others(joining: Joining) -> QuerySet[Joining]:
    """Who else joins or pulls the same idea, who pulls it first."""
    return in_order(joining.report).exclude(pk=joining.pk)


def unwelcomed(participant: Participant) -> QuerySet[Any]:
    """What this participant pulls and others joined after the last message to them, with ``last_joined``."""
    same = Joining.objects.filter(report=OuterRef("report"), confirmed_at__isnull=False)
    newest = same.exclude(participant=participant).order_by("-confirmed_at").values("confirmed_at")[:1]
    told = PullerMessage.objects.filter(report=OuterRef("report")).order_by("-at").values("at")[:1]
    mine = Joining.objects.filter(
        participant=participant,
        pulls_since__isnull=False,
        confirmed_at__isnull=False,
        report__status__in=OPEN,
    )
    rows: QuerySet[Any] = mine.annotate(last_joined=Subquery(newest), last_told=Subquery(told))
    found = rows.filter(
        Q(last_told__isnull=True) | Q(last_joined__gt=F("last_told")), last_joined__isnull=False
    )
    named = found.select_related("report__category", "report__area")
    return named.defer("report__search", "report__area__geometry").order_by("last_joined", "pk")


def in_order(report: Report) -> QuerySet[Joining]:
    """Who join this idea: who pull it in the order in which they began, then the others as they came."""
    rows = power.confirmed([report.pk]).select_related("participant")
    return rows.order_by("pulls_since", "confirmed_at", "pk")


def check_open(report: Report) -> None:
    """Refuse (``IdeaRefused``) what is no idea, what others can't read (any more), and what is finished."""
    if not report.is_idea or report.moderation == Moderation.HIDDEN:
        raise IdeaRefused(_("You can't join this."))
    if not report.is_public:
        raise IdeaRefused(_("The municipality has not read this idea yet. As soon as it has, you can join."))
    if not report.is_open:
        raise IdeaRefused(_("The municipality has finished with this idea, so nobody can join it any more."))


def _check_hours(offer: Offer) -> None:
    if offer.hours not in JOIN_HOURS:
        bounds = {"least": JOIN_HOURS[0], "most": JOIN_HOURS[-1]}
        message = _("Choose a number of hours between %(least)d and %(most)d a month.")
        raise IdeaRefused(message % bounds, field="hours")


def _lock_open(report: Report, offer: Offer) -> Report:
    report = holding.idea(report)
    check_open(report)
    _check_hours(offer)
    return report


def _who(joining: Joining) -> Participant:
    assert joining.participant is not None  # noqa: S101  rows of who is gone are not found (``holding``)
    return joining.participant
