"""Stopping the mail of one category by a link in that mail: without signing in, for guests too.

The link carries who and which category, signed with the secret key; so it can't be guessed or made, and a
forwarded mail gives away no more than the stopping of this one kind of mail.
"""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from trajecten import registry
from trajecten.domain import activities, participants
from trajecten.models import Municipality, Participant

SIGNER = signing.Signer(salt="trajecten.unsubscribing", sep=".")


class NoSuchLink(Exception):
    """The link was not made here, or whom or what it is about is gone."""


def url(*, participant: Participant, municipality: Municipality, category: str) -> str:
    """The whole address of the page on which this participant stops the mail of this category."""
    token = SIGNER.sign_object([participant.pk, category])
    path = reverse("mail-choice", kwargs={"gemeente": municipality.slug, "token": token})
    return f"{settings.BASE_URL}{path}"


def read(*, token: str, municipality: Municipality) -> tuple[Participant, str]:
    """Whose link this is, and of which category. Raises ``NoSuchLink``, also for another municipality's.

    The link of a guest who became another participant is that participant's.
    """
    try:
        number, category = SIGNER.unsign_object(token)
        registry.stops(category)
        return _participant(number, municipality), category
    except (signing.BadSignature, KeyError, Participant.DoesNotExist) as error:
        raise NoSuchLink from error


def _participant(number: int, municipality: Municipality) -> Participant:
    of_municipality = Participant.objects.filter(municipality=municipality)
    found: Participant | None = of_municipality.filter(pk=number).first()
    return found or of_municipality.get(pk=participants.merged_into(number))


def is_stopped(participant: Participant, category: str) -> bool:
    """Whether this participant wants no mail of this category."""
    return category in participant.muted_categories


@transaction.atomic
def stop(*, participant: Participant, category: str) -> None:
    """Send no more mail of this category, not even what is owed already. Stopping twice is harmless."""
    _choose(participant, category, stopped=True)


@transaction.atomic
def resume(*, participant: Participant, category: str) -> None:
    """Send mail of this category again; what came in between is not sent after all."""
    _choose(participant, category, stopped=False)


def _choose(participant: Participant, category: str, *, stopped: bool) -> None:
    newest = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if is_stopped(newest, category) != stopped:
        kept = [muted for muted in newest.muted_categories if muted != category]
        newest.muted_categories = [*kept, category] if stopped else kept
        newest.save(update_fields=["muted_categories"])
        verb = "mail_stopped" if stopped else "mail_resumed"
        activities.record(verb=verb, target=newest, by=newest, details={"category": category})
    participant.muted_categories = newest.muted_categories
