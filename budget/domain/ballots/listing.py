"""Votes on projects in lists, and where each of them is."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budget.models import BallotProject, ProjectBallot, ProjectVote
from trajecten.enums import Moderation
from trajecten.models import Trajectory


def public() -> QuerySet[ProjectBallot]:
    """Those that everybody sees, the newest first: where one can or could propose or vote."""
    seen = Q(opened_at__isnull=False) | Q(proposals_until__isnull=False) | Q(opens_on__isnull=False)
    return with_counts(ProjectBallot.objects.filter(seen))


def for_desk(trajectory: Trajectory | None) -> QuerySet[ProjectBallot]:
    """Those of a trajectory, or all, the newest first, with how much there is to judge."""
    rows = ProjectBallot.objects.all()
    return with_counts(rows.filter(trajectory=trajectory) if trajectory else rows)


def with_counts(rows: QuerySet[ProjectBallot]) -> QuerySet[ProjectBallot]:
    """With ``on_ballot`` and ``to_judge``, numbers of projects."""
    shown = Q(projects__judgement="feasible", projects__moderation=Moderation.PUBLISHED)
    waiting = Q(projects__judgement="waiting", projects__confirmed_at__isnull=False)
    not_hidden = ~Q(projects__moderation=Moderation.HIDDEN)
    counted = rows.annotate(
        on_ballot=Count("projects", filter=shown), to_judge=Count("projects", filter=waiting & not_hidden)
    )
    return counted.select_related("trajectory", "result").order_by("-id")


def projects(ballot: ProjectBallot) -> QuerySet[BallotProject]:
    """All projects for officials, by number."""
    return BallotProject.objects.filter(ballot=ballot).with_names().order_by("number")


def state(ballot: ProjectBallot) -> dict[str, Any]:
    """Where a vote is, as ``{"text", "tone"}`` of a tag."""
    if ballot.counted_at:
        return {"text": _("counted"), "tone": "success"}
    if ballot.takes_votes:
        day = date_format(ballot.closes_on, "j F")
        return {"text": _("you can vote until and including %(day)s") % {"day": day}, "tone": "warning"}
    if ballot.opened_at:
        return {"text": _("the vote is over, and is being counted"), "tone": "neutral"}
    if ballot.takes_projects and ballot.proposals_until:
        day = date_format(ballot.proposals_until, "j F")
        return {"text": _("propose projects until and including %(day)s") % {"day": day}, "tone": "warning"}
    return {"text": _("in preparation"), "tone": "inactive"}


def papers(ballot: ProjectBallot) -> list[int]:
    """The numbers of the papers that were typed, ascending. What was on them is told nowhere."""
    rows = ProjectVote.objects.filter(ballot=ballot, paper__isnull=False).order_by("paper")
    return list(rows.values_list("paper", flat=True))
