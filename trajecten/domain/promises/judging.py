"""The verdict of those behind a promise: was it kept? Also by a secret link of their own, without signing in."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from trajecten.domain import activities, links, verdicts
from trajecten.domain.links import NoSuchLink
from trajecten.domain.promises import finding, locking, moving, people
from trajecten.enums import VerdictValue
from trajecten.models import Commitment, Municipality, Participant, Verdict
from trajecten.refusals import Refused

SIGNER = signing.Signer(salt="trajecten.judging", sep=".")
COUNTERS = {
    VerdictValue.YES: "verdict_yes",
    VerdictValue.PARTLY: "verdict_partly",
    VerdictValue.NO: "verdict_no",
}


class VerdictRefused(Refused):
    """A verdict can't be given now; the message says why."""


def token(*, commitment: Commitment, participant: Participant) -> str:
    """What opens the page on which this participant judges this promise."""
    return SIGNER.sign_object([commitment.pk, participant.pk])


def url(
    *,
    commitment: Commitment,
    participant: Participant,
    municipality: Municipality,
    round_number: int,
    value: str,
) -> str:
    """The whole address of the page with this answer filled in, for a mail."""
    parts = {
        "gemeente": municipality.slug,
        "token": token(commitment=commitment, participant=participant),
        "round_number": round_number,
        "value": value,
    }
    return f"{settings.BASE_URL}{reverse('promise-verdict', kwargs=parts)}"


def read(*, token: str, municipality: Municipality) -> tuple[Commitment, Participant]:
    """Which promise and whose link this is. Raises ``NoSuchLink``, also for another municipality's.

    The link of a guest who became another participant is that participant's.
    """
    number, person = links.read(SIGNER, token)
    participant = links.holder(person, among=Participant.objects.filter(municipality=municipality))
    found = Commitment.objects.with_names().filter(pk=number, municipality=municipality).first()
    if found is None:
        raise NoSuchLink
    return found, participant


def given(*, commitment: Commitment, participant: Participant) -> Verdict | None:
    """What this participant said of the last round, if anything."""
    return verdicts.of(commitment).filter(round=commitment.round, participant=participant).first()


@transaction.atomic
def judge(
    *, commitment: Commitment, participant: Participant, value: str, words: str = "", round_number: int
) -> Verdict:
    """Record what this participant says of a round; "no" from who raised it opens the promise again.

    What they said themselves, and was closed, is opened again with it. Others' "no" counts and opens nothing.
    Refused (``VerdictRefused``): who is not behind the promise, and a round that has been overtaken, save that
    words may still be added to what was said of it.
    """
    people.lock_said_by(commitment, participant)
    newest = locking.lock(commitment)
    if not people.behind(newest).filter(pk=participant.pk).exists():
        raise VerdictRefused(_("Only those who asked for this can say whether it was done."))
    if not newest.is_claimed or round_number != newest.round:
        return _add_words(newest, participant, value, words, round_number)
    made, is_new = _count(newest, participant, value, words)
    if is_new and value == VerdictValue.NO and people.is_author(newest, participant):
        _reopen(newest, participant, words)
    return made


def _add_words(
    newest: Commitment, participant: Participant, value: str, words: str, round_number: int
) -> Verdict:
    earlier = verdicts.known(target=newest, round_number=round_number, participant=participant)
    if earlier is None or earlier.value != value:
        raise VerdictRefused(_overtaken(newest))
    return verdicts.give(
        target=newest, round_number=round_number, participant=participant, value=value, words=words
    )[0]


def _overtaken(newest: Commitment) -> str:
    if newest.is_claimed:
        return _("Since then something more was done. Say on this page whether it is right now.")
    return _("This promise is not called done any more. You hear it when something has been done.")


def _count(
    locked: Commitment,
    participant: Participant | None,
    value: str,
    words: str = "",
    source: Model | None = None,
) -> tuple[Verdict, bool]:
    """Give the verdict on the last round and keep the counters equal to the rows; the promise is locked."""
    earlier = verdicts.known(target=locked, round_number=locked.round, participant=participant, source=source)
    before = earlier.value if earlier else None
    made, is_new = verdicts.give(
        target=locked,
        round_number=locked.round,
        participant=participant,
        value=value,
        words=words,
        source=source,
    )
    if is_new:
        _shift(locked, before, value)
        details = {"verdict": value, "round": locked.round}
        activities.record(verb="judged", target=locked, by=participant, is_public=True, details=details)
    return made, is_new


def _shift(locked: Commitment, before: str | None, value: str) -> None:
    if before is not None:
        _add(locked, VerdictValue(before), -1)
    _add(locked, VerdictValue(value), 1)
    locked.save(update_fields=list(COUNTERS.values()))


def _add(locked: Commitment, value: VerdictValue, number: int) -> None:
    name = COUNTERS[value]
    setattr(locked, name, getattr(locked, name) + number)


def _reopen(locked: Commitment, participant: Participant, words: str) -> None:
    """Open again what the participant said, where that was closed: the promise follows. Else the promise alone."""
    for kind, row in people.said_by(locked, participant):
        if kind.reopen:
            kind.reopen(row, words)
    if locking.lock(locked).is_claimed:
        moving.reopen(commitment=locked, by=participant)


@transaction.atomic
def take_over(*, contribution: Model, participant: Participant | None, value: str) -> None:
    """Let a verdict that a contribution asked for itself count for the promises on it that are called done.

    Whether a "no" opens them again is said by who asked (``moving.take_up_again``). Its words stay there. Who has no
    name is known by the contribution.
    """
    for commitment in finding.of(contribution):
        locked = locking.lock(commitment)
        if locked.is_claimed:
            _count(locked, participant, value, source=contribution)


@transaction.atomic
def recount(commitment: Commitment) -> bool:
    """Set the counters to what the verdicts on the last round say. Returns whether they were wrong."""
    locked = locking.lock(commitment)
    counted = (
        verdicts.of(locked)
        .order_by()
        .filter(round=locked.round)
        .aggregate(**{name: Count("pk", filter=Q(value=value)) for value, name in COUNTERS.items()})
    )
    if all(getattr(locked, name) == number for name, number in counted.items()):
        return False
    Commitment.objects.filter(pk=locked.pk).update(**counted)
    return True
