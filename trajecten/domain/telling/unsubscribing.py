"""Stopping mail by a link in that mail: without signing in, for guests too.

The link carries who and which categories, signed with the secret key; so it can't be guessed or made, and a
forwarded mail gives away no more than the stopping of this kind of mail. A digest holds several, joined by "+". The
link to all choices carries only who.
"""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from trajecten import registry
from trajecten.domain import links
from trajecten.domain.links import NoSuchLink
from trajecten.domain.telling import preferences
from trajecten.enums import Channel, Frequency
from trajecten.models import Municipality, Participant

SIGNER = signing.Signer(salt="trajecten.unsubscribing", sep=".")
PREFERENCES_SIGNER = signing.Signer(salt="trajecten.preferences", sep=".")


def url(*, participant: Participant, municipality: Municipality, category: str) -> str:
    """The whole address of the page on which this participant stops the mail of this category."""
    token = SIGNER.sign_object([participant.pk, category])
    path = reverse("mail-choice", kwargs={"gemeente": municipality.slug, "token": token})
    return f"{settings.BASE_URL}{path}"


def read(*, token: str, municipality: Municipality) -> tuple[Participant, str]:
    """Whose link this is, and of which category. Raises ``NoSuchLink``, also for another municipality's.

    The link of a guest who became another participant is that participant's.
    """
    number, category = links.read(SIGNER, token)
    try:
        what(category)
    except KeyError as error:
        raise NoSuchLink from error
    return _participant(number, municipality), category


def _participant(number: int, municipality: Municipality) -> Participant:
    return links.holder(number, among=Participant.objects.filter(municipality=municipality))


def what(categories: str) -> str:
    """What one stops with these categories, in words. Raises KeyError when one of them can't be stopped."""
    return ", ".join(registry.stops(category) for category in categories.split("+"))


def preferences_url(*, participant: Participant, municipality: Municipality) -> str:
    """The whole address of the page on which this participant chooses how often to hear of everything."""
    token = PREFERENCES_SIGNER.sign_object([participant.pk])
    path = reverse("preferences-by-link", kwargs={"gemeente": municipality.slug, "token": token})
    return f"{settings.BASE_URL}{path}"


def read_preferences(*, token: str, municipality: Municipality) -> Participant:
    """Whose choices this link is to. Raises ``NoSuchLink``, also for another municipality's."""
    (number,) = links.read(PREFERENCES_SIGNER, token)
    return _participant(number, municipality)


def is_stopped(participant: Participant, categories: str) -> bool:
    """Whether this participant wants no mail of these categories at all."""
    municipality = participant.municipality
    return all(
        preferences.of(to=participant, municipality=municipality, category=category).mail == Frequency.NEVER
        for category in categories.split("+")
    )


@transaction.atomic
def stop(*, participant: Participant, category: str) -> None:
    """Send no more mail of this category, not even what is owed already. Stopping twice is harmless."""
    for each in category.split("+"):
        _choose(participant, each, Frequency.NEVER)


@transaction.atomic
def resume(*, participant: Participant, category: str) -> None:
    """Send mail of this category again, as often as it comes to who chose nothing.

    What came in between is not sent after all. What was not stopped stays as it is.
    """
    for each in category.split("+"):
        if is_stopped(participant, each):
            usual = preferences.usual_mail(each)
            _choose(participant, each, usual if usual != Frequency.NEVER else Frequency.AT_ONCE)


def _choose(participant: Participant, category: str, frequency: str) -> None:
    preferences.choose(
        to=participant,
        municipality=participant.municipality,
        category=category,
        channel=Channel.EMAIL,
        frequency=frequency,
    )
