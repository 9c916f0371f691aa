"""What the projects that somebody ticks cost together, beside the amount that there is: at once, and by a button."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from budget.forms.ballots.voting import ChooseForm
from budget.models import BallotProject, ProjectBallot
from trajecten import money
from trajecten.browser_texts import as_json

LABELS = {
    "chosen": _("Chosen: %(count)s. Together %(sum)s of the %(amount)s."),
    "more": _("That is more than there is. You may: not everything wins."),
}


def told(form: ChooseForm, ballot: ProjectBallot) -> dict[str, Any]:
    """For a page with the boxes: the sentence of now, and the words with which a script says it again."""
    return {"sum": _sentence(form.ticked(), ballot), "labels": as_json(LABELS)}


def cost(projects: Iterable[BallotProject]) -> int:
    return sum(project.cost or 0 for project in projects)


def typed(data: QueryDict) -> dict[str, Any]:
    """What was filled in, to show again without judging it."""
    return {
        "choices": data.getlist("choices"),
        "email": data.get("email", ""),
        "area": data.get("area", ""),
    }


def _sentence(projects: list[BallotProject], ballot: ProjectBallot) -> str:
    together = cost(projects)
    values = {"count": len(projects), "sum": money.whole(together), "amount": money.whole(ballot.budget)}
    said = str(LABELS["chosen"]) % values
    return f"{said} {LABELS['more']}" if together > ballot.budget else said
