"""Shares of voters from a CSV file: a column for each project and a row for each voter, or a row for each share.

The first column is the voter where it has one of the names in ``VOTER``. Where two more follow, a project (``PROJECT``)
and ``share``, each row is one share. With ``;`` between cells, decimals may have a comma. A voter's shares add up to 1;
what is off by at most a thousandth, as shares are that were rounded, is stretched. Points, in a ``.pb`` file, are read
elsewhere.
"""

from fractions import Fraction

from django.utils.translation import gettext as _

from budget.domain.portioning.shares import Shares, gather, of_points
from trajecten.counting.pabulib import reading as pabulib
from trajecten.counting.reading import Row, Source, cells, header, number, rows, shown

VOTER = ("", "voter", "voter_id", "resident", "person", "id")
PROJECT = ("project", "project_id", "line")
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
    voter, *others = [name.lower() for name in names]
    if voter in VOTER and len(others) == 2 and others[0] in PROJECT and others[1] == "share":
        return _long(table[1:], names, source)
    return _wide(table[1:], names, source.at(table[0][0]))


def _wide(table: list[Row], names: list[str], source: Source) -> Shares:
    projects = names[1:] if names[0].lower() in VOTER else names
    if not projects or not all(projects):
        raise source.refuse(_("the first line has to name the projects."))
    given: dict[str, dict[str, Fraction]] = {}
    for row in table:
        place = source.at(row[0])
        found = cells(row, names, source=place)
        voter = str(row[0]) if projects is names else found[names[0]]
        if voter in given:
            raise place.refuse(_("voter “%(id)s” is there twice.") % {"id": shown(voter)}, names[0])
        amounts = {project: _share(found[project], place, project) for project in projects}
        given[voter] = _whole(amounts, place)
    return _gathered(projects, given, source)


def _long(table: list[Row], names: list[str], source: Source) -> Shares:
    given: dict[str, dict[str, Fraction]] = {}
    last: dict[str, Source] = {}
    for row in table:
        place = source.at(row[0])
        voter, project, text = (cells(row, names, source=place)[name] for name in names)
        amounts = given.setdefault(voter, {})
        if not project or project in amounts:
            reason = _("voter “%(voter)s” names a project twice, or none.") % {"voter": shown(voter)}
            raise place.refuse(reason, names[1])
        amounts[project] = _share(text, place, names[2])
        last[voter] = place
    projects = list(dict.fromkeys(project for amounts in given.values() for project in amounts))
    whole = {voter: _whole(amounts, last[voter]) for voter, amounts in given.items()}
    return _gathered(projects, whole, source)


def _gathered(projects: list[str], given: dict[str, dict[str, Fraction]], source: Source) -> Shares:
    if not given:
        raise Source(source.file).refuse(_("there are no voters."))
    return gather(projects, list(given.values()))


def _share(text: str, source: Source, column: str) -> Fraction:
    share = number(text or "0", source=source, column=column)
    if share < 0:
        raise source.refuse(_("a share can't be below 0."), column)
    return share


def _whole(amounts: dict[str, Fraction], source: Source) -> dict[str, Fraction]:
    total = sum(amounts.values(), Fraction(0))
    if abs(total - 1) > ROUNDED:
        raise source.refuse(_("the shares add up to %(sum)s, not to 1.") % {"sum": float(total)})
    return {project: share for project, share in amounts.items() if share}
