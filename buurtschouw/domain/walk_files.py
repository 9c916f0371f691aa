"""The file with what a walker could not send, read in by an official. All in it is taken in once, whoever sends it.

The form is that of ``static/src/js/walk/exporting.js``: a ZIP with waarnemingen.json (``FORM``) and the photos that it
names. What one observation is refused for holds up no other.
"""

import io
import json
import time
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from buurtschouw.domain import intake, report_photos, scoring, walking
from buurtschouw.domain.scoring import Mark
from buurtschouw.models import Report, Schouw
from trajecten.domain import activities
from trajecten.domain.photos import attachments, cleaning
from trajecten.models import Enrolment, User
from trajecten.refusals import Refused

FORM = "movisie-portal/walk/1"
WORDS = "waarnemingen.json"
MAX_WORDS = 4 * 1024 * 1024  # a thousand observations of the longest text
MAX_OBSERVATIONS = 500
MAX_SCORES = 2000
SECONDS = 15  # a web server gives up a request after 30, and the photos of one observation take a few

Reader = Callable[[dict[str, Any]], dict[str, Any] | str]


class FileRefused(Refused):
    """The file is none of a walker of this walk, or can't be read; the message says what to do."""


@dataclass
class Taken:
    """What came of a file: how much was new, how much was there already, and what was refused, with the reason.

    ``is_cut_short`` when there was no time for all of it; reading the same file again goes on with it.
    """

    walker: Enrolment
    new: int = 0
    known: int = 0
    photos: int = 0
    scores: int = 0
    is_cut_short: bool = False
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class WalkFile:
    """A file that was opened: what its words say, and the photos by the name in it."""

    archive: zipfile.ZipFile
    told: dict[str, Any]

    def photo(self, name: object) -> bytes | None:
        """The photo of this name; None where it is not there, or larger than a photo may be."""
        try:
            info = self.archive.getinfo(str(name))
            return self.archive.read(info) if info.file_size <= cleaning.MAX_BYTES else None
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
            return None

    def rows(self, name: str, most: int) -> list[dict[str, Any]]:
        """The objects of a list in the words. Refused: no list, or more of them than anybody makes on a walk."""
        found = self.told.get(name)
        if not isinstance(found, list) or len(found) > most:
            raise FileRefused(_("This file can't be read. Ask the walker to save it again."))
        return [row for row in found if isinstance(row, dict)]


def opened(upload: BinaryIO) -> WalkFile:
    """Open a file. Refused (``FileRefused``): what is no ZIP of this form, or damaged."""
    damaged = FileRefused(
        _("This is not a file that the app of a walk saved, or it is damaged."), field="file"
    )
    try:
        archive = zipfile.ZipFile(upload)
        info = archive.getinfo(WORDS)
        told = json.loads(archive.read(info)) if info.file_size <= MAX_WORDS else None
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        RecursionError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ):
        raise damaged from None
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise damaged
    return WalkFile(archive, told)


def walker_of(file: WalkFile, schouw: Schouw) -> Enrolment:
    """Whose file it is. Refused: of somebody who does not walk along with this walk."""
    try:
        key = uuid.UUID(str(file.told.get("walker")))
    except ValueError:
        key = uuid.UUID(int=0)
    rows = Enrolment.objects.filter(trajectory_id=schouw.trajectory_id, key=key).select_related("participant")
    found: Enrolment | None = rows.first()
    if found is None:
        raise FileRefused(
            _("This file is of another walk, or of somebody who is no longer known."), field="file"
        )
    return found


def take_in(
    *,
    schouw: Schouw,
    file: WalkFile,
    by: User,
    read: Reader,
    read_score: Callable[[dict[str, Any]], Mark | None],
) -> Taken:
    """Take in all that can be of a file, and say of the rest why not.

    ``read`` makes of one observation in the file what ``walking.observe`` takes, or says what is wrong;
    ``read_score`` makes a mark of a score, None of what is none. Each observation is a transaction of its own; what
    came by the phone meanwhile counts as known. Photos take time: after ``SECONDS`` the rest is left for the next
    reading of the same file. Refused (``FileRefused``) as ``walker_of`` and ``WalkFile.rows`` say.
    """
    taken = Taken(walker_of(file, schouw))
    rows, scores = file.rows("observations", MAX_OBSERVATIONS), file.rows("scores", MAX_SCORES)
    _take_scores(schouw, [read_score(row) for row in scores], taken, by)
    until = time.monotonic() + SECONDS
    for row in rows:
        if time.monotonic() > until:
            taken.is_cut_short = True
            break
        _take_one(schouw, file, row, taken, by, read)
    activities.record(
        verb="walk_file_read", target=schouw, by=by, details={"new": taken.new, "refused": len(taken.refused)}
    )
    return taken


def _take_one(
    schouw: Schouw,
    file: WalkFile,
    row: dict[str, Any],
    taken: Taken,
    by: User,
    read: Reader,
) -> None:
    title = str(row.get("text", ""))[:80]
    given = read(row)
    if isinstance(given, str):
        taken.refused.append((title, given))
        return
    try:
        received = walking.observe(walker=taken.walker, schouw=schouw, handed_in_by=by, **given)
    except intake.IntakeRefused as refused:
        taken.refused.append((title, refused.message))
        return
    except intake.KeyConflict:
        taken.refused.append((title, _("Something else came in under the same number.")))
        return
    if received.is_new:
        taken.new += 1
    else:
        taken.known += 1
    _add_photos(received.report, file, row, title, taken)


def _add_photos(report: Report, file: WalkFile, row: dict[str, Any], title: str, taken: Taken) -> None:
    listed = row.get("photos")
    for photo in listed if isinstance(listed, list) else []:
        try:
            _add_photo(report, file, photo if isinstance(photo, dict) else {})
        except attachments.AttachmentRefused as refused:
            taken.refused.append((title, refused.message))
        else:
            taken.photos += 1


def _add_photo(report: Report, file: WalkFile, photo: dict[str, Any]) -> None:
    content = file.photo(photo.get("file"))
    if content is None:
        raise attachments.AttachmentRefused(_("A photo of it is not in the file."), code="absent")
    try:
        photo_id = uuid.UUID(str(photo.get("id")))
    except ValueError:
        raise attachments.AttachmentRefused(_("A photo of it can't be read."), code="odd") from None
    report_photos.add(
        report=report,
        by=report.author,
        photo_id=photo_id,
        upload=io.BytesIO(content),
        size=len(content),
        may_add=lambda: None,
    )


def _take_scores(schouw: Schouw, marks: list[Mark | None], taken: Taken, by: User) -> None:
    taken.refused += [(_("A score"), _("This score can't be read.")) for mark in marks if mark is None]
    readable = [mark for mark in marks if mark is not None]
    recorded = scoring.record(schouw=schouw, walker=taken.walker.participant, marks=readable, by=by)
    taken.scores = len(recorded.kept)
    taken.refused += [(_("A score"), reason) for _mark, reason in recorded.refused]
