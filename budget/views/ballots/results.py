"""What pages show of a result: drawn, listed, and why."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from budget.domain.ballots import explaining, turnout
from budget.domain.ballots.outcome import Outcome, Project, told
from budget.models import BallotProject, BallotResult
from trajecten.charts import BarRow, BarTable, Series, Tag
from trajecten.enums import ParticipantKind

STATES = {
    "won": (pgettext_lazy("a project", "won"), "success"),
    "filled": (pgettext_lazy("a project", "added"), "success"),
    "lost": (pgettext_lazy("a project", "not chosen"), "inactive"),
}
Named = str | Promise


def context(result: BallotResult, outcome: Outcome, *, gemeente: str) -> dict[str, Any]:
    """All of a result: its projects with the reasons, the bars, the comparison, and the turnout."""
    return {
        "result": result,
        "outcome": outcome,
        "is_equal_shares": result.rule == "equal-shares",
        "groups": [
            (title, [_row(each, outcome, result, gemeente) for each in group])
            for title, group in _groups(outcome)
        ],
        "votes_chart": _votes_chart(outcome),
        "money_chart": _money_chart(outcome) if result.rule == "equal-shares" else None,
        "share": explaining.euro(outcome.share),
        "budget": explaining.euro(outcome.budget),
        "cost": explaining.euro(outcome.cost),
        "unspent": explaining.euro(outcome.unspent),
        "preferred": explaining.preferred(outcome),
        "turnout": _turnout(result.turnout),
    }


def _groups(outcome: Outcome) -> list[tuple[str, list[Project]]]:
    groups = [
        (_("Won"), outcome.won),
        (_("Added from what was left"), outcome.filled),
        (_("Not chosen"), outcome.lost),
    ]
    return [(title, projects) for title, projects in groups if projects]


def _row(project: Project, outcome: Outcome, result: BallotResult, gemeente: str) -> dict[str, Any]:
    text, tone = STATES[project.state]
    url = ""
    if result.ballot_id and project.is_public:
        parts = {"gemeente": gemeente, "ballot": result.ballot_id, "number": int(project.id)}
        url = reverse("budget:project", kwargs=parts)
    return {
        "name": project.name,
        "url": url,
        "cost": explaining.euro(project.cost),
        "tag": {"text": text, "tone": tone},
        "why": explaining.why(project, outcome),
    }


def of_project(project: BallotProject, result: BallotResult) -> dict[str, Any] | None:
    """What came of one project; None for one that was not on the ballot."""
    outcome = told(result)
    found = outcome.of_number(project.number)
    if found is None:
        return None
    text, tone = STATES[found.state]
    return {"won": found.won, "tag": {"text": text, "tone": tone}, "why": explaining.why(found, outcome)}


def _tag(project: Project) -> Tag:
    text, tone = STATES[project.state]
    return Tag(text, tone)


def _votes_chart(outcome: Outcome) -> BarTable:
    projects = sorted(outcome.projects, key=lambda project: (-project.supporters, project.id))
    return BarTable(
        key="votes",
        caption=gettext_lazy("How many people chose each project"),
        subject=gettext_lazy("Project"),
        series=[Series(gettext_lazy("People"), "good")],
        rows=[
            BarRow(each.name, [each.supporters], tone="good" if each.won else "open", tag=_tag(each))
            for each in projects
        ],
    )


def _money_chart(outcome: Outcome) -> BarTable:
    """What the supporters of each project had for it, and what was missing: together its cost."""
    return BarTable(
        key="money",
        caption=gettext_lazy("What supporters paid, and what was missing, in euro"),
        subject=gettext_lazy("Project"),
        series=[
            Series(gettext_lazy("Paid"), "good"),
            Series(gettext_lazy("They had left"), "part"),
            Series(gettext_lazy("Was missing"), "open"),
        ],
        rows=[
            BarRow(each.name, [*_had(each), round(float(each.missing))], tag=_tag(each))
            for each in outcome.projects
        ],
    )


def _had(project: Project) -> tuple[int, int]:
    if project.state == "won":
        return round(float(project.paid)), 0
    return 0, round(float(min(project.left, project.cost)))


def _turnout(kept: dict[str, Any]) -> list[BarTable]:
    """Nothing where it is too small to show, or was not kept."""
    if not kept or kept["total"] is None:
        return []
    kinds = {**dict(ParticipantKind.choices)}
    return [
        _people("areas", gettext_lazy("Votes by district"), _("District"), kept["areas"], {}),
        _people("kinds", gettext_lazy("Votes by who people are"), _("Who"), kept["kinds"], kinds),
    ]


def _people(
    key: str, caption: Named, subject: Named, table: dict[str, int | None], names: dict[str, Named]
) -> BarTable:
    known: dict[str, Named] = {turnout.UNKNOWN: _("not known"), turnout.PAPER: _("on paper"), **names}
    rows = [
        BarRow(known.get(cell, cell), [_("fewer than 5, or hidden") if number is None else number])
        for cell, number in table.items()
    ]
    return BarTable(key, caption, subject, [Series(gettext_lazy("Votes"), "good")], rows)
