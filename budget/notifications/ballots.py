"""The messages about a vote on projects, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.ballots import explaining, telling
from budget.domain.ballots.outcome import told
from budget.models import BallotProject, BallotResult, ProjectBallot, ProjectVote
from trajecten.domain.telling import texts
from trajecten.enums import Moderation
from trajecten.models import Notification
from trajecten.registry import Category, Message, NothingToSay, Placeholder


def _url(name: str, row: Notification, **parts: object) -> str:
    path = reverse(f"budget:{name}", kwargs={"gemeente": row.municipality.slug, **parts})
    return f"{settings.BASE_URL}{path}"


def vote_asked(row: Notification) -> Mapping[str, Any]:
    """The link to confirm a vote, or to change it. Raises ``NothingToSay`` for one that is gone or too late."""
    vote = row.about
    if not isinstance(vote, ProjectVote) or not vote.ballot.takes_votes:
        raise NothingToSay("the vote is over, or taken back")
    return {
        "ballot": vote.ballot,
        "is_confirmed": vote.confirmed_at is not None,
        "own_url": _url("own-vote", row, token=vote.token),
    }


def _about_project(row: Notification) -> BallotProject:
    project = row.about
    if not isinstance(project, BallotProject) or project.author_id != row.participant_id:
        raise NothingToSay("the project is gone")
    return project


def project_asked(row: Notification) -> Mapping[str, Any]:
    """The link to confirm a proposal. Raises ``NothingToSay`` for one that is gone or confirmed."""
    project = _about_project(row)
    if project.confirmed_at:
        raise NothingToSay("confirmed already")
    own_url = _url("own-project", row, token=project.token)
    return {"project": project, "ballot": project.ballot, "own_url": own_url}


def project_judged(row: Notification) -> Mapping[str, Any]:
    """What was judged of a proposal, and why. Raises ``NothingToSay`` for one that is gone."""
    project = _about_project(row)
    own_url = _url("own-project", row, token=project.token)
    return {"project": project, "ballot": project.ballot, "own_url": own_url}


def opened(row: Notification) -> Mapping[str, Any]:
    """That one can vote. Raises ``NothingToSay`` once the vote is over."""
    ballot = row.about
    if not isinstance(ballot, ProjectBallot) or not ballot.takes_votes:
        raise NothingToSay("the vote is over")
    return {"ballot": ballot, "ballot_url": _url("ballot", row, ballot=ballot.pk)}


def counted(row: Notification) -> Mapping[str, Any]:
    """Which projects won. Raises ``NothingToSay`` when the result is gone."""
    result = row.about
    if not isinstance(result, BallotResult) or result.ballot_id is None:
        raise NothingToSay("the result is gone")
    outcome = told(result)
    return {
        "result": result,
        "won": [project.name for project in outcome.projects if project.won],
        "result_url": _url("ballot-result", row, ballot=result.ballot_id),
    }


def project_counted(row: Notification) -> Mapping[str, Any]:
    """Whether a proposal won, and why. Raises ``NothingToSay`` for one that is gone or hidden since."""
    project = _about_project(row)
    result = BallotResult.objects.filter(ballot=project.ballot).first()
    if result is None or project.moderation == Moderation.HIDDEN:
        raise NothingToSay("not counted, or hidden since")
    outcome = told(result)
    mine = outcome.of_number(project.number)
    if mine is None:
        raise NothingToSay("it was not on the ballot")
    return {
        "project": project,
        "won": mine.won,
        "reasons": explaining.why(mine, outcome),
        "result_url": _url("ballot-result", row, ballot=project.ballot_id),
    }


CATEGORIES = (Category("project-ballots", gettext_lazy("Votes on projects")),)
STOPS = gettext_lazy("votes on projects")

ABOUT_A_BALLOT = (
    Placeholder(
        "stemming",
        gettext_lazy("The name of the vote"),
        lambda context: texts.as_title(str(context["ballot"])),
        "Een ton voor de wijk",
    ),
)
ABOUT_A_PROJECT = (
    Placeholder(
        "project",
        gettext_lazy("The name of the project"),
        lambda context: texts.as_title(context["project"].title),
        "Een bankje bij de vijver",
    ),
)
ABOUT_A_RESULT = (
    Placeholder(
        "stemming",
        gettext_lazy("The name of the vote"),
        lambda context: texts.as_title(context["result"].title),
        "Een ton voor de wijk",
    ),
)

MESSAGES = (
    Message(
        key=telling.VOTE_ASKED,
        app="budget",
        audience=_("Who votes on projects with a mail address, without signing in"),
        trigger=_("Somebody fills in the address to vote on projects; asks to confirm it"),
        category="project-ballots",
        context=vote_asked,
        target="own_url",
        placeholders=ABOUT_A_BALLOT,
    ),
    Message(
        key=telling.PROJECT_ASKED,
        app="budget",
        audience=_("Who proposes a project with a mail address, without signing in"),
        trigger=_("Somebody fills in the address to propose a project; asks to confirm it"),
        category="project-ballots",
        context=project_asked,
        target="own_url",
        placeholders=ABOUT_A_PROJECT,
    ),
    Message(
        key=telling.JUDGED,
        app="budget",
        audience=_("Who proposed the project"),
        trigger=_("An official judged whether the project can be carried out, and what it costs"),
        category="project-ballots",
        context=project_judged,
        stops=STOPS,
        target="own_url",
        placeholders=ABOUT_A_PROJECT,
    ),
    Message(
        key=telling.OPENED,
        app="budget",
        audience=_("Who takes part in the trajectory, follows it, or proposed a project"),
        trigger=_("A vote on projects opens"),
        category="project-ballots",
        context=opened,
        stops=STOPS,
        target="ballot_url",
        same_for_all=True,
        placeholders=ABOUT_A_BALLOT,
    ),
    Message(
        key=telling.COUNTED,
        app="budget",
        audience=_("Who voted, takes part in the trajectory or follows it"),
        trigger=_("The votes on projects are counted"),
        category="project-ballots",
        context=counted,
        stops=STOPS,
        target="result_url",
        same_for_all=True,
        placeholders=ABOUT_A_RESULT,
    ),
    Message(
        key=telling.PROJECT_COUNTED,
        app="budget",
        audience=_("Who proposed a project that people voted on"),
        trigger=_("The votes on projects are counted"),
        category="project-ballots",
        context=project_counted,
        stops=STOPS,
        target="result_url",
        placeholders=ABOUT_A_PROJECT,
    ),
)
