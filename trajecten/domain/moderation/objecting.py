"""The author does not agree that a contribution is hidden: once, to the coordinator, who answers in words.

The link in the mail carries which contribution it is, signed, so that it can't be guessed.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities, links
from trajecten.domain.links import NoSuchLink
from trajecten.domain.moderation.deciding import ModerationRefused, hidden_by, publish
from trajecten.domain.staffing import people
from trajecten.domain.telling import notify
from trajecten.enums import HideReason, ObjectionOutcome
from trajecten.models import Contribution, Municipality, Objection, User

OBJECTED = "trajecten.objection_made"
ANSWERED = "trajecten.objection_answered"
SIGNER = signing.Signer(salt="trajecten.objecting", sep=".")


def token(contribution: Contribution) -> str:
    """What opens the page on which the author objects."""
    return SIGNER.sign_object([contribution._meta.label_lower, contribution.pk])


def url(contribution: Contribution, municipality: Municipality) -> str:
    """The whole address of that page."""
    path = reverse("objection", kwargs={"gemeente": municipality.slug, "token": token(contribution)})
    return f"{settings.BASE_URL}{path}"


def read(*, token: str, municipality: Municipality) -> Contribution:
    """The contribution that a link is about. Raises ``NoSuchLink``, also for another municipality's."""
    label, number = links.read(SIGNER, token)
    try:
        kind = registry.contribution_kind_of(label)
    except (KeyError, ValueError) as error:
        raise NoSuchLink from error
    found = kind.load([number]).get(number)
    if found is None or found.municipality_id != municipality.pk:
        raise NoSuchLink
    return found


@transaction.atomic
def object_to_hiding(*, contribution: Contribution, words: str) -> Objection:
    """Say why it should be public; the coordinators hear it by mail.

    Refused (``ModerationRefused``): when it is not hidden (any more), when the author asked for it, when somebody
    objected to this decision before, and without words.
    """
    decision = hidden_by(contribution)
    if decision is None or decision.reason == HideReason.AUTHOR:
        raise ModerationRefused(_("This text is not hidden by the municipality (any more)."))
    if not words.strip():
        raise ModerationRefused(_("Write why you do not agree."), field="words")
    try:
        with transaction.atomic():
            made = Objection.objects.create(
                municipality_id=contribution.municipality_id, decision=decision, words=words.strip()
            )
    except IntegrityError as error:
        raise ModerationRefused(_("You have said so already. You get one answer to it.")) from error
    activities.record(verb="objected", target=contribution, by=contribution.author)
    for coordinator in _answering(made):
        notify.owe(
            key=OBJECTED,
            to=coordinator,
            municipality=contribution.municipality,
            about=made,
            delivery_key=f"{OBJECTED}:{made.pk}:{coordinator.pk}",
        )
    return made


def _answering(objection: Objection) -> list[User]:
    """Who may answer: the coordinators, without the one who hid it where there is another."""
    coordinators = list(people.coordinators(objection.municipality_id))
    others = [user for user in coordinators if user.pk != objection.decision.by_id]
    return others or coordinators


def judges_own_decision(objection: Objection, by: User) -> bool:
    """Whether this is the one who hid it."""
    return objection.decision.by_id == by.pk


def is_for_another(objection: Objection, by: User) -> bool:
    """Whether a colleague has to answer: it is about the own decision, and there is another coordinator."""
    return judges_own_decision(objection, by) and by not in _answering(objection)


@transaction.atomic
def answer(*, objection: Objection, by: User, is_granted: bool, words: str) -> Objection:
    """Answer the author; when granted the contribution is public again.

    Refused (``ModerationRefused``) without words, when somebody answered before, and on one's own decision where there
    is another coordinator.
    """
    if not words.strip():
        raise ModerationRefused(_("Write your answer: the author reads this."), field="answer")
    objection = (
        Objection.objects.select_for_update(of=("self",)).select_related("decision").get(pk=objection.pk)
    )
    if objection.outcome != ObjectionOutcome.OPEN:
        raise ModerationRefused(_("A colleague has answered this already."))
    if is_for_another(objection, by):
        raise ModerationRefused(_("You hid this yourself. Another coordinator answers the author."))
    contribution: Any = objection.decision.target
    objection.outcome = ObjectionOutcome.GRANTED if is_granted else ObjectionOutcome.REFUSED
    objection.answer, objection.answered_by, objection.answered_at = words.strip(), by, timezone.now()
    objection.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    if is_granted:
        publish(contribution=contribution, by=by, tells_author=False)
    details = {"outcome": objection.outcome}
    activities.record(verb="objection_answered", target=contribution, by=by, details=details)
    if contribution.author and contribution.author.can_be_told:
        notify.owe(
            key=ANSWERED,
            to=contribution.author,
            municipality=contribution.municipality,
            about=objection,
            delivery_key=f"{ANSWERED}:{objection.pk}",
        )
    return objection
