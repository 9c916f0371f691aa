"""An election as a ``.pb`` file. Reading it again gives the same election."""

import csv
from fractions import Fraction
from io import StringIO

from django.utils.translation import gettext as _

from trajecten.counting.ballots import Ballot, Election, Project
from trajecten.refusals import Refused

DECIMALS = 20


def write(election: Election) -> bytes:
    """UTF-8 without a mark. Refused: an amount that can't be written with decimals."""
    text = StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerows([["META"], ["key", "value"], *_meta(election)])
    table.writerow(["PROJECTS"])
    columns = _columns([project.details for project in election.projects])
    table.writerow(["project_id", "cost", *columns])
    table.writerows(_project(project, columns) for project in election.projects)
    table.writerow(["VOTES"])
    columns = _columns([ballot.details for ballot in election.ballots])
    points = ["points"] if election.vote_type.has_points else []
    table.writerow(["voter_id", "vote", *points, *columns])
    table.writerows(_ballot(ballot, columns) for ballot in election.ballots)
    return text.getvalue().encode()


def _meta(election: Election) -> list[list[str]]:
    first = [
        ["num_projects", str(len(election.projects))],
        ["num_votes", str(len(election.ballots))],
        ["budget", decimal(election.budget)],
        ["vote_type", election.vote_type.value],
    ]
    return first + [list(field) for field in election.meta]


def _project(project: Project, columns: list[str]) -> list[str]:
    details = dict(project.details)
    return [project.id, decimal(project.cost), *(details.get(name, "") for name in columns)]


def _ballot(ballot: Ballot, columns: list[str]) -> list[str]:
    details = dict(ballot.details)
    points = [] if ballot.points is None else [",".join(map(decimal, ballot.points))]
    return [ballot.voter, ",".join(ballot.choices), *points, *(details.get(name, "") for name in columns)]


def _columns(details: list[tuple[tuple[str, str], ...]]) -> list[str]:
    return list(dict.fromkeys(name for fields in details for name, _text in fields))


def decimal(amount: Fraction) -> str:
    """As 12 or 12.5. Refused: what has more than twenty decimals."""
    scaled = amount * 10**DECIMALS
    if scaled.denominator != 1:
        raise Refused(_("%(amount)s can't be written with decimals.") % {"amount": amount})
    sign, digits = "-" if amount < 0 else "", f"{abs(scaled.numerator):0{DECIMALS + 1}d}"
    return f"{sign}{digits[:-DECIMALS]}.{digits[-DECIMALS:]}".rstrip("0").rstrip(".")
