"""Secret links in mails: what is in them, and whose they are. Each subject signs its own, with a salt of its own."""

from typing import Any

from django.core import signing
from django.db.models import QuerySet

from trajecten.domain import participants
from trajecten.models import Participant


class NoSuchLink(Exception):
    """The link was not made here, or whom or what it is about is gone."""


def read(signer: signing.Signer, token: str) -> Any:
    """What was signed (``signer.sign_object``). Raises ``NoSuchLink`` for what this signer did not make."""
    try:
        return signer.unsign_object(token)
    except signing.BadSignature as error:
        raise NoSuchLink from error


def holder(number: int, *, among: QuerySet[Participant]) -> Participant:
    """Whose link it is: the participant with this key, or the one that this guest became.

    Raises ``NoSuchLink`` for who is not among these.
    """
    found = among.filter(pk=number).first() or among.filter(pk=participants.merged_into(number) or 0).first()
    if found is None:
        raise NoSuchLink
    return found
