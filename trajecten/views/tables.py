"""Any list of a page as a file to download. See ``trajecten.domain.tables``."""

from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.text import slugify

from trajecten.domain.tables import Column, csv_chunks, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> StreamingHttpResponse:
    """The list as ``name``.csv, sent while it is read. Give a queryset as ``rows.iterator(chunk_size=…)``."""
    chunks = _in_language(translation.get_language() or "nl", csv_chunks(columns, rows))
    response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return response


def _in_language(language: str, chunks: Iterator[str]) -> Iterator[str]:
    """The pieces in the language of the request, which is over by the time that they are made."""
    while True:
        with translation.override(language):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def xlsx_response(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> FileResponse:
    """The list as ``name``.xlsx, by way of a file on disk that is gone once it is sent."""
    file = TemporaryFile()  # noqa: SIM115  closed by the response
    try:
        write_xlsx(file, columns, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{slugify(name)}.xlsx", content_type=XLSX)
