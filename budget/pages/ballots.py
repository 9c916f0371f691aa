"""What votes on projects add to the shared pages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.ballots import listing
from budget.models import BallotProject, BallotResult
from budget.pages.part import Part
from trajecten.models import Municipality, Participant
from trajecten.registry import MenuItem, Menus, Result, Way

RESULTS = 2
MINE = 20


def ways(municipality: Municipality) -> Iterator[Way]:
    """Vote on projects, or propose one, where one can now."""
    for ballot in listing.public().filter(counted_at__isnull=True)[:RESULTS]:
        url = _url("ballot", municipality, ballot=ballot.pk)
        if ballot.takes_votes:
            text = _("%(title)s, until and including %(day)s.")
            words = {"title": ballot.title, "day": date_format(ballot.closes_on, "j F")}
            yield Way(_("Vote on projects"), text % words, url, "list", rank=15)
        elif ballot.takes_projects:
            text = _("%(title)s, until and including %(day)s.")
            words = {"title": ballot.title, "day": date_format(ballot.proposals_until, "j F")}
            yield Way(_("Propose a project"), text % words, url, "list", rank=25)


def results(municipality: Municipality) -> Iterator[Result]:
    """The votes that were counted last."""
    counted = BallotResult.objects.filter(ballot__isnull=False).defer("file", "outcome").order_by("-pk")
    for result in counted[:RESULTS]:
        url = _url("ballot-result", municipality, ballot=result.ballot_id)
        yield Result(_("Result of a vote"), result.title, url, (), result.made_at)


def mine(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """The projects that the participant proposed, each to the own page."""
    rows = BallotProject.objects.filter(author=participant).order_by("-pk")
    for project in rows[:MINE]:
        url = _url("own-project", municipality, token=project.token)
        yield Result(_("Your project"), project.title, url, (), project.created_at)


def _url(name: str, municipality: Municipality, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": municipality.slug, **parts})


PART = Part(
    ways=ways,
    results=results,
    mine=mine,
    menus=Menus(
        management=(
            MenuItem(
                gettext_lazy("Votes on projects"),
                "budget:desk-ballots",
                gettext_lazy("Let residents choose projects within an amount, and count the votes."),
            ),
        ),
    ),
)
