"""What waits for one participant: what the core has of it, and the order of it all.

An app adds its own with ``registry.register_waits``. Every part here asks the database a fixed number of times.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten import registry
from trajecten.domain import moments
from trajecten.domain.moderation import objecting
from trajecten.domain.overview.mine import Mine
from trajecten.domain.promises import asking, judging, promised, terms
from trajecten.domain.successions import asking as asking_along
from trajecten.enums import Channel, ObjectionOutcome
from trajecten.models import (
    Commitment,
    CommitmentUpdate,
    Municipality,
    Notification,
    Objection,
    Participant,
    Verdict,
)
from trajecten.models.commitment import CLAIMED
from trajecten.registry import ContributionKind, Wait

# Of each part; what is left out comes when the others are done.
MOST = 20
# An answer to an objection is news for so long, or until it is opened from the inbox.
ANSWER_IS_NEWS = timedelta(days=30)
TITLE_LENGTH = 90


def of(mine: Mine) -> list[Wait]:
    """Everything of every app: what ends soonest first, then what waits longest."""
    return sorted(registry.waits(mine), key=lambda wait: (wait.until is None, wait.until or wait.since))


def of_core(mine: Mine) -> Iterator[Wait]:
    """Meetings, invitations, promises to keep and to judge, and answers to what the participant did not agree with."""
    yield from _meetings(mine)
    yield from _invitations(mine)
    yield from _kept(mine)
    yield from _promises(mine.municipality, mine.participant)
    yield from _answers(mine.municipality, mine.participant)
    yield from _successions(mine)


def _successions(mine: Mine) -> Iterator[Wait]:
    """What somebody joined and that becomes something in another method: whether they go along."""
    for companion in asking_along.waiting_for(mine.participant)[:MOST]:
        kwargs = {"gemeente": mine.municipality.slug, "token": asking_along.token(companion)}
        yield Wait(
            kicker=str(registry.successor(companion.succession.target).name),
            title=companion.succession.title,
            url=reverse("succession-along", kwargs=kwargs),
            action=_("Say whether you go along"),
            when=_("Asked on %(day)s") % {"day": _day(companion.asked_at)},
            since=companion.asked_at,
        )


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _meetings(mine: Mine) -> Iterator[Wait]:
    for meeting in mine.meetings:
        if meeting.own_answer or not meeting.takes_answers:
            continue
        day = capfirst(date_format(timezone.localtime(meeting.starts_at), "l j F"))
        yield Wait(
            kicker=pgettext("of a trajectory", "Meeting"),
            title=meeting.title,
            url=reverse("meeting", kwargs={"gemeente": mine.municipality.slug, "pk": meeting.pk}),
            action=_("Say whether you come"),
            when=f"{day}, {moments.clock(meeting.starts_at)}",
            since=meeting.starts_at,
            until=meeting.starts_at,
        )


def _invitations(mine: Mine) -> Iterator[Wait]:
    for enrolment in mine.enrolments:
        if not enrolment.invited_by:
            continue
        kwargs = {"gemeente": mine.municipality.slug, "code": enrolment.invited_by}
        yield Wait(
            kicker=_("Invitation to take part"),
            title=enrolment.trajectory.title,
            url=reverse("invitation", kwargs=kwargs),
            action=_("Say whether you take part"),
            when=_("You can answer until %(day)s") % {"day": _day(enrolment.invited_until)},
            since=enrolment.invited_at,
            until=enrolment.invited_until,
        )


def _kept(mine: Mine) -> Iterator[Wait]:
    """What this participant promised that is late or has to be done within the time of a reminder."""
    soon = timezone.localdate() + terms.REMIND_BEFORE
    for commitment in mine.promises:
        if not commitment.is_open or commitment.deadline > soon:
            continue
        until = timezone.make_aware(datetime.combine(commitment.deadline, time.max))
        words = _("Was for %(day)s") if commitment.is_late else _("By %(day)s")
        yield Wait(
            kicker=_("What you promised"),
            title=Truncator(commitment.text).chars(TITLE_LENGTH),
            url=reverse("promise-keep", kwargs={"gemeente": mine.municipality.slug, "pk": commitment.pk}),
            action=_("Tell how it goes"),
            when=words % {"day": _day(until)},
            since=commitment.created_at,
            until=until,
        )


def _promises(municipality: Municipality, participant: Participant) -> Iterator[Wait]:
    for commitment in promised.with_public_words(to_judge(participant)[:MOST]):
        token = judging.token(commitment=commitment, participant=participant)
        done_at = commitment.closed_at or commitment.created_at
        yield Wait(
            kicker=_("Promise of the municipality"),
            title=Truncator(commitment.public_text).chars(TITLE_LENGTH),
            url=reverse("promise-mine", kwargs={"gemeente": municipality.slug, "token": token}),
            action=_("Say whether it was kept"),
            when=_("Called done on %(day)s") % {"day": _day(done_at)},
            since=done_at,
        )


def to_judge(participant: Participant) -> QuerySet[Commitment]:
    """Promises called done that this participant was asked about, without a verdict of theirs on the last round."""
    asked = Notification.objects.filter(participant=participant, key__in=[asking.DONE, asking.STILL])
    turns = CommitmentUpdate.objects.filter(
        commitment=OuterRef("pk"), round=OuterRef("round"), pk__in=asked.values("object_id")
    )
    kind = ContentType.objects.get_for_model(Commitment)
    given = Verdict.objects.filter(
        content_type=kind, object_id=OuterRef("pk"), round=OuterRef("round"), participant=participant
    )
    rows: QuerySet[Commitment] = Commitment.objects.filter(Exists(turns), status__in=sorted(CLAIMED))
    return rows.filter(~Exists(given)).order_by("closed_at", "id")


def _answers(municipality: Municipality, participant: Participant) -> Iterator[Wait]:
    answered = list(answers(participant)[:MOST])
    by_kind = defaultdict(list)
    for objection in answered:
        by_kind[objection.kind].append(objection.number)
    kinds = {ContentType.objects.get_for_model(kind.model).pk: kind for kind in registry.contribution_kinds()}
    loaded = {kind: kinds[kind].load(numbers) for kind, numbers in by_kind.items()}
    for objection in answered:
        if contribution := loaded[objection.kind].get(objection.number):
            yield _answer(municipality, kinds[objection.kind], contribution, objection)


def answers(participant: Participant) -> QuerySet[Any]:
    """Answers of the last while to this participant's objections, that were not opened from the inbox.

    Each with the ``number`` of the contribution and the content type of its ``kind``, and ``message``, of the row in
    the inbox if there is one. One statement, however many kinds of contribution there are.
    """
    inbox = Notification.objects.filter(
        channel=Channel.INAPP, user=participant.user_id, key=objecting.ANSWERED, object_id=OuterRef("pk")
    )
    rows: QuerySet[Any] = Objection.objects.exclude(outcome=ObjectionOutcome.OPEN).filter(
        ~Exists(inbox.filter(read_at__isnull=False)),
        _about_what_is_by(participant),
        answered_at__gte=timezone.now() - ANSWER_IS_NEWS,
    )
    rows = rows.annotate(number=F("decision__object_id"), kind=F("decision__content_type_id"))
    return rows.annotate(message=Subquery(inbox.values("pk")[:1])).order_by("answered_at", "id")


def _about_what_is_by(participant: Participant) -> Q:
    found = Q()
    for kind in registry.contribution_kinds():
        by_author = kind.model.objects.filter(author=participant)
        found |= Q(
            decision__content_type=ContentType.objects.get_for_model(kind.model),
            decision__object_id__in=by_author.values("pk"),
        )
    return found


def _answer(municipality: Municipality, kind: ContributionKind, contribution: Any, objection: Any) -> Wait:
    return Wait(
        kicker=_("Answer to what you did not agree with"),
        title=kind.title(contribution),
        url=_answer_url(municipality, contribution, objection.message),
        action=_("Read the answer"),
        when=_("Answered on %(day)s") % {"day": _day(objection.answered_at)},
        since=objection.answered_at,
    )


def _answer_url(municipality: Municipality, contribution: Any, message: int | None) -> str:
    """By way of the inbox, so that it is read there too."""
    if message:
        return reverse("inbox-message", kwargs={"gemeente": municipality.slug, "pk": message})
    parts = {"gemeente": municipality.slug, "token": objecting.token(contribution)}
    return reverse("objection", kwargs=parts)
