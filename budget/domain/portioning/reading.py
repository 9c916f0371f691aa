"""Shares of voters from a CSV file: a column for each project, a row for each voter.

The first column is the voter where it is called ``voter``, ``voter_id`` or ``resident``. With ``;`` between cells,
decimals may have a comma. A row adds up to 1; what is off by at most a thousandth, as shares are that were rounded,
is stretched. Points, in a ``.pb`` file, are read elsewhere.
"""

from fractions import Fraction

from django.utils.translation import gettext as _

from budget.domain.portioning.shares import Shares, gather, of_points
from trajecten.counting.pabulib import reading as pabulib
from trajecten.counting.reading import Source, cells, header, number, rows, shown

VOTER = ("voter", "voter_id", "resident")
ROUNDED = Fraction(1, 1000)


def read(raw: bytes, *, file: str) -> Shares:
    """By the end of the name of the file. Refused: what is told above and in ``trajecten.counting.pabulib``."""
    if file.lower().endswith(".pb"):
        return of_points(pabulib.read(raw, file=file).election)
    return shares(raw, file=file)


def shares(raw: bytes, *, file: str) -> Shares:
    """Refused: no voters, a voter there twice, a share that is no number or below 0, and a row that isn't 1."""
    source = Source(file)
    first = raw.split(b"\n", 1)[0]
    table = rows(raw, source=source, delimiter=";" if b";" in first else ",")
    if not table:
        raise source.refuse(_("the file is empty."))
    names = header(table[0], source=source, required=())
    projects = [name for place, name in enumerate(names) if place or name.lower() not in VOTER]
    if not projects or not all(projects):
        raise source.at(table[0][0]).refuse(_("the first line has to name the projects."))
    given, voters = [], set()
    for row in table[1:]:
        place = source.at(row[0])
        found = cells(row, names, source=place)
        voter = found[names[0]] if names[0] not in projects else str(row[0])
        if voter in voters:
            raise place.refuse(_("voter “%(id)s” is there twice.") % {"id": shown(voter)}, names[0])
        voters.add(voter)
        given.append(_shares({project: found[project] for project in projects}, place))
    if not given:
        raise source.refuse(_("there are no voters."))
    return gather(projects, given)


def _shares(row: dict[str, str], source: Source) -> dict[str, Fraction]:
    found = {
        project: number(text or "0", source=source, column=project) for project, text in row.items()
    }
    for project, share in found.items():
        if share < 0:
            raise source.refuse(_("a share can't be below 0."), project)
    total = sum(found.values())
    if abs(total - 1) > ROUNDED:
        raise source.refuse(_("the shares add up to %(sum)s, not to 1.") % {"sum": float(total)})
    return {project: share for project, share in found.items() if share}
