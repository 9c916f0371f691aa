"""What who makes an alternative hears by mail."""

from budget.models import Alternative
from trajecten.domain.telling import notify
from trajecten.models import Participant

ASKED = "budget.alternative_asked"
FINISHED = "budget.alternative_finished"
UNFINISHED = "budget.alternative_unfinished"


def ask(alternative: Alternative, *, to: Participant) -> None:
    """Mail the link that makes a draft theirs."""
    _owe(ASKED, alternative, to, f"{ASKED}:{alternative.pk}:{to.pk}")


def finished(alternative: Alternative) -> None:
    """Say that it counts, with the link to it; once for each time that it was finished after a change."""
    if alternative.author and alternative.author.can_be_told:
        _owe(FINISHED, alternative, alternative.author, f"{FINISHED}:{alternative.pk}:{alternative.revision}")


def unfinished(alternative: Alternative) -> None:
    """Say that the round closes soon and that it does not count yet; once for each last day."""
    if alternative.author and alternative.author.can_be_told:
        key = f"{UNFINISHED}:{alternative.pk}:{alternative.round.closes_on}"
        _owe(UNFINISHED, alternative, alternative.author, key)


def _owe(key: str, about: Alternative, to: Participant, delivery_key: str) -> None:
    municipality = about.municipality
    notify.owe(key=key, to=to, municipality=municipality, about=about, delivery_key=delivery_key)
