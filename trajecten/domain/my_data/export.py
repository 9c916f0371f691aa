"""Handing over everything that is kept of somebody: one ZIP with JSON, a page to read, and the photos.

It is made while it is sent and kept nowhere (docs/adr/0021): no file with all of somebody's data that has to be
guarded and removed, and no link to it in a mailbox. At any moment one photo is in memory.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from trajecten import registry
from trajecten.domain.my_data import relations
from trajecten.models import Attachment, Participant
from trajecten.registry import Kept

FORMAT, VERSION = "participation-portal/my-data", 1


@dataclass(frozen=True)
class Part:
    """What one part keeps of somebody."""

    key: str
    name: str
    kept: tuple[Kept, ...]


def parts(participant: Participant) -> list[Part]:
    """Everything, of every app, the empty parts left out."""
    known = [
        Part(part.key, str(part.name), tuple(part.export(participant))) for part in registry.personal_data()
    ]
    others = [_plain(relation, participant) for relation in relations.untold()]
    return [part for part in (*known, *others) if part.kept]


def _plain(relation: Any, participant: Participant) -> Part:
    meta = relation.related_model._meta
    kept = tuple(relations.plain(relation, participant))
    return Part(meta.label_lower, capfirst(str(meta.verbose_name_plural)), kept)


def archive(participant: Participant) -> Iterator[bytes]:
    """The ZIP, piece by piece. All rows are read before the first piece; a photo only when its turn comes."""
    found = parts(participant)
    data = json.dumps(_as_json(participant, found), ensure_ascii=False, indent=2)
    page = render_to_string(
        "trajecten/my_data/export.html",
        {"parts": _with_paths(found), "municipality": participant.municipality, "made_at": timezone.now()},
    )
    photos = [(photo_path(photo), photo) for part in found for kept in part.kept for photo in kept.photos]
    return _pieces([("data.json", data), ("index.html", page)], photos)


def photo_path(photo: Attachment) -> str:
    """Where a photo lies in the ZIP."""
    return f"photos/{photo.uuid}.jpg"


def _as_json(participant: Participant, found: list[Part]) -> dict[str, Any]:
    """The stable form that docs/my-data.md describes."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "municipality": {"code": participant.municipality.code, "name": participant.municipality.name},
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "parts": {
            part.key: [
                {
                    "title": kept.title,
                    **{fact.key: fact.value for fact in kept.facts},
                    "photos": [photo_path(photo) for photo in kept.photos],
                }
                for kept in part.kept
            ]
            for part in found
        },
    }


def _with_paths(found: list[Part]) -> list[dict[str, Any]]:
    return [
        {
            "name": part.name,
            "kept": [
                {
                    "title": kept.title,
                    "facts": [fact for fact in kept.facts if fact.value not in ("", None)],
                    "photos": [photo_path(photo) for photo in kept.photos],
                }
                for kept in part.kept
            ],
        }
        for part in found
    ]


class _Sink(io.RawIOBase):
    """What a ZIP is written to, and taken from as it grows. It can't be read back, so nothing has to be kept."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken


def _pieces(texts: list[tuple[str, str]], photos: list[tuple[str, Attachment]]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in texts:
            package.writestr(name, text)
            yield sink.take()
        for name, photo in photos:
            try:
                with photo.image.open("rb") as file:
                    package.writestr(name, file.read(), zipfile.ZIP_STORED)
            except FileNotFoundError:  # removed since the rows were read
                continue
            yield sink.take()
    yield sink.take()
