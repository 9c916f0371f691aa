"""What the core keeps of a resident who keeps promises: which ones, and what they told of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trajecten.domain.my_data.telling import moment
from trajecten.domain.photos import attachments
from trajecten.domain.promises import handing_over, people
from trajecten.enums import ErasedWords
from trajecten.models import Commitment, CommitmentUpdate, Participant
from trajecten.registry import Fact, Kept, PersonalData


def kept(participant: Participant) -> Iterator[Kept]:
    """The promises of which they are the owner."""
    for commitment in Commitment.objects.filter(owner_participant=participant).order_by("pk"):
        yield Kept(
            commitment.text,
            (
                Fact("status", _("Status"), commitment.get_status_display()),
                Fact("deadline", _("By when"), commitment.deadline.isoformat()),
                Fact("named", _("Your name is shown"), commitment.owner_is_named),
            ),
        )


def told(participant: Participant) -> Iterator[Kept]:
    """What they told of promises, with their photos."""
    for turn in _told_by(participant):
        facts = (Fact("words", _("In words"), turn.words), Fact("at", _("When"), moment(turn.at)))
        yield Kept(turn.commitment.text, facts, tuple(attachments.of(turn)))


def _told_by(participant: Participant) -> list[CommitmentUpdate]:
    turns = CommitmentUpdate.objects.filter(by_participant=participant, told_by_resident=True)
    return list(turns.select_related("commitment").order_by("pk"))


def erase_keeping(participant: Participant, words: str) -> None:
    """What is open goes to who coordinates it, for a promise always has an owner; the name is shown nowhere."""
    mine = Commitment.objects.filter(owner_participant=participant)
    mine.update(owner_is_named=False)
    for commitment in mine.open().select_related("trajectory__coordinator").order_by("pk"):
        for coordinator in people.coordinators(commitment)[:1]:
            handing_over.hand_over(commitment=commitment, to=coordinator, by=None)


def erase_told(participant: Participant, words: str) -> None:
    """Photos always go; words as was chosen. That a promise moved stays in its history."""
    for turn in _told_by(participant):
        attachments.remove(attachments.of(turn))
        is_read = turn.pk <= turn.commitment.read_until
        if words == ErasedWords.NONE or (words == ErasedWords.PUBLIC and not is_read):
            CommitmentUpdate.objects.filter(pk=turn.pk).update(words="", evidence="")


PARTS = (
    PersonalData("kept_promises", gettext_lazy("What you promised"), ("commitments",), kept, erase_keeping),
    PersonalData("told_promises", gettext_lazy("What you told of promises"), (), told, erase_told),
)
