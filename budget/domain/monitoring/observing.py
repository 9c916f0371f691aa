"""What residents see of adopted money: one answer a person and line, with an account at once, with a mail address from
the moment that it is confirmed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain import guests
from budget.domain.monitoring import following
from budget.domain.monitoring.refusals import MonitorRefused
from budget.enums import Seen
from budget.method import MONITOR
from budget.models import AmendmentLine, Observation
from trajecten.domain import activities, participants
from trajecten.domain.moderation import deciding
from trajecten.domain.telling import notify
from trajecten.enums import Moderation
from trajecten.models import Area, Participant
from trajecten.models.tokens import new_token

ASKED = "budget.observation_asked"


@dataclass(frozen=True)
class Sight:
    """What somebody sees of it, in words if they like, and where."""

    sees: Seen
    text: str = ""
    area: Area | None = None


@transaction.atomic
def observe(*, line: AmendmentLine, by: Participant, sight: Sight) -> Observation:
    """Say with an account whether one sees anything of it; a second time changes what was said.

    Refused (``MonitorRefused``): of what is not followed, or when the step of the trajectory does not ask it.
    """
    participants.lock(by.pk)
    line = _lock(line)
    known = line.observations.filter(author=by).first()
    observation = known or Observation(line=line, author=by, **_belongs_to(line))
    _say(observation, sight)
    _count(observation)
    return observation


@transaction.atomic
def ask_to_observe(*, line: AmendmentLine, email: str, language: str, sight: Sight) -> Observation:
    """Note what this address wants to say, and mail it the link by which it says so itself.

    Until then it counts nowhere, and what was confirmed before is not changed by another's typing: they get the link
    to their own page again. Other words or another area before that get a link of their own, so that nobody confirms
    what was not there when they read it. Refused as ``observe``.
    """
    line = _lock(line)
    guest = guests.asked(municipality=line.municipality, email=email, language=language)
    observation = line.observations.filter(author=guest).first()
    if observation is None or observation.confirmed_at is None:
        if observation and not _is_same(observation, sight):
            observation.token = new_token()
        observation = observation or Observation(line=line, author=guest, **_belongs_to(line))
        _say(observation, sight)
    _mail_link(observation, guest)
    return observation


@transaction.atomic
def confirm(*, observation: Observation) -> Observation:
    """Say by the link in the mail that one said it. Twice is harmless. Refused as ``observe``.

    Raises ``Observation.DoesNotExist`` for what was taken back meanwhile.
    """
    participants.lock(observation.author_id)
    observation = _newest(observation)
    _count(observation)
    return observation


@transaction.atomic
def change(*, observation: Observation, sight: Sight) -> Observation:
    """Say something else on one's own page. Refused as ``observe``; raises as ``confirm``."""
    participants.lock(observation.author_id)
    observation = _newest(observation)
    _say(observation, sight)
    return observation


@transaction.atomic
def take_back(*, observation: Observation) -> None:
    """Remove it: nothing of it stays but the line in the log. Twice is harmless."""
    participants.lock(observation.author_id)
    AmendmentLine.objects.select_for_update(of=("self",)).get(pk=observation.line_id)
    found = Observation.objects.filter(pk=observation.pk).select_related("author").first()
    if found is None:
        return
    if found.confirmed_at:
        activities.record(verb="observation_taken_back", target=found.trajectory, by=found.author)
    found.delete()


def _newest(observation: Observation) -> Observation:
    _lock(observation.line)
    newest: Observation = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    return newest


def _lock(line: AmendmentLine) -> AmendmentLine:
    AmendmentLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    found = following.lines().select_related("municipality").defer("municipality__boundary").get(pk=line.pk)
    if not found.council_line.adopted_amount:
        raise MonitorRefused(_("The council did not adopt this, so there is nothing to see of it."))
    if not is_asked(found):
        raise MonitorRefused(_("This trajectory does not ask this now."))
    return found


def is_asked(line: AmendmentLine) -> bool:
    """Whether the trajectory is in the step in which the money is followed."""
    return bool(line.outcome_line.line.round.trajectory.allows(MONITOR))


def _belongs_to(line: AmendmentLine) -> dict[str, object]:
    trajectory = line.outcome_line.line.round.trajectory
    return {"municipality_id": line.municipality_id, "trajectory": trajectory}


def _say(observation: Observation, sight: Sight) -> None:
    """New words are read first where the trajectory wants that, and always when earlier ones were hidden
    (``deciding.of_changed``). Nobody reads what is not confirmed."""
    text = sight.text.strip()
    is_new = text != observation.text
    observation.sees, observation.text, observation.area = sight.sees, text, sight.area
    if observation.confirmed_at is None:
        observation.moderation = Moderation.HIDDEN
    elif is_new and text:
        observation.moderation = deciding.of_changed(observation)
    elif not text and observation.moderation == Moderation.PENDING:
        observation.moderation = Moderation.PUBLISHED
    observation.save()


def _is_same(observation: Observation, sight: Sight) -> bool:
    said = (observation.sees, observation.text, observation.area)
    return said == (sight.sees, sight.text.strip(), sight.area)


def _count(observation: Observation) -> None:
    if observation.confirmed_at is None:
        observation.confirmed_at, observation.moderation = timezone.now(), _of_new(observation)
        observation.save(update_fields=["confirmed_at", "moderation"])
        activities.record(verb="observed", target=observation.trajectory, by=observation.author)


def _of_new(observation: Observation) -> Moderation:
    """Without words there is nothing to read first."""
    return deciding.of_new(observation.trajectory) if observation.text else Moderation.PUBLISHED


def _mail_link(observation: Observation, to: Participant) -> None:
    """Once a day the link by which somebody confirms, or finds the own page again."""
    notify.owe(
        key=ASKED,
        to=to,
        municipality=observation.line.municipality,
        about=observation,
        delivery_key=f"{ASKED}:{observation.pk}:{observation.token[:8]}:{bool(observation.confirmed_at)}:{timezone.localdate()}",
    )
