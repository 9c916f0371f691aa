"""What people found of a programme: on content or process, each with where it is to be read."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.domain.analysing.refusals import AnalysisRefused
from budget.domain.choosing import opening
from budget.enums import CONTENT, Aspect
from budget.method import ANALYSE
from budget.models import Programme, ProgrammeChoice, ProgrammeNote
from trajecten.domain import activities
from trajecten.domain.moderation import deciding
from trajecten.enums import Moderation, ParticipantKind
from trajecten.models import Area, Participant, Trajectory, User


@dataclass(frozen=True)
class Finding:
    """What was found, about what, where it is to be read, and for which area if for one."""

    aspect: str
    text: str
    source: str
    area: Area | None = None


@dataclass(frozen=True)
class OfAspect:
    """The notes that everybody may read about one aspect."""

    aspect: Aspect
    notes: tuple[ProgrammeNote, ...]

    @property
    def is_content(self) -> bool:
        return self.aspect in CONTENT


@dataclass(frozen=True)
class OfArea:
    """What was found for one area, whatever the aspect."""

    area: Area
    notes: tuple[ProgrammeNote, ...]


@transaction.atomic
def write(
    *,
    trajectory: Trajectory,
    programme: Programme,
    by: Participant | User,
    finding: Finding,
    kind: str = ParticipantKind.RESIDENT,
) -> ProgrammeNote:
    """Note it. That of a resident or professional waits for an official where the trajectory says so.

    The same again by the same person, as after a double press, is the note that was written. Refused
    (``AnalysisRefused``): without words or source, of a programme that was not chosen, and when the step is not open.
    """
    locked = opening.lock(trajectory)
    _check(locked, programme, finding)
    is_official = isinstance(by, User)
    same = {
        "trajectory": locked,
        "programme": programme,
        "author": None if isinstance(by, User) else by,
        "by": by if isinstance(by, User) else None,
        "aspect": finding.aspect,
        "text": finding.text.strip(),
        "source": finding.source.strip(),
        "area": finding.area,
    }
    known: ProgrammeNote | None = ProgrammeNote.objects.filter(**same).first()
    if known:
        return known
    note = ProgrammeNote.objects.create(
        municipality_id=locked.municipality_id,
        kind=ParticipantKind.OFFICIAL if is_official else kind,
        moderation=Moderation.PUBLISHED if is_official else deciding.of_new(locked),
        **same,
    )
    activities.record(verb="programme_note_written", target=note, by=by)
    return note


def _check(trajectory: Trajectory, programme: Programme, finding: Finding) -> None:
    if not trajectory.allows(ANALYSE):
        raise AnalysisRefused(_("The analysis is not open now."))
    if not finding.text.strip():
        raise AnalysisRefused(_("Write down what you found."), field="text")
    if not finding.source.strip():
        raise AnalysisRefused(_("Say where this is to be read, or who told it."), field="source")
    if not ProgrammeChoice.objects.filter(
        trajectory=trajectory, programme=programme, is_chosen=True
    ).exists():
        raise AnalysisRefused(_("This programme was not chosen, so we don't look at it further."))


def public(trajectory: Trajectory, programme: Programme) -> list[ProgrammeNote]:
    """The notes on a programme that everybody may read, the oldest first."""
    rows: QuerySet[ProgrammeNote] = ProgrammeNote.objects.filter(
        trajectory=trajectory, programme=programme, moderation=Moderation.PUBLISHED
    )
    return list(rows.select_related("area").defer("area__geometry").order_by("pk"))


def by_aspect(notes: list[ProgrammeNote]) -> list[OfAspect]:
    """Every aspect, with its notes on the whole municipality; those on one area stand with the area."""
    whole = [note for note in notes if note.area_id is None]
    return [OfAspect(aspect, tuple(note for note in whole if note.aspect == aspect)) for aspect in Aspect]


def by_area(notes: list[ProgrammeNote]) -> list[OfArea]:
    """The areas for which something was found, by name."""
    areas = {note.area.pk: note.area for note in notes if note.area}
    ordered = sorted(areas.values(), key=lambda area: area.name)
    return [OfArea(area, tuple(note for note in notes if note.area_id == area.pk)) for area in ordered]
