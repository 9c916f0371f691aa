"""How large the body of a request may be, and what is done with one that is larger."""

from typing import Any, Protocol

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from trajecten.domain.photos.limits import MAX_FORM_BYTES

PIECE = 64 * 1024


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_away(body: Readable) -> None:
    """Read what is left of a body, as far as a form may be large, and forget it.

    A browser that is still sending when the connection is closed shows no answer at all.
    """
    left = MAX_FORM_BYTES
    while left > 0 and (piece := body.read(min(left, PIECE))):
        left -= len(piece)


class BoundedUpload(FileUploadHandler):
    """Refuses a form with files above ``MAX_FORM_BYTES`` before any of it is kept: ``RequestDataTooBig``."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  as Django calls it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > MAX_FORM_BYTES:
            read_away(input_data)
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
