"""Who hears what of a contribution that becomes something elsewhere."""

from trajecten.domain.telling import news, notify
from trajecten.enums import Along, Moderation
from trajecten.models import Activity, Companion, Contribution, Participant, Succession

ASKED = "trajecten.succession_asked"
TAKEN_BACK = "trajecten.succession_taken_back"
BEGUN = "trajecten.succession_begun"
FOLLOWED = "trajecten.followed_succession"


def asked(companion: Companion) -> None:
    """Ask whether somebody goes along, with a link for the answer."""
    notify.owe(
        key=ASKED,
        to=companion.participant,
        municipality=companion.succession.municipality,
        about=companion,
        delivery_key=f"{ASKED}:{companion.pk}",
    )


def companions(succession: Succession, key: str) -> None:
    """Tell who was asked, but for who said no."""
    rows = Companion.objects.filter(succession=succession).exclude(answer=Along.NO)
    people = Participant.objects.filter(pk__in=rows.values("participant"))
    notify.owe_each(
        key=key,
        to=[person for person in people if person.can_be_told],
        municipality=succession.municipality,
        about=succession,
        delivery_key=f"{key}:{succession.pk}",
    )


def followers(succession: Succession, act: Activity) -> None:
    """Tell who follows the contribution, unless others may not know of it."""
    origin = succession.origin
    if isinstance(origin, Contribution) and origin.moderation != Moderation.HIDDEN:
        news.tell(key=FOLLOWED, about=act, targets=[origin], delivery_key=f"{FOLLOWED}:{act.pk}")
