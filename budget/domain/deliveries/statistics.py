"""Figures from the tables of Statistics Netherlands, through their own library.

Table "Gemeenten JJJJ onbewerkte Iv3-data", one a year. Which that is stands in ``TABLES``; of another year it is looked
up in the list of tables. Rows are asked for municipality by municipality, so that no more than one is in memory.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import cbs_rows, kinds
from budget.domain.deliveries.reading.complaints import refused
from budget.domain.deliveries.reading.gathering import Progress, Read

TABLES = {2023: "45063NED", 2024: "45067NED", 2025: "45071NED", 2026: "45078NED"}
SECONDS = 60  # that the server may be silent

_COLUMNS = "Gemeenten,TaakveldBalanspost,Categorie,Verslagsoort,k_1ePlaatsing_1,k_2ePlaatsing_2"


def _nothing(_rows: int) -> None:
    return None


def name_of(year: int) -> str:
    return _("Statistics Netherlands %(year)s") % {"year": year}


def read(*, year: int, municipality: str | None = None, progress: Progress = _nothing) -> Read:
    """All figures of a year, of one municipality ("GM0361") or of all.

    Raises ``FiguresRefused``: the address can't be reached or has no table of this year, or rows are wrong.
    """
    name = name_of(year)
    try:
        table = TABLES.get(year) or _looked_up(name, year)
        names = {row["Key"].strip(): str(row["Title"]) for row in _get(table, "Gemeenten")}
        codes = [municipality] if municipality else sorted(names)
        pages = ((f"{table} {code}", _rows(table, code)) for code in codes)
        return cbs_rows.read(name, pages, asked=kinds.Asked(), progress=progress, names=names)
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        reason = _("Statistics Netherlands could not be read: %(reason)s.")
        raise refused(name, reason % {"reason": str(error)[:200] or type(error).__name__}) from error


def _rows(table: str, code: str) -> Iterator[Any]:
    condition = quote(f"substringof('{code}',Gemeenten)")
    yield from _get(table, f"TypedDataSet?$filter={condition}&$select={_COLUMNS}")


def _get(table: str, name: str) -> Iterable[Any]:
    library, host = _library()
    return library.get_meta(table, name, catalog_url=host, timeout=SECONDS)


def _library() -> tuple[Any, str]:
    """The library, and the address as it wants it: with https or not is one choice for all that it does.

    Imported when it is needed, for it writes in the log when it is.
    """
    import cbsodata

    address = urlsplit(settings.CBS_CATALOG_URL)
    cbsodata.options.use_https = address.scheme == "https"
    return cbsodata, address.netloc


def _looked_up(name: str, year: int) -> str:
    form = re.compile(rf"gemeenten\s+{year}\b.*onbewerkte\s+iv3", re.IGNORECASE)
    library, host = _library()
    for table in library.get_table_list(select=["Identifier", "Title"], catalog_url=host, timeout=SECONDS):
        if form.search(str(table.get("Title", ""))):
            return str(table["Identifier"]).strip()
    raise refused(name, _("There is no table of this year."))
