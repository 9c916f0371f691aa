"""Choosing themes: as many as somebody finds important, one set of them a person, to be changed while it is open.

With an account or an own link of the trajectory a vote counts at once; with a mail address once that confirms it; an
official types over what stands on paper, a sheet a person.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain import guests
from budget.domain.choosing import cards, opening, telling
from budget.domain.choosing.refusals import ChoosingRefused
from budget.models import Theme, ThemeBallot, ThemeVote
from trajecten.domain import activities, participants
from trajecten.domain.my_data import erasing
from trajecten.enums import ParticipantKind
from trajecten.models import Area, Participant, Trajectory, User
from trajecten.models.tokens import new_token


@dataclass(frozen=True)
class Choice:
    """What somebody finds important, where they live if they told, and as whom they choose."""

    themes: tuple[Theme, ...]
    area: Area | None = None
    kind: str = ParticipantKind.RESIDENT


@transaction.atomic
def vote(*, trajectory: Trajectory, by: Participant, choice: Choice) -> ThemeBallot:
    """Vote, or change one's vote. Area and kind are kept with the participant.

    Refused (``ChoosingRefused``): when the step is not open, without a theme, and a theme that can't be chosen.
    """
    participants.lock(by.pk)
    locked = _open(trajectory, choice)
    ballot = of_person(trajectory=locked, participant=by) or _new(locked, by)
    ballot.confirmed_at = ballot.confirmed_at or timezone.now()
    _keep(ballot, choice)
    _keep_profile(by, choice)
    return ballot


@transaction.atomic
def ask_to_vote(*, trajectory: Trajectory, email: str, language: str, choice: Choice) -> ThemeBallot:
    """Note what this address would vote, and mail it the link by which it says so itself.

    Nobody votes by another's typing: until it is confirmed it counts nowhere, and who voted already is not changed by
    this; they get the link to their own page again. Another choice before that, or the same of another area or kind,
    gets a link of its own, so that nobody confirms what was not there when they read it. Refused as ``vote``.
    """
    locked = _open(trajectory, choice)
    guest = guests.asked(municipality=trajectory.municipality, email=email, language=language)
    ballot = of_person(trajectory=locked, participant=guest)
    if ballot is None or not ballot.is_confirmed:
        if ballot and not _is_same(ballot, choice):
            ballot.token = new_token()
        ballot = ballot or _new(locked, guest)
        _keep(ballot, choice)
    ballot.trajectory = locked
    telling.ask(ballot, to=guest)
    return ballot


@transaction.atomic
def confirm(*, ballot: ThemeBallot) -> ThemeBallot:
    """Say by the link in the mail that this is one's vote. Twice is harmless. Refused when it is not open any more.

    Raises ``ThemeBallot.DoesNotExist`` for one that was taken back meanwhile.
    """
    participants.lock(ballot.participant_id)
    opening.themes(ballot.trajectory)
    newest = _newest(ballot)
    if newest.is_confirmed:
        return newest
    newest.confirmed_at = timezone.now()
    newest.save(update_fields=["confirmed_at"])
    if newest.participant:
        _keep_profile(newest.participant, Choice((), newest.area, newest.kind))
    return newest


@transaction.atomic
def change(*, ballot: ThemeBallot, choice: Choice) -> ThemeBallot:
    """Change one's vote by the own page. Who has not confirmed it yet does with this. Refused as ``vote``.

    Raises ``ThemeBallot.DoesNotExist`` for one that was taken back meanwhile.
    """
    participants.lock(ballot.participant_id)
    _open(ballot.trajectory, choice)
    newest = _newest(ballot)
    newest.confirmed_at = newest.confirmed_at or timezone.now()
    _keep(newest, choice)
    if newest.participant:
        _keep_profile(newest.participant, choice)
    return newest


@transaction.atomic
def withdraw(*, ballot: ThemeBallot) -> None:
    """Take one's vote back while it is open; who never confirmed it can always be forgotten, with the mail address when
    nothing else is known of it. Twice is harmless.

    Refused (``ChoosingRefused``) for a vote that counts, once the step is closed.
    """
    participants.lock(ballot.participant_id)
    opening.lock(ballot.trajectory)
    newest = ThemeBallot.objects.select_for_update(of=("self",)).filter(pk=ballot.pk).first()
    if newest is None:
        return
    if newest.is_confirmed:
        opening.themes(ballot.trajectory)
    newest.delete()
    if not newest.is_confirmed:
        erasing.forget_idle_guests(Participant.objects.filter(pk=newest.participant_id))


@transaction.atomic
def enter_paper(*, trajectory: Trajectory, key: uuid.UUID, choice: Choice, by: User) -> ThemeBallot:
    """Keep what stands on a sheet of paper. The same sheet (``key``) again changes nothing. Refused as ``vote``."""
    locked = _open(trajectory, choice)
    known: ThemeBallot | None = ThemeBallot.objects.filter(trajectory=locked, key=key).first()
    if known:
        return known
    ballot = _new(locked, None)
    ballot.key, ballot.confirmed_at = key, timezone.now()
    _keep(ballot, choice)
    activities.record(verb="theme_ballot_entered", target=locked, by=by)
    return ballot


def counted(ballot: ThemeBallot) -> list[Theme]:
    """The themes of this vote that were not hidden since, in the order of their cards; none while it does not count."""
    if not ballot.is_confirmed:
        return []
    return list(cards.shown(ballot.trajectory).filter(votes__ballot=ballot))


def of_person(*, trajectory: Trajectory, participant: Participant) -> ThemeBallot | None:
    """What this participant chose in this trajectory, if anything."""
    found: ThemeBallot | None = ThemeBallot.objects.filter(
        trajectory=trajectory, participant=participant
    ).first()
    return found


def _open(trajectory: Trajectory, choice: Choice) -> Trajectory:
    locked = opening.themes(trajectory)
    if not choice.themes:
        raise ChoosingRefused(_("Choose at least one theme."), field="themes")
    if any(theme.trajectory_id != locked.pk or not theme.is_public for theme in choice.themes):
        raise ChoosingRefused(_("One of these themes can't be chosen any more. Look again."), field="themes")
    return locked


def _new(trajectory: Trajectory, by: Participant | None) -> ThemeBallot:
    return ThemeBallot(municipality_id=trajectory.municipality_id, trajectory=trajectory, participant=by)


def _newest(ballot: ThemeBallot) -> ThemeBallot:
    """The newest row, locked. Raises ``ThemeBallot.DoesNotExist`` for a vote that was taken back meanwhile."""
    rows = ThemeBallot.objects.select_for_update(of=("self",)).select_related("participant")
    newest: ThemeBallot = rows.get(pk=ballot.pk)
    return newest


def _keep(ballot: ThemeBallot, choice: Choice) -> None:
    ballot.area, ballot.kind = choice.area, choice.kind
    ballot.save()
    _set_votes(ballot, choice.themes)


def _wants(ballot: ThemeBallot) -> set[int]:
    return set(ballot.votes.values_list("theme", flat=True))


def _is_same(ballot: ThemeBallot, choice: Choice) -> bool:
    themes = {theme.pk for theme in choice.themes}
    area = choice.area.pk if choice.area else None
    return (_wants(ballot), ballot.area_id, ballot.kind) == (themes, area, choice.kind)


def _set_votes(ballot: ThemeBallot, themes: Iterable[Theme]) -> None:
    wanted = {theme.pk for theme in themes}
    ballot.votes.exclude(theme__in=wanted).delete()
    known = _wants(ballot)
    ThemeVote.objects.bulk_create(
        ThemeVote(municipality_id=ballot.municipality_id, ballot=ballot, theme_id=pk)
        for pk in sorted(wanted - known)
    )


def _keep_profile(participant: Participant, choice: Choice) -> None:
    participant.kind = choice.kind
    participant.home_area = choice.area or participant.home_area
    participant.save(update_fields=["kind", "home_area"])
