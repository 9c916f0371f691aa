"""A ``.pb`` file as an election.

Refused, with file, line, column and reason: sections or columns that are missing; no budget, or one that is no number
above zero; a kind of ballot that the format doesn't know; a project or a voter that is there twice; a cost below zero;
a vote for an unknown project, or twice for the same; points that don't go with the projects, or below the lowest
allowed; points for projects that a ballot doesn't name; and a ballot that takes more than the description of the vote
allows. A ballot that uses less is counted.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from django.utils.translation import gettext as _

from trajecten.counting.ballots import Ballot, Election, Project, VoteType
from trajecten.counting.pabulib.limits import Limits
from trajecten.counting.reading import Row, Source, cells, header, number, rows, shown

SECTIONS = {"META": "key", "PROJECTS": "project_id", "VOTES": "voter_id"}  # with a column that each has
COUNTED = ("num_projects", "num_votes")


@dataclass(frozen=True)
class Read:
    """``remarks`` tell what is odd in the file, but changes nothing in how it is counted."""

    election: Election
    remarks: tuple[str, ...]


def read(raw: bytes, *, file: str) -> Read:
    """The election in the bytes of a file; ``file`` is its name, for refusals."""
    source = Source(file)
    sections = _sections(rows(raw, source=source, delimiter=";"), source)
    meta = _meta(sections["META"], source)
    budget = _budget(meta, source)
    vote_type = _vote_type(meta, source)
    _refuse_default_score(meta, vote_type, source)
    projects = _projects(sections["PROJECTS"], source)
    limits = Limits.of({name: text for name, (_line, text) in meta.items()}, vote_type, source)
    ballots = _ballots(
        sections["VOTES"], source, vote_type, limits, frozenset(project.id for project in projects)
    )
    kept = tuple(
        (name, text) for name, (_line, text) in meta.items() if name not in ("budget", "vote_type", *COUNTED)
    )
    election = Election(budget, vote_type, projects, ballots, kept)
    return Read(election, _remarks(meta, election, limits))


def _sections(lines: list[Row], source: Source) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    current = None
    for (line, row), (_line, after) in zip_longest(lines, lines[1:], fillvalue=(0, [])):
        title = row[0].upper()
        if title in SECTIONS and not any(row[1:]) and (current is None or _is_title(row, after)):
            if title in found:
                raise source.at(line).refuse(_("the section %(name)s is there twice.") % {"name": title})
            current = found.setdefault(title, [])
        elif current is None:
            raise source.at(line).refuse(_("a .pb file begins with a line META."))
        else:
            current.append((line, row))
    for title in SECTIONS:
        if not found.get(title):
            raise source.refuse(_("there is no section %(name)s, or it is empty.") % {"name": title})
    return found


def _is_title(row: list[str], after: list[str]) -> bool:
    """Whether the name of a section is its title, and not an id: where it stands alone in the line.

    With empty cells beside it, as spreadsheets add, only above the names of its columns.
    """
    return len(row) == 1 or SECTIONS[row[0].upper()] in [name.lower() for name in after]


def _meta(lines: list[Row], source: Source) -> dict[str, tuple[int, str]]:
    if [name.lower() for name in lines[0][1][:2]] != ["key", "value"]:
        raise source.at(lines[0][0]).refuse(_("below META comes a line “key;value”."))
    meta: dict[str, tuple[int, str]] = {}
    for line, row in lines[1:]:
        if row[0] in meta:
            raise source.at(line).refuse(_("“%(name)s” is there twice.") % {"name": shown(row[0])}, "key")
        meta[row[0]] = (line, _value(row[1:]))
    return meta


def _value(cells_after_key: list[str]) -> str:
    """One cell; more where somebody wrote ``;`` in it without quotes, or a program added empty ones."""
    while len(cells_after_key) > 1 and not cells_after_key[-1]:
        cells_after_key = cells_after_key[:-1]
    return ";".join(cells_after_key)


def _budget(meta: dict[str, tuple[int, str]], source: Source) -> Fraction:
    if "budget" not in meta:
        raise source.refuse(_("META doesn't say what the budget is."), "budget")
    line, text = meta["budget"]
    budget = number(text, source=source.at(line), column="budget")
    if budget <= 0:
        raise source.at(line).refuse(_("the budget has to be more than 0."), "budget")
    return budget


def _vote_type(meta: dict[str, tuple[int, str]], source: Source) -> VoteType:
    if "vote_type" not in meta:
        raise source.refuse(_("META doesn't say how people voted."), "vote_type")
    line, text = meta["vote_type"]
    if text.lower() not in set(VoteType):
        reason = _("“%(text)s” is not a kind of ballot. Known are: %(known)s.")
        words = {"text": shown(text), "known": ", ".join(VoteType)}
        raise source.at(line).refuse(reason % words, "vote_type")
    return VoteType(text.lower())


def _refuse_default_score(meta: dict[str, tuple[int, str]], vote_type: VoteType, source: Source) -> None:
    """Points for what a ballot doesn't name would change every outcome; these can't be counted here."""
    line, text = meta.get("default_score", (0, ""))
    place = source.at(line)
    if vote_type is VoteType.SCORING and text and number(text, source=place, column="default_score"):
        reason = _("points for projects that a ballot doesn't name (default_score) can't be counted.")
        raise place.refuse(reason, "default_score")


def _projects(lines: list[Row], source: Source) -> tuple[Project, ...]:
    names = header(lines[0], source=source, required=("project_id", "cost"))
    found: dict[str, Project] = {}
    for row in lines[1:]:
        project = _project(cells(row, names, source=source), source.at(row[0]))
        if project.id in found:
            reason = _("project “%(id)s” is there twice.") % {"id": shown(project.id)}
            raise source.at(row[0]).refuse(reason, "project_id")
        found[project.id] = project
    if not found:
        raise source.at(lines[0][0]).refuse(_("there are no projects."))
    return tuple(found.values())


def _project(row: dict[str, str], source: Source) -> Project:
    key = row.pop("project_id")
    if not key or "," in key:
        raise source.refuse(_("“%(id)s” can't be the id of a project.") % {"id": shown(key)}, "project_id")
    cost = number(row.pop("cost"), source=source, column="cost")
    if cost < 0:
        raise source.refuse(_("a cost can't be below 0."), "cost")
    return Project(key, cost, tuple(row.items()))


def _ballots(
    lines: list[Row], source: Source, vote_type: VoteType, limits: Limits, projects: frozenset[str]
) -> tuple[Ballot, ...]:
    required = ("voter_id", "vote", "points") if vote_type.has_points else ("voter_id", "vote")
    names = header(lines[0], source=source, required=required)
    found: dict[str, Ballot] = {}
    for row in lines[1:]:
        place = source.at(row[0])
        ballot = _ballot(cells(row, names, source=source), place, vote_type, projects)
        limits.check(ballot, place)
        if ballot.voter in found:
            reason = _("voter “%(id)s” is there twice.") % {"id": shown(ballot.voter)}
            raise place.refuse(reason, "voter_id")
        found[ballot.voter] = ballot
    return tuple(found.values())


def _ballot(row: dict[str, str], source: Source, vote_type: VoteType, projects: frozenset[str]) -> Ballot:
    voter, choices = row.pop("voter_id"), _list(row.pop("vote"))
    if not voter:
        raise source.refuse(_("a voter has no id."), "voter_id")
    for choice in choices:
        if choice not in projects:
            reason = _("voter “%(voter)s” votes for the unknown project “%(id)s”.")
            raise source.refuse(reason % {"voter": shown(voter), "id": shown(choice)}, "vote")
    if len(set(choices)) < len(choices):
        reason = _("voter “%(voter)s” names a project twice.") % {"voter": shown(voter)}
        raise source.refuse(reason, "vote")
    if not vote_type.has_points:
        return Ballot(voter, choices, None, tuple(row.items()))
    points = tuple(number(text, source=source, column="points") for text in _list(row.pop("points")))
    if len(points) != len(choices):
        reason = _("voter “%(voter)s” names %(projects)s projects and gives points %(points)s times.")
        words = {"voter": shown(voter), "projects": len(choices), "points": len(points)}
        raise source.refuse(reason % words, "points")
    return Ballot(voter, choices, points, tuple(row.items()))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",")) if text else ()


def _remarks(meta: dict[str, tuple[int, str]], election: Election, limits: Limits) -> tuple[str, ...]:
    found = []
    actual = (len(election.projects), len(election.ballots))
    for name, there in zip(COUNTED, actual, strict=True):
        said = meta.get(name, (0, str(there)))[1]
        if said != str(there):
            words = {"name": name, "said": shown(said), "there": there}
            found.append(_("META says %(name)s %(said)s; in the file there are %(there)s.") % words)
    short = sum(limits.is_short(ballot) for ballot in election.ballots)
    if short:
        found.append(_("Ballots that use less than they were asked to, and count: %(n)s.") % {"n": short})
    return tuple(found)
