"""Which form a file has, and reading it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import cbs_rows, csv_files, documents, iv3_json, iv3_xlsx, parts
from budget.domain.deliveries.reading.complaints import refused
from budget.domain.deliveries.reading.gathering import Progress, Read
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import FiguresRefused, Wrong

_PACKED = b"PK\x03\x04"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MAX_NAME = 200


def _nothing(_rows: int) -> None:
    return None


def read(sources: Sequence[Source], *, asked: Asked, progress: Progress = _nothing) -> list[Read]:
    """The figures of files, of each file apart; only pages of Statistics Netherlands are taken together.

    Raises ``FiguresRefused`` with what is wrong in all of them.
    """
    found, pages, wrong, more = list[Read](), list[tuple[str, Any]](), list[Wrong](), 0
    for source in sources:
        try:
            one = _read(source, asked, progress)
        except FiguresRefused as error:
            wrong.extend(error.errors)
            more += error.more
        else:
            (found if isinstance(one, Read) else pages).append(one)  # type: ignore[arg-type]
    if pages and not wrong:
        found.append(_of_pages(pages, asked, progress))
    if wrong:
        raise FiguresRefused(wrong, more)
    for one in found:
        one.notes.extend(parts.note(one.figures))
    return found


def _read(source: Source, asked: Asked, progress: Progress) -> Read | tuple[str, Any]:
    with source.open() as file:
        head = file.read(256)
    if head.startswith(_PACKED):
        return iv3_xlsx.read(source, asked=asked, progress=progress)
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if head.replace(b"\0", b"").lstrip()[:1] not in (b"{", b"["):
        return csv_files.read(source, asked=asked, progress=progress)
    document = documents.parsed(source)
    if documents.is_of_statistics(document):
        return source.name, document
    if documents.is_iv3(document):
        return iv3_json.read(source.name, document, asked=asked, progress=progress)
    raise refused(source.name, _("This JSON is no page of Statistics Netherlands, and no Iv3 delivery."))


def _of_pages(pages: Sequence[tuple[str, Any]], asked: Asked, progress: Progress) -> Read:
    name = ", ".join(file for file, _document in pages)[:MAX_NAME]
    if cbs_rows.breaks_off(document for _file, document in pages):
        reason = _("This is not all: more rows follow on a next page. Deliver all pages together.")
        raise refused(name, reason)
    rows = ((file, cbs_rows.rows_of(document)) for file, document in pages)
    return cbs_rows.read(name, rows, asked=asked, progress=progress)


def check_apart(seen: dict[Any, str], one: Read) -> None:
    """Refuse what an earlier file of the same run has too; ``seen`` are the budgets of those, with their file."""
    for figures in one.figures:
        if figures.key in seen:
            reason = _("The file %(name)s of this run has the same municipality, year and kind of figures.")
            value = f"{figures.code} {figures.year}"
            raise refused(one.name, reason % {"name": seen[figures.key]}, value=value)
        seen[figures.key] = one.name
