"""Who hears what of an idea.

What happened to it is told about its line in the log (``Activity``): to who joins or pulls it and to who had it, and
to who follows it. One delivery key is for all of them, so nobody hears it twice.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from buurtschouw.models import Answer, Joining, PullerMessage, Report
from trajecten.domain import activities
from trajecten.domain.telling import news, notify
from trajecten.enums import Moderation
from trajecten.models import Activity, Participant, User

ASKED = "buurtschouw.idea_join_asked"
JOINED = "buurtschouw.idea_joined"
NEWS = "buurtschouw.idea_news"
ANSWERED = "buurtschouw.idea_answered"
MESSAGE = "buurtschouw.idea_message"
FOLLOWED = "buurtschouw.followed_idea"

# What happens to an idea that others hear of.
PULLED = "idea_pulled"
LET_GO = "idea_let_go"
JUDGED = "idea_judged"
TOOK_IN = "idea_took_in"
WENT_APART = "idea_went_apart"
VERBS = (PULLED, LET_GO, JUDGED, TOOK_IN, WENT_APART)


def joiners(report: Report) -> QuerySet[Participant]:
    """Who join or pull this idea and can be told anything."""
    reached = Q(email__isnull=False) | Q(user__isnull=False)
    return Participant.objects.filter(
        reached, joinings__report=report, joinings__confirmed_at__isnull=False
    ).distinct()


def happened(
    *, report: Report, verb: str, by: User | Participant | None, details: dict[str, Any] | None = None
) -> Activity:
    """Write it in the log, and tell everybody who has to do with the idea, but for who did it."""
    act = activities.record(verb=verb, target=report, by=by, is_public=True, details=details)
    key = f"buurtschouw.idea:{act.pk}"
    to = {person.pk: person for person in joiners(report)}
    if report.author and report.author.can_be_told:
        to.setdefault(report.author.pk, report.author)
    if isinstance(by, Participant):
        to.pop(by.pk, None)
    notify.owe_each(key=NEWS, to=to.values(), municipality=report.municipality, about=act, delivery_key=key)
    if report.moderation != Moderation.HIDDEN:
        news.tell(key=FOLLOWED, about=act, targets=[report], delivery_key=key)
    return act


def tell_joiners(*, report: Report, verb: str, by: User) -> None:
    """Write it in the log, and tell who joins or pulls the idea, and nobody else."""
    act = activities.record(verb=verb, target=report, by=by, is_public=True)
    key = f"buurtschouw.idea:{act.pk}"
    to = joiners(report)
    notify.owe_each(key=NEWS, to=to, municipality=report.municipality, about=act, delivery_key=key)


def ask(joining: Joining, *, to: Participant) -> None:
    """Mail the link by which somebody confirms, or finds the own page again: once a day."""
    today = timezone.localdate()
    notify.owe(
        key=ASKED,
        to=to,
        municipality=joining.report.municipality,
        about=joining,
        delivery_key=f"{ASKED}:{joining.pk}:{joining.is_confirmed}:{today}",
    )


def joined(joining: Joining) -> None:
    """Tell who pulls the idea that somebody joined."""
    pulling = joiners(joining.report).filter(
        joinings__pulls_since__isnull=False, joinings__report=joining.report
    )
    notify.owe_each(
        key=JOINED,
        to=[person for person in pulling if person != joining.participant],
        municipality=joining.report.municipality,
        about=joining,
        delivery_key=f"{JOINED}:{joining.pk}",
    )


def answered(report: Report, made: Answer, *, delivery_key: str) -> None:
    """Give the answer of an official to who joins, under the key of all who are told of it."""
    to = joiners(report)
    if report.author_id:
        to = to.exclude(pk=report.author_id)
    notify.owe_each(
        key=ANSWERED, to=to, municipality=report.municipality, about=made, delivery_key=delivery_key
    )


def message(made: PullerMessage) -> None:
    """Bring what a puller wrote to the others who join."""
    notify.owe_each(
        key=MESSAGE,
        to=[person for person in joiners(made.report) if person != made.by],
        municipality=made.report.municipality,
        about=made,
        delivery_key=f"{MESSAGE}:{made.pk}",
    )
