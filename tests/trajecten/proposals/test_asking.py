"""A municipality's request: taken in once, taken up by one adviser, closed with a reason."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from tests.factories.core import MunicipalityFactory, ParticipantFactory, UserFactory
from tests.factories.proposals import ProposalFactory, TrajectoryRequestFactory
from trajecten.domain.proposals import asking
from trajecten.domain.throttle import Throttled
from trajecten.enums import ParticipantKind, ProposalStatus, RequestStatus
from trajecten.models import Activity, Notification, Participant, TrajectoryRequest
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.django_db


def receive(municipality: Any, **words: Any) -> asking.Received:
    given = {
        "key": uuid.uuid4(),
        "method_key": "buurtschouw",
        "contact_name": "Beleid",
        "email": "beleid@example.org",
        "language": "nl",
        "question": "Hoe dan?",
        **words,
    }
    return asking.receive(municipality=municipality, by=None, **given)


def told(key: str) -> set[str]:
    """The addresses that are owed this message."""
    with scopes_disabled():
        rows = Notification.objects.filter(key=f"trajecten.{key}").select_related("user", "participant")
        return {(row.user or row.participant).email for row in rows}


def test_a_request_tells_the_contact_and_every_adviser(
    in_scope: Any, adviser: Any, other_adviser: Any
) -> None:
    received = receive(in_scope)
    assert (received.is_new, received.request.status) == (True, RequestStatus.NEW)
    assert told("request_received") == {"beleid@example.org"}
    assert told("request_new") == {adviser.email, other_adviser.email}
    assert received.request.contact.user is None
    assert Participant.objects.get(email="beleid@example.org").kind == ParticipantKind.OFFICIAL


def test_the_same_form_again_changes_nothing(in_scope: Any, adviser: Any) -> None:
    key = uuid.uuid4()
    first = receive(in_scope, key=key)
    before = Notification.objects.count()
    again = receive(in_scope, key=key, question="Anders?", may_send=lambda: pytest.fail("counted again"))
    assert (again.request, again.is_new) == (first.request, False)
    assert (TrajectoryRequest.objects.count(), Notification.objects.count()) == (1, before)


def test_a_key_of_another_municipality_is_refused(in_scope: Any, other_municipality: Any) -> None:
    key = uuid.uuid4()
    receive(in_scope, key=key)
    with scope(municipality=other_municipality), pytest.raises(asking.RequestRefused):
        receive(other_municipality, key=key)


def test_a_request_too_many_is_not_kept(in_scope: Any) -> None:
    def refuse() -> None:
        raise Throttled("request", retry_after=60)

    with pytest.raises(Throttled):
        receive(in_scope, may_send=refuse)
    assert not TrajectoryRequest.objects.exists()


def test_somebody_who_is_known_stays_as_they_are(in_scope: Any) -> None:
    ParticipantFactory(email="beleid@example.org", kind=ParticipantKind.RESIDENT)
    receive(in_scope)
    assert Participant.objects.get(email="beleid@example.org").kind == ParticipantKind.RESIDENT


def test_a_municipality_that_takes_no_part_can_ask(db: None) -> None:
    waiting = MunicipalityFactory(other=True, is_participating=False)
    with scope(municipality=waiting):
        assert receive(waiting).is_new


def test_taking_up(new_request: Any, adviser: Any) -> None:
    taken = asking.take_up(request=new_request, by=adviser)
    assert (taken.status, taken.adviser) == (RequestStatus.TAKEN_UP, adviser)
    assert told("request_taken_up") == {new_request.contact.email}
    assert asking.take_up(request=new_request, by=adviser) == taken
    assert Activity.objects.filter(verb="request_taken_up").count() == 1


def test_the_second_adviser_hears_who_was_first(new_request: Any, adviser: Any, other_adviser: Any) -> None:
    asking.take_up(request=new_request, by=adviser)
    with pytest.raises(asking.RequestRefused, match="Adviseur"):
        asking.take_up(request=new_request, by=other_adviser)


def test_who_hands_back_tells_the_others(asked: Any, adviser: Any, other_adviser: Any) -> None:
    back = asking.hand_back(request=asked, by=adviser)
    assert (back.status, back.adviser) == (RequestStatus.NEW, None)
    assert told("request_new") == {other_adviser.email}


def test_a_request_with_a_concept_stays_with_its_adviser(concept: Any, adviser: Any) -> None:
    with pytest.raises(asking.RequestRefused):
        asking.hand_back(request=concept.request, by=adviser)


@pytest.mark.parametrize("reason", ["", "  "])
def test_closing_needs_a_reason(asked: Any, adviser: Any, reason: str) -> None:
    for close in (asking.decline, asking.withdraw):
        with pytest.raises(asking.RequestRefused):
            close(request=asked, by=adviser, reason=reason)


def test_declining_withdraws_what_was_sent(sent: Any, adviser: Any, coordinator: Any) -> None:
    asking.decline(request=sent.request, by=adviser, reason="Geen tijd.")
    sent.refresh_from_db()
    assert (sent.status, sent.request.status) == (ProposalStatus.WITHDRAWN, RequestStatus.DECLINED)
    assert told("request_declined") == {sent.request.contact.email, coordinator.email}


def test_the_municipality_does_not_go_on(sent: Any) -> None:
    asking.withdraw(request=sent.request, by=sent.request.contact, reason="Te duur.")
    sent.refresh_from_db()
    assert (sent.status, sent.request.status) == (ProposalStatus.DECLINED, RequestStatus.WITHDRAWN)
    assert told("request_withdrawn") == {sent.request.adviser.email}


CLOSED = [RequestStatus.DECLINED, RequestStatus.WITHDRAWN]


@pytest.mark.parametrize("status", CLOSED)
@pytest.mark.parametrize("act", ["take_up", "hand_back", "decline", "withdraw"])
def test_what_is_closed_stays_closed(status: str, act: str, in_scope: Any, adviser: Any) -> None:
    closed = TrajectoryRequestFactory(status=status, adviser=adviser, reason="Te duur.")
    words = {"reason": "Toch niet."} if act in {"decline", "withdraw"} else {}
    with pytest.raises((TransitionRefused, asking.RequestRefused)):
        getattr(asking, act)(request=closed, by=adviser, **words)
    closed.refresh_from_db()
    assert closed.status == status


@pytest.mark.parametrize("status", [RequestStatus.PROPOSED, RequestStatus.CHANGES_ASKED])
def test_with_a_proposal_it_is_not_handed_back(status: str, in_scope: Any, adviser: Any) -> None:
    request = TrajectoryRequestFactory(status=status, adviser=adviser)
    ProposalFactory(request=request, status=ProposalStatus.SENT, sent_at=timezone.now())
    with pytest.raises(asking.RequestRefused):
        asking.hand_back(request=request, by=adviser)


@pytest.mark.django_db(transaction=True)
def test_of_two_advisers_at_once_one_takes_it_up(municipality: Any) -> None:
    request = TrajectoryRequestFactory(municipality=municipality)
    advisers = [UserFactory(is_adviser=True), UserFactory(is_adviser=True)]
    barrier, outcomes = threading.Barrier(2), []

    def take(by: Any) -> None:
        try:
            with scope(municipality=municipality):
                barrier.wait()
                asking.take_up(request=request, by=by)
                outcomes.append("taken")
        except asking.RequestRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(by,)) for by in advisers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
