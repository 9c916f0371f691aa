"""Votes on projects for everybody: the list, one with its projects, a project, and how it was counted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from budget.domain.ballots import listing, naming, order
from budget.domain.ballots.outcome import told
from budget.enums import ProjectJudgement
from budget.models import BallotProject, BallotResult, ProjectBallot
from budget.views.ballots import results, voters
from trajecten.domain.promises import finding
from trajecten.views.paging import LongPaginator

PER_PAGE = 20


@require_safe
def ballots(request: HttpRequest, gemeente: str) -> HttpResponse:
    """All votes on projects, the newest first."""
    page = LongPaginator(listing.public(), PER_PAGE, request.GET.get("page")).shown()
    rows = [{"ballot": ballot, "state": listing.state(ballot)} for ballot in page]
    return render(request, "budget/ballots/list.html", {"page": page, "rows": rows})


def find(number: int) -> ProjectBallot:
    """The vote with this number that everybody may see; 404 for another."""
    found: ProjectBallot = get_object_or_404(listing.public(), pk=number)
    return found


@require_safe
def ballot_page(request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
    """What it is about, how one takes part, and the projects in the order of this visitor."""
    found = find(ballot)
    projects = list(BallotProject.objects.filter(ballot=found).for_everybody().with_names())
    on_ballot = [each for each in projects if each.judgement == ProjectJudgement.FEASIBLE]
    context = {
        "ballot": found,
        "state": listing.state(found),
        "projects": order.for_person(found, voters.person(request), on_ballot),
        "waiting": [each for each in projects if each.judgement == ProjectJudgement.WAITING],
        "refused": [each for each in projects if each.judgement == ProjectJudgement.NOT_FEASIBLE],
        "mine": voters.own_vote(request, found),
    }
    return render(request, "budget/ballots/ballot.html", context)


@require_safe
def project_page(request: HttpRequest, gemeente: str, ballot: int, number: int) -> HttpResponse:
    """One project: what it is, what it costs, what was judged and what came of it."""
    rows = BallotProject.objects.filter(ballot=find(ballot)).for_everybody().with_names()
    project = get_object_or_404(rows.select_related("ballot__trajectory"), number=number)
    return render(request, "budget/ballots/project.html", project_context(project))


def project_context(project: BallotProject) -> dict[str, Any]:
    """What every page of one project shows of it."""
    result = BallotResult.objects.filter(ballot=project.ballot_id).defer("file").first()
    return {
        "project": project,
        "ballot": project.ballot,
        "explained": results.of_project(project, result) if result else None,
        "promise": finding.of(project).first(),
    }


@require_safe
def result(request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
    """How it was counted; 404 until it is."""
    found = get_object_or_404(BallotResult.objects.defer("file").select_related("ballot"), ballot=ballot)
    outcome = told(found)
    context = {
        **results.context(found, outcome, gemeente=gemeente),
        "ballot": found.ballot,
        "public_sha256": "" if outcome.is_as_counted else naming.public_sha256(found),
    }
    return render(request, "budget/ballots/result.html", context)


@require_safe
def result_file(request: HttpRequest, gemeente: str, ballot: int) -> HttpResponse:
    """The votes without names of people, for who wants to count them too (``naming.public_file``)."""
    found = get_object_or_404(BallotResult, ballot=ballot)
    if not found.file:
        raise Http404
    answer = HttpResponse(naming.public_file(found).encode(), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slugify(found.title)}.pb"'
    return answer
