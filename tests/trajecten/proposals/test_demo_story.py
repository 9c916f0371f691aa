"""What the demo tells of requests and proposals."""

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from trajecten.demo import people, requests
from trajecten.domain.proposals import queries
from trajecten.enums import NotificationState, ProposalStatus, RequestStatus, TrajectoryStatus
from trajecten.models import Activity, Notification, Proposal, TrajectoryRequest

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_request_in_every_turn_and_loads_once() -> None:
    people.load()
    requests.load()
    with scopes_disabled():
        acts = Activity.objects.count()
        requests.load()
        assert Activity.objects.count() == acts
        assert {request.status for request in TrajectoryRequest.objects.all()} == {
            RequestStatus.NEW,
            RequestStatus.TAKEN_UP,
            RequestStatus.PROPOSED,
            RequestStatus.ACCEPTED,
        }
        second = Proposal.objects.get(status=ProposalStatus.SENT)
        assert (second.version, second.is_expired) == (2, False)
        assert queries.counts(people.account("adviseur"))["expiring"] == 1
        made = TrajectoryRequest.objects.get(status=RequestStatus.ACCEPTED).trajectory
        assert (made.status, queries.sessions_of(made).count()) == (TrajectoryStatus.AGREED, 2)
        assert not Notification.objects.filter(state=NotificationState.QUEUED).exists()
        assert all(each.status_since < timezone.now() for each in TrajectoryRequest.objects.all())
