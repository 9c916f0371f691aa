"""JSON documents, and which of the two forms of figures one is."""

import json
from typing import Any

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading.complaints import refused
from budget.domain.deliveries.reading.sources import Source


def parsed(source: Source) -> Any:
    """JSON in UTF-8, UTF-16 or UTF-32, else Windows-1252. Raises ``FiguresRefused`` with the place of the mistake."""
    with source.open() as file:
        raw = file.read()
    try:
        return _parsed(raw)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise refused(
            source.name, _("This is not JSON: line %(line)s, column %(column)s.") % place
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise refused(source.name, _("This JSON is too deep or its numbers are too long.")) from error


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        return json.loads(raw.decode("cp1252"))


def is_of_statistics(document: Any) -> bool:
    """Whether it is a page of rows of Statistics Netherlands, or a list of such pages or rows."""
    if isinstance(document, list):
        return bool(document) and is_of_statistics_row(document[0])
    return isinstance(document, dict) and isinstance(document.get("value"), list)


def is_of_statistics_row(found: Any) -> bool:
    return isinstance(found, dict) and ("TaakveldBalanspost" in found or isinstance(found.get("value"), list))


def is_iv3(document: Any) -> bool:
    return isinstance(document, dict) and "metadata" in document and "data" in document
