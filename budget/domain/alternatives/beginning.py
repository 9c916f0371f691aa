"""Beginning an alternative: with an account at once, as a guest with a mail address that is confirmed later.

What a guest begins is nobody's until the link in the mail was used: until then the address is only in the outbox and
in that signed link. So typing somebody else's address shows and changes nothing of theirs, and the browser gets the
same answer whether that person has an alternative already or not.
"""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain import guests
from budget.domain.alternatives import locking, telling
from budget.domain.alternatives.refusals import AlternativeRefused
from budget.models import Alternative, Round
from trajecten.domain import activities, links, participants
from trajecten.domain.links import NoSuchLink
from trajecten.enums import Moderation
from trajecten.models import Participant
from trajecten.models.tokens import new_token

SIGNER = signing.Signer(salt="budget.alternative", sep=".")


@dataclass(frozen=True)
class Link:
    """What a link in a mail is about: the round, whose it is, and the draft, which is None once it is gone."""

    round: Round
    person: Participant
    draft: Alternative | None


def token(alternative: Alternative, person: Participant) -> str:
    """What the link in the mail has behind it: which alternative, and whose it becomes."""
    return SIGNER.sign_object([alternative.round_id, alternative.pk, person.pk], compress=True)


def read(signed: str) -> Link:
    """Raises ``NoSuchLink`` for what was not made here, and for who is gone."""
    round_key, key, holder = links.read(SIGNER, signed)
    person = links.holder(holder, among=Participant.objects.filter(erased_at__isnull=True))
    found = Round.objects.select_related("trajectory", "municipality").filter(pk=round_key).first()
    if found is None:
        raise NoSuchLink
    draft = Alternative.objects.filter(pk=key, round=found).first()
    if draft:
        draft.round = found
    return Link(found, person, draft if draft and draft.author_id in (None, person.pk) else None)


def of_person(found: Round, person: Participant) -> Alternative | None:
    """What this person has in the round, draft or finished."""
    mine: Alternative | None = Alternative.objects.filter(round=found, author=person).first()
    return mine


@transaction.atomic
def begin(*, found: Round, by: Participant) -> Alternative:
    """The alternative of this person in this round, made when there is none. Refused when the round takes none."""
    mine = of_person(found, by)
    if mine:
        return mine
    locking.check_takes(found)
    participants.lock(by.pk)
    made, is_new = Alternative.objects.get_or_create(
        round=found, author=by, defaults=_beginning(found) | {"confirmed_at": timezone.now()}
    )
    if is_new:
        activities.record(verb="alternative_begun", target=made, by=by)
    return made


@transaction.atomic
def begin_as_guest(*, found: Round, email: str, language: str) -> Alternative:
    """A new draft, nobody's yet, and a mail to this address with the link that makes it theirs.

    Refused (``AlternativeRefused``): when the round takes none or no guests.
    """
    locking.check_takes(found)
    if not found.allows_guests:
        raise AlternativeRefused(_("Sign in first: in this round one takes part with an account."))
    guest = guests.asked(municipality=found.municipality, email=email, language=language)
    made: Alternative = Alternative.objects.create(round=found, author=None, **_beginning(found))
    telling.ask(made, to=guest)
    return made


def _beginning(found: Round) -> dict[str, object]:
    """A draft is seen by nobody else, so there is nothing to read in it beforehand."""
    return {
        "municipality_id": found.municipality_id,
        "trajectory_id": found.trajectory_id,
        "moderation": Moderation.PUBLISHED,
        "text": "",
    }


@transaction.atomic
def confirm(
    *, alternative: Alternative, by: Participant, replaces: bool = False, keeps_link: bool = True
) -> Alternative:
    """Make a guest's draft theirs. Twice is harmless.

    Who has one in this round already gets that one back, and the draft goes; unless it ``replaces`` it: then the other
    one goes. Without ``keeps_link`` the draft gets another secret link: in the browser in which it was begun somebody
    else may sit. Refused (``AlternativeRefused``): a draft that is gone, or is somebody else's.
    """
    participants.lock(by.pk)
    draft = locking.lock_with_round(alternative)
    if draft.author_id == by.pk:
        return draft
    if draft.author_id is not None:
        raise AlternativeRefused(_("This link does not work any more."), code=locking.GONE)
    mine = Alternative.objects.select_for_update(of=("self",)).filter(round=draft.round, author=by).first()
    if mine and not replaces:
        draft.delete()
        return mine
    if mine:
        locking.check_takes(draft.round)
        mine.delete()
    draft.author, draft.confirmed_at = by, timezone.now()
    if not keeps_link:
        draft.token = new_token()
    draft.save()
    activities.record(verb="alternative_confirmed", target=draft, by=by)
    return draft
