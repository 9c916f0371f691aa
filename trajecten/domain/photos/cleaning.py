"""Photos of residents: what is taken, and a clean picture made of it.

A photo is judged by its content, never by its name or the type the browser gave it. What comes out is
written anew: a JPEG with the pixels and nothing else, so without place, time, phone or hidden bytes.
"""

import hashlib
import json
import math
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajecten.domain.photos.containers import kind_of
from trajecten.domain.photos.limits import (
    HEAD_BYTES,
    MAX_BYTES,
    MAX_PHOTOS,
    MAX_PIXELS,
    MAX_SIDE,
    MAX_SOURCE_SIDE,
    THUMB_SIDE,
    WALL_SECONDS,
)

__all__ = [
    "HEAD_BYTES",
    "MAX_BYTES",
    "MAX_PHOTOS",
    "MAX_PIXELS",
    "MAX_SIDE",
    "THUMB_SIDE",
    "CleanPhoto",
    "PhotoRefused",
    "refusal_before_reading",
    "sanitise",
]

log = structlog.get_logger(__name__)

MESSAGES: dict[str, str | Promise] = {
    "empty": _("This file is empty. Choose the photo again, or take a new one."),
    "too_large": _("This photo is %(size)s MB. A photo may be at most %(limit)s MB."),
    "wrong_type": _(
        "This is not a photo that we can read. Send a JPEG, PNG, WebP or HEIC photo, or a screenshot of it."
    ),
    "damaged": _(
        "This photo is damaged or not complete. Send it again, take a new one, or send a screenshot of it."
    ),
    "too_many_pixels": _(
        "This photo is %(width)s by %(height)s pixels. It may have at most %(limit)s megapixels, and "
        "%(side)s pixels on a side. Choose a lower resolution on your camera, or send a screenshot of it."
    ),
}

_PROJECT = Path(__file__).resolve().parents[3]
_DECODER = (sys.executable, "-E", "-s", "-m", "trajecten.domain.photos.decoder")


class PhotoRefused(Exception):
    """The photo is not taken.

    ``code`` is a key of ``MESSAGES``; ``message`` says what to do, in the reader's language; ``name`` is the
    file's name as it was sent, to show beside the message.
    """

    def __init__(self, code: str, *, name: str = "", **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.name = name
        self.params = params

    @property
    def message(self) -> str:
        return str(MESSAGES[self.code]) % self.params

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class CleanPhoto:
    """Two JPEGs in sRGB, upright, without metadata; sides in pixels; ``sha256`` of ``image`` in hex."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int
    thumb_width: int
    thumb_height: int
    sha256: str


def refusal_before_reading(name: str, size: int, head: bytes) -> PhotoRefused | None:
    """What the size in bytes and the first ``HEAD_BYTES`` tell: empty, too_large, wrong_type or nothing."""
    if not size:
        return PhotoRefused("empty", name=name)
    if size > MAX_BYTES:
        megabytes = math.ceil(size / (1024 * 1024))
        return PhotoRefused("too_large", name=name, size=megabytes, limit=MAX_BYTES // (1024 * 1024))
    if not kind_of(head):
        return PhotoRefused("wrong_type", name=name)
    return None


def sanitise(upload: BinaryIO, *, name: str, size: int) -> CleanPhoto:
    """Make a clean photo of an upload; ``size`` is what the sender said, and is not trusted to be true.

    Raises PhotoRefused with a code of ``MESSAGES``. Equal bytes give equal pictures. What is wrong with the
    server, not with the photo (no process can be started, a broken installation), raises OSError or
    RuntimeError.
    """
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    refusal = refusal_before_reading(name, max(size, len(data)) if data else 0, data[:HEAD_BYTES])
    if refusal:
        raise refusal
    head, pictures = _decode(data, name)
    image = pictures[: head["image_bytes"]]
    return CleanPhoto(
        image=image,
        thumbnail=pictures[len(image) :],
        width=head["width"],
        height=head["height"],
        thumb_width=head["thumb_width"],
        thumb_height=head["thumb_height"],
        sha256=hashlib.sha256(image).hexdigest(),
    )


def _decode(data: bytes, name: str) -> tuple[dict[str, int], bytes]:
    """Run the decoder in its own process, which sees none of our environment. Raises PhotoRefused."""
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command; the photo is only its input)
            _DECODER, input=data, capture_output=True, cwd=_PROJECT, env={}, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        log.warning("photo_decoder_timed_out")
        raise PhotoRefused("damaged", name=name) from error
    if done.returncode < 0:  # a decoder crashed, or took more time or memory than a photo needs
        log.warning("photo_decoder_killed", signal=-done.returncode)
        raise PhotoRefused("damaged", name=name)
    if done.returncode:
        raise RuntimeError(f"The photo decoder does not run: {done.stderr.decode(errors='replace')[-2000:]}")
    line, _newline, pictures = done.stdout.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise PhotoRefused(head["refused"], name=name, side=MAX_SOURCE_SIDE, **head["params"])
    return head, pictures
