"""The residents of Polderwijk who join in: as many as are asked for, always the same, with a home and a kind."""

from random import Random

from trajecten.demo import people
from trajecten.domain import participants
from trajecten.enums import AreaKind, ParticipantKind
from trajecten.models import Area, Municipality, Participant

# Of every twenty people: what they are.
KINDS = (
    *[ParticipantKind.RESIDENT] * 14,
    *[ParticipantKind.PROFESSIONAL] * 3,
    *[ParticipantKind.ENTREPRENEUR] * 2,
    ParticipantKind.ORGANISATION,
)
# From Westerkoog hardly anybody joins in, as in the rest of the demo, and from the few farms around nobody.
SELDOM = {"WK990103": 0.3, "WK990104": 0}


class Crowd:
    """Somebody made up for each number from 1 on. Who is asked for twice is the same person."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        rows = Area.objects.filter(kind=AreaKind.BUURT, inhabitants__gt=0)
        self._homes = list(
            rows.select_related("parent").defer("geometry", "parent__geometry").order_by("code")
        )
        self._weights = [_weight(home) for home in self._homes]
        self._known: dict[int, Participant] = {}

    def person(self, number: int) -> Participant:
        """A guest with a mail address, who may be written to."""
        if number not in self._known:
            self._known[number] = self._welcome(number)
        return self._known[number]

    def people(self, first: int, count: int) -> list[Participant]:
        return [self.person(number) for number in range(first, first + count)]

    def _welcome(self, number: int) -> Participant:
        rng = Random(f"bewoner {number}")  # noqa: S311
        email = f"bewoner{number:03}@{people.DOMAIN}"
        guest = participants.guest(municipality=self.municipality, email=email, language="nl")
        participants.allow_contact(participant=guest)
        guest.refresh_from_db()
        guest.home_area = rng.choices(self._homes, self._weights)[0]
        guest.kind = rng.choice(KINDS)
        guest.save(update_fields=["home_area", "kind"])
        return guest


def _weight(home: Area) -> float:
    """By who lives there."""
    wijk = home.parent.code if home.parent else ""
    return (home.inhabitants or 0) * SELDOM.get(wijk, 1)
