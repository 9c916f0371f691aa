"""Files of staff: what is taken, judged by content. A picture is written anew, as residents' photos are.

The name and the type that the browser sent decide nothing. A file is kept under a name that tells nothing, and only
ever given out to be saved, never shown by the browser within the portal (``trajecten.views.meetings.material``).
"""

import io
import math
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajecten.domain.photos import cleaning

MAX_BYTES = 15 * 1024 * 1024
MAX_PARTS = 10_000  # files within one document; a large presentation has some hundreds
MAX_TYPE_BYTES = 100
HEAD_BYTES = 1024

TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
}
# The part that each of these always has.
OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}

MESSAGES: dict[str, str | Promise] = {
    "empty": _("This file is empty. Choose it again."),
    "too_large": _("This file is %(size)s MB. A file may be at most %(limit)s MB."),
    "wrong_type": _(
        "This is not a file that can be added. You can add PDF, DOCX, ODT, XLSX, PPTX, PNG and JPG."
    ),
    "macros": _("There are macros in this file. Save it without macros, or as PDF, and add it again."),
    "damaged": _("This file is damaged, or locked with a password. Save it again, or as PDF."),
}


class DocumentRefused(Exception):
    """The file is not taken; ``code`` is a key of ``MESSAGES``, ``message`` says what to do."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.message = str(MESSAGES[code]) % params if params else str(MESSAGES[code])


@dataclass(frozen=True)
class CheckedFile:
    """What is kept of a file, and its kind: a key of ``TYPES``."""

    content: bytes
    kind: str


def check(upload: BinaryIO, *, name: str) -> CheckedFile:
    """What is kept of this upload. Raises ``DocumentRefused``; ``name`` is shown with what is wrong, no more."""
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise DocumentRefused("empty")
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise DocumentRefused("too_large", size=math.ceil(_size(upload) / (1024 * 1024)), limit=limit)
    if content.startswith(b"%PDF-"):
        return CheckedFile(content, "pdf")
    if content.startswith(b"PK\x03\x04"):
        return CheckedFile(content, _office_kind(content))
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return CheckedFile(_picture(content, name), "jpg")
    raise DocumentRefused("wrong_type")


def _size(upload: BinaryIO) -> int:
    upload.seek(0, io.SEEK_END)
    return upload.tell()


def _office_kind(content: bytes) -> str:
    """Which office document this is, by the parts it has; nothing is unpacked but the name of its type."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {part.filename for part in archive.infolist()}
            if len(names) > MAX_PARTS:
                raise DocumentRefused("damaged")
            if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names):
                raise DocumentRefused("macros")
            if "mimetype" in names:
                return _open_document_kind(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise DocumentRefused("damaged") from error
    if "[Content_Types].xml" in names:
        for part, kind in OFFICE_PARTS.items():
            if part in names:
                return kind
    raise DocumentRefused("wrong_type")


def _open_document_kind(archive: zipfile.ZipFile) -> str:
    if any(name.startswith("Basic/") for name in archive.namelist()):
        raise DocumentRefused("macros")
    with archive.open("mimetype") as part:
        if part.read(MAX_TYPE_BYTES).decode("ascii", "replace").strip() == TYPES["odt"]:
            return "odt"
    raise DocumentRefused("wrong_type")


def _picture(content: bytes, name: str) -> bytes:
    try:
        return cleaning.sanitise(io.BytesIO(content), name=name, size=len(content)).image
    except cleaning.PhotoRefused as refused:
        raise DocumentRefused("damaged") from refused
