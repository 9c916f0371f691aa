"""The line to a destination, with who speaks its language."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from buurtschouw.domain.forwarding import keys, open311, signalen
from buurtschouw.domain.forwarding.answers import Declined
from buurtschouw.domain.forwarding.calling import Line
from buurtschouw.domain.forwarding.open311 import Open311
from buurtschouw.domain.forwarding.signalen import Signalen
from buurtschouw.enums import System
from buurtschouw.models import Destination

_SPEAKING = {System.SIGNALEN.value: signalen, System.OPEN311.value: open311}


@contextmanager
def to(destination: Destination) -> Iterator[Signalen | Open311]:
    """The line, as long as the block lasts. Raises ``Declined`` when the key can't be opened any more."""
    key = keys.opened(destination.sealed_key)
    if key is None:
        raise Declined(_("The key can't be read any more. A coordinator has to fill it in again."))
    if destination.system == System.SIGNALEN:
        with Line(signalen.root(destination.url)) as line:
            yield Signalen(line)
    else:
        with Line(destination.url) as line:
            yield Open311(line, uses_xml=destination.uses_xml, jurisdiction=destination.jurisdiction, key=key)


def takes_photos(destination: Destination) -> bool:
    """Whether photos are sent to it one by one; else their addresses go along."""
    return _SPEAKING[destination.system].TAKES_PHOTOS


def needs_point(destination: Destination) -> bool:
    """Whether a report without a pin can't go there."""
    return _SPEAKING[destination.system].NEEDS_POINT


def can_be_looked_up(destination: Destination) -> bool:
    """Whether one can ask it if a report has arrived of which nothing was heard."""
    return _SPEAKING[destination.system].CAN_BE_LOOKED_UP
