"""Who takes part with a mail address only, and confirms by the link in a mail that it was they who did something."""

from trajecten.domain import participants
from trajecten.models import Municipality, Participant


def asked(*, municipality: Municipality, email: str, language: str) -> Participant:
    """Whose address this is, as it stands now, and that it may be written to: the mail asks whether it was they.

    Whoever typed the address is perhaps somebody else. So nothing of theirs may change, be shown or count before the
    link was used, and who withdrew that they may be written to is not taken to have said otherwise by this.
    """
    guest = participants.guest(municipality=municipality, email=email, language=language)
    participants.allow_contact(participant=guest)
    guest.refresh_from_db()
    return guest
