"""Asking who goes along to what a contribution becomes. Nobody is taken along who did not say yes."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, links
from trajecten.domain.links import NoSuchLink
from trajecten.domain.successions import telling
from trajecten.domain.successions.refusals import SuccessionRefused
from trajecten.enums import Along, SuccessionState
from trajecten.models import Companion, Municipality, Participant, Succession

SIGNER = signing.Signer(salt="trajecten.successions", sep=".")


@transaction.atomic
def ask(*, succession: Succession, participant: Participant, leads: bool = False) -> Companion:
    """Ask somebody whether they go along, once, as long as it waits to be picked up."""
    made, is_new = Companion.objects.get_or_create(
        succession=succession,
        participant=participant,
        defaults={"municipality_id": succession.municipality_id, "leads": leads},
    )
    if is_new and participant.can_be_told and succession.is_prepared:
        telling.asked(made)
    return made


@transaction.atomic
def answer(*, companion: Companion, goes: bool) -> Companion:
    """Say whether one goes along; one may say otherwise until it is picked up. The same again changes nothing.

    Refused (``SuccessionRefused``): when it was picked up or taken back.
    """
    succession = Succession.objects.select_for_update(of=("self",)).get(pk=companion.succession_id)
    if succession.state == SuccessionState.BEGUN:
        raise SuccessionRefused(_("This has been picked up already."))
    if not succession.is_prepared:
        raise SuccessionRefused(_("The municipality took this back. You need not answer any more."))
    wanted = Along.YES if goes else Along.NO
    if companion.answer == wanted:
        return companion
    companion.answer, companion.answered_at = wanted, timezone.now()
    companion.save(update_fields=["answer", "answered_at"])
    activities.record(
        verb="companion_answered",
        target=succession,
        by=companion.participant,
        details={"answer": str(wanted)},
    )
    return companion


def url(companion: Companion, municipality: Municipality) -> str:
    """The whole address of the page on which this person answers, for a mail."""
    parts = {"gemeente": municipality.slug, "token": token(companion)}
    return f"{settings.BASE_URL}{reverse('succession-along', kwargs=parts)}"


def token(companion: Companion) -> str:
    """What opens the page on which this person answers."""
    return SIGNER.sign_object([companion.succession_id, companion.participant_id])


def read(*, token: str, municipality: Municipality) -> Companion:
    """Whose link this is. Raises ``NoSuchLink``, also for another municipality's."""
    number, person = links.read(SIGNER, token)
    participant = links.holder(person, among=Participant.objects.filter(municipality=municipality))
    rows = Companion.objects.filter(succession=number, participant=participant, municipality=municipality)
    found: Companion | None = rows.select_related("succession__trajectory", "participant").first()
    if found is None:
        raise NoSuchLink
    return found


def waiting_for(participant: Participant) -> QuerySet[Companion]:
    """What this participant was asked and did not answer yet, the oldest first."""
    found: QuerySet[Companion] = Companion.objects.filter(
        participant=participant, answer=Along.ASKED, succession__state=SuccessionState.PREPARED
    )
    return found.select_related("succession").order_by("pk")
