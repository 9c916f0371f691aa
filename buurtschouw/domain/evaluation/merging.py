"""What becomes of two replies to one evaluation when a guest becomes an account that answered it too."""

from buurtschouw.models import EvaluationReply
from trajecten.models import Participant


def unite_replies(*, key: int, into: Participant) -> None:
    """One person, one reply: the account's stays, the guest's (``key``) goes."""
    EvaluationReply.objects.filter(pk=key).delete()
