"""Writing and sending a proposal: versions, and what holds it up."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.trajecten.proposals.test_asking import told
from trajecten.domain.proposals import asking, drafting, sending
from trajecten.domain.steps import PlannedStep
from trajecten.enums import ProposalStatus, RequestStatus
from trajecten.models import Notification, Proposal
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.django_db


def keep(proposal: Any, by: Any, **words: Any) -> Proposal:
    given = {
        "title": "Buurtschouw",
        "introduction": "",
        "changed": "",
        "areas": [],
        "steps": [PlannedStep("walk", starts_on=date(2027, 2, 13), text="Bij daglicht.")],
        "sessions": [drafting.PlannedSession("Start", day=date(2027, 1, 12))],
        "duties": [drafting.Duty("Gemeente", "Nodigt uit.")],
        "lines": [drafting.PriceLine("Dag", Decimal("1.50"), Decimal("900"), 21)],
        "valid_until": timezone.localdate() + timedelta(days=10),
        "contact_may_decide": True,
        **words,
    }
    return drafting.keep(proposal=proposal, by=by, **given)


def test_a_first_concept_has_every_step_of_the_method(asked: Any, adviser: Any) -> None:
    concept = drafting.draft(request=asked, by=adviser)
    assert (concept.version, concept.status) == (1, ProposalStatus.CONCEPT)
    assert [step.key for step in drafting.plan_of(concept).steps] == ["preparation", "walk", "feedback"]
    assert drafting.draft(request=asked, by=adviser) == concept


def test_nothing_is_proposed_before_the_request_is_taken_up(new_request: Any, adviser: Any) -> None:
    with pytest.raises(TransitionRefused):
        drafting.draft(request=new_request, by=adviser)


def test_keeping_a_concept(concept: Any, adviser: Any) -> None:
    kept = keep(concept, adviser)
    assert [str(line) for line in kept.lines.all()] == ["Dag"]
    assert [session.title for session in kept.sessions.all()] == ["Start"]
    assert kept.roles == [{"who": "Gemeente", "does": "Nodigt uit."}]
    assert set(kept.tailoring["steps"]) == {"preparation", "walk", "feedback"}
    assert drafting.plan_of(kept).of("walk") == PlannedStep(
        "walk", starts_on=date(2027, 2, 13), text="Bij daglicht."
    )


def test_what_was_sent_stays_as_it_is(sent: Any, adviser: Any) -> None:
    with pytest.raises(asking.RequestRefused):
        keep(sent, adviser)


def test_sending_tells_the_contact_and_the_coordinators_once(
    concept: Any, adviser: Any, coordinator: Any
) -> None:
    for _time in range(2):
        sending.send(proposal=concept, by=adviser)
    assert told("proposal_sent") == {concept.request.contact.email, coordinator.email}
    assert Notification.objects.filter(key="trajecten.proposal_sent").count() == 2


def test_what_is_missing_holds_it_up(concept: Any, adviser: Any) -> None:
    kept = keep(concept, adviser, steps=[], lines=[], valid_until=timezone.localdate() - timedelta(days=1))
    assert len(sending.missing(kept)) == 2
    with pytest.raises(asking.RequestRefused):
        sending.send(proposal=kept, by=adviser)


def test_a_new_version_replaces_the_one_before_which_stays_readable(sent: Any, adviser: Any) -> None:
    second = drafting.draft(request=sent.request, by=adviser)
    assert (second.version, second.title, second.lines.count(), second.sessions.count()) == (
        2,
        sent.title,
        1,
        1,
    )
    with pytest.raises(asking.RequestRefused):
        sending.send(proposal=second, by=adviser)  # it does not say what is different
    second.changed = "Een dag minder."
    second.save()
    sending.send(proposal=second, by=adviser)
    sent.refresh_from_db()
    assert (sent.status, sent.lines.count()) == (ProposalStatus.REPLACED, 1)


def test_renewing_moves_the_last_day(sent: Any, adviser: Any) -> None:
    later = sent.valid_until + timedelta(days=30)
    assert sending.renew(proposal=sent, by=adviser, valid_until=later).valid_until == later
    assert sent.request.contact.email in told("proposal_renewed")


def test_renewing_to_a_day_that_has_passed_is_refused(sent: Any, adviser: Any) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=60)), pytest.raises(asking.RequestRefused):
        sending.renew(proposal=sent, by=adviser, valid_until=sent.valid_until + timedelta(days=1))


def test_a_concept_can_t_be_renewed(concept: Any, adviser: Any) -> None:
    with pytest.raises(asking.RequestRefused):
        sending.renew(proposal=concept, by=adviser, valid_until=concept.valid_until)


def test_withdrawing_brings_the_request_back_to_the_adviser(sent: Any, adviser: Any) -> None:
    with pytest.raises(asking.RequestRefused):
        sending.withdraw(proposal=sent, by=adviser, reason=" ")
    withdrawn = sending.withdraw(proposal=sent, by=adviser, reason="Er zit een fout in.")
    sent.request.refresh_from_db()
    assert (withdrawn.status, sent.request.status) == (ProposalStatus.WITHDRAWN, RequestStatus.TAKEN_UP)
    assert sent.request.contact.email in told("proposal_withdrawn")
    assert drafting.draft(request=sent.request, by=adviser).version == 2


@pytest.mark.parametrize(
    "status", [ProposalStatus.ACCEPTED, ProposalStatus.REPLACED, ProposalStatus.DECLINED]
)
def test_what_was_answered_can_t_be_withdrawn(sent: Any, adviser: Any, status: str) -> None:
    Proposal.objects.filter(pk=sent.pk).update(status=status, answered_by="Naam", answered_at=timezone.now())
    with pytest.raises(TransitionRefused):
        sending.withdraw(proposal=sent, by=adviser, reason="Fout.")
