"""The municipality answers: changes, or acceptance, which happens once and makes the trajectory."""

import threading
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django_scopes import scope, scopes_disabled

from tests.factories.core import MunicipalityFactory, ParticipantFactory, UserFactory
from tests.factories.proposals import ProposalFactory, ProposalLineFactory, TrajectoryRequestFactory
from tests.trajecten.proposals.test_asking import told
from trajecten import registry
from trajecten.domain.overview import pages
from trajecten.domain.proposals import asking, deciding, drafting, queries, sending
from trajecten.enums import ProposalStatus, RequestStatus, Role, TrajectoryStatus
from trajecten.models import Notification, Proposal, Trajectory, User
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def accept(proposal: Any, by: Any = None) -> Trajectory:
    return deciding.accept(proposal=proposal, by=by or proposal.request.contact, name="B. Leid")


def test_acceptance_makes_the_trajectory_with_its_steps_planned(
    sent: Any, coordinator: Any, adviser: Any, areas: list[Any]
) -> None:
    made = accept(sent, coordinator)
    sent.refresh_from_db()
    assert (made.status, made.title, made.method_key) == (
        TrajectoryStatus.AGREED,
        sent.title,
        "buurtschouw",
    )
    assert (made.adviser, made.coordinator, list(made.areas.all())) == (adviser, coordinator, areas[:1])
    assert made.tailoring == sent.tailoring
    assert (made.starts_on, made.ends_on) == (date(2027, 1, 11), date(2027, 3, 12))
    assert (sent.status, sent.answered_by, sent.request.trajectory) == (
        ProposalStatus.ACCEPTED,
        "B. Leid",
        made,
    )
    assert [session.title for session in queries.sessions_of(made)] == ["Startbijeenkomst"]


def test_the_method_s_app_makes_its_own_part(sent: Any, coordinator: Any, adviser: Any) -> None:
    made = accept(sent, coordinator)
    assert registry.facts("buurtschouw", made).has_date is False
    with scopes_disabled():
        assert [row.trajectory for row in pages.advised(adviser)] == [made]


def test_both_sides_hear_of_it(sent: Any, coordinator: Any) -> None:
    accept(sent, coordinator)
    assert told("proposal_accepted") == {sent.request.adviser.email}
    assert told("proposal_confirmed") == {sent.request.contact.email, coordinator.email}


def test_accepting_again_gives_the_same_trajectory(sent: Any) -> None:
    first = accept(sent)
    owed = Notification.objects.count()
    assert accept(sent) == first
    assert (Trajectory.objects.count(), Notification.objects.count()) == (1, owed)


def test_a_name_is_needed(sent: Any) -> None:
    with pytest.raises(asking.RequestRefused):
        deciding.accept(proposal=sent, by=sent.request.contact, name=" ")


def test_who_may_not_decide_is_refused(sent: Any, resident: Any, handler: Any, other_official: Any) -> None:
    for by in (resident, handler, other_official, ParticipantFactory()):
        with pytest.raises(deciding.MayNotDecide):
            accept(sent, by)
    Proposal.objects.filter(pk=sent.pk).update(contact_may_decide=False)
    with pytest.raises(deciding.MayNotDecide):
        accept(sent, sent.request.contact)
    assert not Trajectory.objects.exists()


def test_asking_for_changes_and_a_second_version(sent: Any, adviser: Any) -> None:
    contact = sent.request.contact
    with pytest.raises(asking.RequestRefused):
        deciding.ask_changes(proposal=sent, by=contact, name="B. Leid", wanted=" ")
    asked = deciding.ask_changes(proposal=sent, by=contact, name="B. Leid", wanted="Een dag minder.")
    assert (asked.status, asked.wanted) == (ProposalStatus.CHANGES_ASKED, "Een dag minder.")
    assert told("changes_asked") == {adviser.email}
    with pytest.raises(TransitionRefused):
        accept(sent)
    second = drafting.draft(request=sent.request, by=adviser)
    second.changed = "Een dag minder."
    second.save()
    sending.send(proposal=second, by=adviser)
    with pytest.raises(TransitionRefused):
        accept(sent)
    assert accept(second).title == second.title


@pytest.mark.parametrize(
    "status", [ProposalStatus.REPLACED, ProposalStatus.WITHDRAWN, ProposalStatus.DECLINED]
)
def test_what_is_over_gets_no_answer(sent: Any, status: str) -> None:
    Proposal.objects.filter(pk=sent.pk).update(status=status)
    contact = sent.request.contact
    with pytest.raises(TransitionRefused):
        accept(sent)
    with pytest.raises(TransitionRefused):
        deciding.ask_changes(proposal=sent, by=contact, name="B. Leid", wanted="Minder.")


@pytest.mark.parametrize(
    ("moment", "is_valid"),
    [((2027, 3, 31, 23, 59, 59), True), ((2027, 4, 1, 0, 0, 0), False), ((2027, 4, 1, 1, 30, 0), False)],
)
def test_a_proposal_is_valid_through_the_end_of_its_last_day_in_dutch_time(
    sent: Any, moment: tuple[int, ...], is_valid: bool
) -> None:
    """At 1.30 on 1 April in summer time it is still 31 March in UTC."""
    Proposal.objects.filter(pk=sent.pk).update(valid_until=date(2027, 3, 31))
    with time_machine.travel(datetime(*moment, tzinfo=AMSTERDAM), tick=False):
        if is_valid:
            assert accept(sent)
        else:
            with pytest.raises(deciding.ProposalExpired, match="Adviseur"):
                accept(sent)


def test_a_renewed_proposal_can_be_accepted_again(sent: Any, adviser: Any) -> None:
    Proposal.objects.filter(pk=sent.pk).update(valid_until=date(2020, 1, 1))
    with pytest.raises(deciding.ProposalExpired):
        accept(sent)
    sending.renew(proposal=sent, by=adviser, valid_until=date(2099, 1, 1))
    assert accept(sent)


def _elsewhere(**words: Any) -> Proposal:
    municipality = MunicipalityFactory(other=True, is_participating=False)
    with scope(municipality=municipality):
        request = TrajectoryRequestFactory(municipality=municipality, taken_up=True)
        concept = ProposalFactory(request=request, contact_may_decide=True, **words)
        ProposalLineFactory(proposal=concept)
        return sending.send(proposal=concept, by=request.adviser)


def test_a_municipality_that_took_no_part_does_so_from_now_on(db: None) -> None:
    sent = _elsewhere()
    with scope(municipality=sent.municipality):
        made = accept(sent)
    sent.municipality.refresh_from_db()
    user = User.objects.get(email=sent.request.contact.email)
    assert sent.municipality.is_participating
    assert (made.coordinator, user.has_usable_password()) == (user, False)
    assert list(user.staff_roles.values_list("municipality", "role")) == [
        (sent.municipality_id, Role.COORDINATOR)
    ]


def test_an_account_that_is_there_gets_the_role(db: None) -> None:
    sent = _elsewhere()
    known = UserFactory(email=sent.request.contact.email)
    with scope(municipality=sent.municipality):
        assert accept(sent).coordinator == known


def test_the_contact_of_a_municipality_that_takes_part_gets_no_role(sent: Any, coordinator: Any) -> None:
    assert accept(sent).coordinator == coordinator
    assert not User.objects.filter(email=sent.request.contact.email).exists()


def at_once(municipality: Any, *acts: Any) -> list[str]:
    """Do these in threads of their own at the same moment; what came of each, sorted."""
    barrier, outcomes = threading.Barrier(len(acts)), []

    def do(act: Any) -> None:
        try:
            with scope(municipality=municipality):
                barrier.wait()
                act()
                outcomes.append("done")
        except (TransitionRefused, asking.RequestRefused):
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_acceptances_at_once_one_makes_the_trajectory() -> None:
    sent = _elsewhere()
    assert at_once(sent.municipality, *[lambda: accept(sent)] * 4) == ["done"] * 4
    with scopes_disabled():
        assert Trajectory.objects.count() == 1
        assert Notification.objects.filter(key="trajecten.proposal_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepted_or_withdrawn_but_never_both() -> None:
    sent = _elsewhere()
    withdraw = lambda: sending.withdraw(proposal=sent, by=sent.request.adviser, reason="Fout.")  # noqa: E731
    assert at_once(sent.municipality, lambda: accept(sent), withdraw) == ["done", "refused"]
    with scopes_disabled():
        sent.refresh_from_db()
        sent.request.refresh_from_db()
        is_accepted = sent.status == ProposalStatus.ACCEPTED
        assert Trajectory.objects.count() == int(is_accepted)
        assert (sent.request.status == RequestStatus.ACCEPTED) == is_accepted
