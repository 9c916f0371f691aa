"""Any list of a page as a file to download. See ``trajecten.domain.tables``."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.views.generic import View
from django_scopes import scope

from trajecten.domain import activities
from trajecten.domain.tables import Column, csv_chunks, write_xlsx
from trajecten.models import Municipality

CHUNK = 2000

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(
    name: str, columns: Sequence[Column], rows: Iterable[Any], *, delimiter: str = ",", mark: bool = False
) -> StreamingHttpResponse:
    """The list as ``name``.csv, sent while it is read. Give a queryset as ``rows.iterator(chunk_size=…)``.

    What is asked of the database for a row is asked when the request is over: give ``in_batches`` then.
    """
    chunks = csv_chunks(columns, rows, delimiter=delimiter, mark=mark)
    chunks = _in_language(translation.get_language() or "nl", chunks)
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


class TableFile(View):
    """A list of a page of staff as a file: CSV or XLSX, as ``form`` of the address says (``as_files``).

    Put the mixin of the page before it, so that it asks the same permission and reads the same filter. What is taken
    from a municipality is in its log, with who took it.
    """

    name: str | Promise = ""
    columns: Sequence[Column] = ()

    def rows(self) -> Iterable[Any]:
        """All rows of the filter, read while they are sent."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        rows = self.rows()
        if request.municipality:
            details = {"list": request.resolver_match.url_name}
            activities.record(
                verb="list_exported", target=request.municipality, by=request.user, details=details
            )
        as_file = xlsx_response if kwargs["form"] == "xlsx" else csv_response
        return as_file(str(self.name), self.columns, rows)


def as_files(route: str, view: type[TableFile], name: str) -> list[URLPattern]:
    """The two addresses of a list as a file: ``route``.csv and ``route``.xlsx."""
    return [
        path(f"{route}.{form}", view.as_view(), {"form": form}, name=f"{name}-{form}")
        for form in ("csv", "xlsx")
    ]


def in_batches(
    rows: QuerySet[Any], make: Callable[[list[Any]], Iterable[Any]], municipality: Municipality
) -> Iterator[Any]:
    """What ``make`` makes of the rows, ``CHUNK`` at a time: it reads within the municipality, also while sending."""
    found = rows.iterator(chunk_size=CHUNK)
    while batch := list(islice(found, CHUNK)):
        with scope(municipality=municipality):
            made = list(make(batch))
        yield from made
