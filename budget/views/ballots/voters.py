"""Who looks at a vote on projects: what stands for them, and what they voted themselves."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from budget.models import ProjectBallot, ProjectVote


def person(request: HttpRequest) -> str:
    """What stands for this visitor when an order is drawn by lot: the account, or a session."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    if not request.session.session_key:
        request.session.create()
    return salted_hmac("budget.ballots", request.session.session_key).hexdigest()


def own_vote(request: HttpRequest, ballot: ProjectBallot) -> ProjectVote | None:
    """The vote of who is signed in; None for another, also for who voted by mail."""
    if not request.user.is_authenticated:
        return None
    mine = ProjectVote.objects.filter(ballot=ballot, participant__user=request.user)
    return mine.filter(confirmed_at__isnull=False).first()
