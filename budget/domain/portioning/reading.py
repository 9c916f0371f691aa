"""Shares of voters from a CSV file: a column for each project and a row for each voter, or a row for each share.

Where columns are a voter (``VOTER``), a project (``PROJECT``) and ``share``, each row is one share; other columns are
passed over. Else the first column is the voter if it has one of those names, and all others are projects. With ``;``
between cells, decimals may have a comma. A voter's shares add up to 1, or those of every voter to 100; or the cells
have a percent sign. What rounding leaves is stretched: each share may be off by half of the last decimal that the
voter's shares have, or else the sum by a thousandth. Points, in a ``.pb`` file, are read elsewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from budget.domain.portioning.shares import Shares, gather, of_points
from trajecten.counting.pabulib import reading as pabulib
from trajecten.counting.reading import Row, Source, cells, delimiter, header, number, rows, shown

VOTER = ("voter", "voter_id", "resident", "person", "id", "")
PROJECT = ("project", "project_id", "line")
SHARE = "share"
ROUNDED = Fraction(1, 1000)
DECIMALS = re.compile(r"[.,](\d+)")


@dataclass
class Paper:
    """What one voter wrote. ``unit`` is what one in the last decimal is worth, of the cell with most decimals."""

    place: Source
    shares: dict[str, Fraction] = field(default_factory=dict)
    unit: Fraction = Fraction(1)

    def write(self, project: str, text: str, column: str) -> None:
        """Refused: what is no number, or below 0."""
        part = Fraction(1, 100) if text.endswith("%") else Fraction(1)
        text = text.removesuffix("%").rstrip() if text else "0"
        share = number(text, source=self.place, column=column)
        if share < 0:
            raise self.place.refuse(_("a share can't be below 0."), column)
        self.shares[project] = share * part
        self.unit = min(self.unit, part * _unit(text))

    def total(self) -> Fraction:
        return sum(self.shares.values(), Fraction(0))

    def makes(self, whole: int) -> bool:
        """Whether these can be shares of the whole, rounded. Whole numbers of a whole of 1 are not rounded."""
        off = abs(self.total() - whole)
        given = sum(share > 0 for share in self.shares.values())
        return off <= ROUNDED * whole or (self.unit < whole and off < given * self.unit / 2)


def _unit(text: str) -> Fraction:
    digits, _e, exponent = text.lower().partition("e")
    decimals = DECIMALS.search(digits)
    return Fraction(10) ** (int(exponent or 0) - (len(decimals[1]) if decimals else 0))


def read(raw: bytes, *, file: str) -> Shares:
    """By the end of the name of the file. Refused: what is told above and in ``trajecten.counting.pabulib``."""
    if file.lower().endswith(".pb"):
        return of_points(pabulib.read(raw, file=file).election)
    return shares(raw, file=file)


def shares(raw: bytes, *, file: str) -> Shares:
    """Refused: no voters, one without id or there twice, a share that is no number or below 0, and no whole."""
    source = Source(file)
    table = rows(raw, source=source, delimiter=delimiter(raw))
    if not table:
        raise source.refuse(_("the file is empty."))
    names = header(table[0], source=source, required=())
    columns = tuple(_column(names, known) for known in (VOTER, PROJECT, (SHARE,)))
    voter, project, share = columns
    if voter is not None and project is not None and share is not None:
        return _long(table[1:], names, (voter, project, share), source)
    return _wide(table[1:], names, source.at(table[0][0]))


def _column(names: list[str], known: tuple[str, ...]) -> str | None:
    """The column with the first of these names."""
    lower = {name.lower(): name for name in names}
    return next((lower[name] for name in known if name in lower), None)


def _wide(table: list[Row], names: list[str], source: Source) -> Shares:
    projects = names[1:] if names[0].lower() in VOTER else names
    if not projects or not all(projects):
        raise source.refuse(_("the first line has to name the projects."))
    given: dict[str, Paper] = {}
    for row in table:
        place = source.at(row[0])
        found = cells(row, names, source=place)
        voter = str(row[0]) if projects is names else _voter(found[names[0]], place, names[0])
        if voter in given:
            raise place.refuse(_("voter “%(id)s” is there twice.") % {"id": shown(voter)}, names[0])
        given[voter] = Paper(place)
        for project in projects:
            given[voter].write(project, found[project], project)
    return _gathered(projects, given, source)


def _long(table: list[Row], names: list[str], columns: tuple[str, str, str], source: Source) -> Shares:
    given: dict[str, Paper] = {}
    for row in table:
        place = source.at(row[0])
        found = cells(row, names, source=place)
        voter, project, text = (found[column] for column in columns)
        paper = given.setdefault(_voter(voter, place, columns[0]), Paper(place))
        paper.place = place
        if not project or project in paper.shares:
            reason = _("voter “%(voter)s” names a project twice, or none.") % {"voter": shown(voter)}
            raise place.refuse(reason, columns[1])
        paper.write(project, text, columns[2])
    projects = list(dict.fromkeys(project for paper in given.values() for project in paper.shares))
    return _gathered(projects, given, source)


def _voter(text: str, source: Source, column: str) -> str:
    if not text:
        raise source.refuse(_("a voter has no id."), column)
    return text


def _gathered(projects: list[str], given: Mapping[str, Paper], source: Source) -> Shares:
    """By the first voter they are percentages, or parts of 1; the others have to write theirs in the same way."""
    papers = list(given.values())
    if not papers:
        raise Source(source.file).refuse(_("there are no voters."))
    whole = 100 if papers[0].makes(100) else 1
    for paper in papers:
        if paper is papers[0] and not paper.makes(whole):
            words = {"sum": float(paper.total())}
            raise paper.place.refuse(_("the shares add up to %(sum)s, not to 1, nor to 100 percent.") % words)
        if not paper.makes(whole):
            words = {"sum": float(paper.total()), "whole": whole}
            raise paper.place.refuse(_("the shares add up to %(sum)s, not to %(whole)s.") % words)
    return gather(
        projects, [{key: share for key, share in paper.shares.items() if share} for paper in papers]
    )
