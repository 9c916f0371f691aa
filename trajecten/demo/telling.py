"""What people of Polderwijk follow and want to hear of, and the town's own words in a mail."""

from django_scopes import scope

from trajecten import registry
from trajecten.demo import people
from trajecten.domain import participants
from trajecten.domain.telling import following, preferences, texts
from trajecten.enums import Channel, Frequency
from trajecten.models import Area, Follow, MessageText, Municipality, Participant

RECEIVED = "buurtschouw.report_received"
OPENING = """Dag,

Fijn dat u meedenkt over uw straat. Wij hebben uw melding **{melding}** ontvangen."""


def load() -> None:
    """Add what is not there yet; who chose otherwise since then keeps that."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality):
        if not MessageText.objects.filter(key=RECEIVED).exists():
            _own_words(municipality)
        if not Follow.objects.exists():
            _follow(municipality)


def _own_words(municipality: Municipality) -> None:
    texts.keep(
        municipality=municipality,
        message=registry.message(RECEIVED),
        language="nl",
        subject="{melding}: dank u wel (melding {nummer})",
        opening=OPENING,
        by=people.account("coordinator.polderwijk"),
    )


def _follow(municipality: Municipality) -> None:
    """Saida follows her own neighbourhood, Ruben the whole town, and he reads it together on Monday."""
    saida, ruben = (_participant(address, municipality) for address in ("bewoner", "bewoner2"))
    following.follow(participant=saida, target=saida.home_area or Area.objects.order_by("code")[0])
    following.follow(participant=ruben, target=municipality)
    preferences.choose(
        to=ruben,
        municipality=municipality,
        category="followed",
        channel=Channel.EMAIL,
        frequency=Frequency.WEEKLY,
    )


def _participant(address: str, municipality: Municipality) -> Participant:
    return participants.of_user(municipality=municipality, user=people.account(address))
