"""Who works for a municipality: inviting, roles, teams, stopping; and the log."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.signals import user_logged_in
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import (
    ActivityFactory,
    CommitmentFactory,
    StaffInvitationFactory,
    StaffRoleFactory,
    TeamFactory,
)
from trajecten.domain import lookups
from trajecten.domain.staffing import inviting, people, roles
from trajecten.domain.staffing.refusals import StaffRefused
from trajecten.domain.telling import delivering
from trajecten.enums import Role
from trajecten.models import Activity, Notification, StaffInvitation, StaffRole, Team, User

TEAM = "/polderwijk/werk/team/"


def roles_of(user, municipality):
    return set(StaffRole.objects.filter(user=user, municipality=municipality).values_list("role", flat=True))


# -- Inviting


def test_who_signs_in_with_the_address_has_the_role(coordinator_client, in_scope, rf):
    sent = {"email": "Nieuw@Example.org", "name": "Nieuwe collega", "role": "handler"}
    assert coordinator_client.post(f"{TEAM}uitnodigen/", sent).status_code == 302
    delivering.deliver_due()
    assert [message.to for message in mail.outbox] == [["nieuw@example.org"]]
    user = User.objects.get(email="nieuw@example.org")
    assert roles_of(user, in_scope) == set()  # not before somebody proved to read it
    user_logged_in.send(User, request=rf.get("/"), user=user)
    assert roles_of(user, in_scope) == {"handler"}
    assert StaffInvitation.objects.get().accepted_at
    user_logged_in.send(User, request=rf.get("/"), user=user)
    assert Activity.objects.filter(verb="staff_accepted").count() == 1


@pytest.mark.parametrize("state", [{"withdrawn_at": 0}, {"expires_at": -1}])
def test_an_invitation_that_is_over_gives_nothing(in_scope, state):
    moments = {name: timezone.now() + timedelta(days=days) for name, days in state.items()}
    invitation = StaffInvitationFactory(**moments)
    assert inviting.accept_all(user=invitation.user) == 0
    assert roles_of(invitation.user, in_scope) == set()


def test_inviting_again_renews_it_and_mails_once_a_day(in_scope, coordinator):
    for _time in range(2):
        inviting.invite(
            municipality=in_scope, email="nieuw@example.org", name="", role=Role.CLERK, by=coordinator
        )
    assert StaffInvitation.objects.count() == 1
    assert Notification.objects.count() == 1


def test_who_has_the_role_is_not_invited(in_scope, coordinator, handler):
    with pytest.raises(StaffRefused) as refused:
        inviting.invite(
            municipality=in_scope, email=handler.email, name="", role=Role.HANDLER, by=coordinator
        )
    assert refused.value.field == "email"


def test_a_withdrawn_invitation_sends_no_mail(in_scope, coordinator):
    invitation = inviting.invite(
        municipality=in_scope, email="nieuw@example.org", name="", role=Role.CLERK, by=coordinator
    )
    inviting.withdraw(invitation=invitation, by=coordinator)
    delivering.deliver_due()
    assert mail.outbox == []


def test_an_existing_account_keeps_its_name(in_scope, coordinator, resident):
    inviting.invite(
        municipality=in_scope, email=resident.email, name="Ander", role=Role.CLERK, by=coordinator
    )
    resident.refresh_from_db()
    assert resident.name == "Bewoner"
    assert not EmailAddress.objects.filter(user=resident).exists()


def test_a_wrong_address_is_refused_with_what_was_typed(coordinator_client):
    refused = coordinator_client.post(f"{TEAM}uitnodigen/", {"email": "geen", "name": "Iemand"})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"email", "role"}
    assert 'value="Iemand"' in refused.content.decode()


# -- Roles


def test_roles_count_at_once(coordinator_client, handler, in_scope):
    coordinator_client.post(f"{TEAM}mensen/{handler.pk}/", {"roles": ["clerk", "coordinator"]})
    assert roles_of(handler, in_scope) == {"clerk", "coordinator"}
    details = Activity.objects.get(verb="staff_roles_changed").details
    assert details == {"user": handler.pk, "from": ["handler"], "to": ["clerk", "coordinator"]}


@pytest.mark.parametrize("sent", [{"roles": ["handler"]}, {}])
def test_the_last_coordinator_stays_one(coordinator_client, coordinator, in_scope, sent):
    refused = coordinator_client.post(f"{TEAM}mensen/{coordinator.pk}/", sent)
    assert refused.status_code == 422
    assert roles_of(coordinator, in_scope) == {"coordinator"}


def test_a_coordinator_whose_account_is_closed_does_not_count(coordinator, in_scope):
    StaffRoleFactory(user__is_active=False, municipality=in_scope, role=Role.COORDINATOR)
    with pytest.raises(StaffRefused):
        roles.revoke(official=coordinator, municipality=in_scope, by=coordinator)


def test_somebody_of_elsewhere_is_not_found(coordinator_client, other_official, resident):
    for user in (other_official, resident):
        assert coordinator_client.get(f"{TEAM}mensen/{user.pk}/").status_code == 404


# -- Stopping


def test_access_goes_at_once_with_sessions_roles_and_teams(
    coordinator_client, handler, handler_client, in_scope
):
    team = TeamFactory(members=[handler])
    assert handler_client.get("/polderwijk/werk/meldingen/").status_code == 200
    coordinator_client.post(f"{TEAM}mensen/{handler.pk}/stopt/", {})
    assert roles_of(handler, in_scope) == set()
    assert not team.members.exists()
    assert "/login/" in handler_client.get("/polderwijk/werk/meldingen/").headers["Location"]


def test_open_work_is_handed_over(coordinator_client, handler, coordinator, schouw, in_scope, english):
    report = ReportFactory(schouw=schouw, assigned_to=handler)
    closed = ReportFactory(schouw=schouw, assigned_to=handler, done=True)
    promise = CommitmentFactory(trajectory=schouw.trajectory, owner=handler)
    kept = CommitmentFactory(trajectory=schouw.trajectory, owner=handler, status="done")
    page = coordinator_client.get(f"{TEAM}mensen/{handler.pk}/").content.decode()
    assert "Open promises: 1" in page
    assert "Reports to answer: 1" in page

    refused = coordinator_client.post(f"{TEAM}mensen/{handler.pk}/stopt/", {})
    assert refused.status_code == 422
    assert roles_of(handler, in_scope) == {"handler"}

    coordinator_client.post(f"{TEAM}mensen/{handler.pk}/stopt/", {"to": coordinator.pk})
    for row in (report, closed, promise, kept):
        row.refresh_from_db()
    assert (report.assigned_to, closed.assigned_to) == (coordinator, handler)
    assert (promise.owner, kept.owner) == (coordinator, handler)
    turn = promise.updates.get()
    assert (promise.version, turn.handed_over, turn.by) == (2, True, coordinator)
    logged = Activity.objects.get(verb="promise_handed_over")
    assert logged.details == {"from": handler.pk, "to": coordinator.pk}


def test_reports_may_be_nobody_s(coordinator, handler, schouw, in_scope):
    report = ReportFactory(schouw=schouw, assigned_to=handler)
    roles.revoke(official=handler, municipality=in_scope, by=coordinator)
    report.refresh_from_db()
    assert report.assigned_to is None


def test_work_stays_with_who_may_do_it(coordinator_client, handler, schouw, in_scope, english):
    CommitmentFactory(trajectory=schouw.trajectory, owner=handler)
    page = f"{TEAM}mensen/{handler.pk}/"
    assert coordinator_client.post(page, {"roles": ["clerk"]}).status_code == 422
    assert roles_of(handler, in_scope) == {"handler"}
    assert coordinator_client.post(page, {"roles": ["clerk", "handler"]}).status_code == 302


def test_work_goes_to_nobody_of_elsewhere(coordinator, handler, other_official, clerk, in_scope):
    for to in (other_official, handler, clerk):
        with pytest.raises(StaffRefused):
            roles.revoke(official=handler, municipality=in_scope, by=coordinator, to=to)


def test_roles_elsewhere_stay(coordinator, handler, other_municipality, in_scope):
    StaffRoleFactory(user=handler, municipality=other_municipality)
    roles.revoke(official=handler, municipality=in_scope, by=coordinator)
    assert roles_of(handler, other_municipality) == {"handler"}


# -- Teams and the list


def test_a_team_has_a_name_of_its_own(coordinator_client, handler, in_scope):
    coordinator_client.post(f"{TEAM}groepen/nieuw/", {"name": "Groen", "members": [handler.pk]})
    team = Team.objects.get()
    assert list(team.members.all()) == [handler]
    refused = coordinator_client.post(f"{TEAM}groepen/nieuw/", {"name": "Groen"})
    assert refused.status_code == 422
    coordinator_client.post(f"{TEAM}groepen/{team.pk}/", {"name": "Bomen"})
    team.refresh_from_db()
    assert (team.name, team.members.count()) == ("Bomen", 0)


def test_a_team_takes_nobody_of_elsewhere(coordinator_client, other_official):
    refused = coordinator_client.post(
        f"{TEAM}groepen/nieuw/", {"name": "Groen", "members": [other_official.pk]}
    )
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["members"])


def test_the_list_tells_of_second_factor_and_last_seen(coordinator_client, coordinator, handler, report):
    TeamFactory(name="Groen", members=[handler])
    lookups.record(target=report, by=handler)
    found = {official.user.name: official for official in coordinator_client.get(TEAM).context["officials"]}
    assert found[coordinator.name].has_second_factor
    assert not found[handler.name].has_second_factor
    assert found[handler.name].teams == ("Groen",)
    assert found[handler.name].roles == (Role.HANDLER,)
    assert found[handler.name].seen_at == Activity.objects.get(verb="looked_up").at


def asked_for(browser, address):
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_the_list_asks_as_often_for_thirty_as_for_one(coordinator_client, in_scope):
    TeamFactory(members=[StaffRoleFactory(municipality=in_scope).user])
    StaffInvitationFactory()
    asked_for(coordinator_client, TEAM)
    one = asked_for(coordinator_client, TEAM)
    for role in StaffRoleFactory.create_batch(29, municipality=in_scope):
        TeamFactory(members=[role.user])
        StaffInvitationFactory(user=role.user)
    assert asked_for(coordinator_client, TEAM) == one < 20
    assert len(people.officials(in_scope)) == 31


# -- The log


def test_the_log_tells_who_looked_at_what(coordinator_client, report, handler, coordinator):
    lookups.record(target=report, by=handler)
    lookups.record(target=report, by=coordinator)
    ActivityFactory(target=report, verb="answered", actor_user=handler)

    def lines(query=""):
        return coordinator_client.get(f"/polderwijk/werk/logboek/{query}").context["lines"]

    assert [line.who for line in lines()] == [coordinator.name, handler.name]
    assert str(report.pk) in lines()[0].what
    assert lines()[0].url == f"/polderwijk/werk/meldingen/{report.pk}/"
    assert [line.who for line in lines(f"?official={handler.pk}")] == [handler.name]
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert lines(f"?first_day={tomorrow}") == []
    assert len(lines(f"?last_day={timezone.localdate()}")) == 2
    assert len(lines("?first_day=0001-01-01&last_day=9999-12-31")) == 2
    assert len(lines("?act=all")) == 2  # answering a report stands on its own page
    assert len(lines("?act=nonsense&official=x&first_day=gisteren")) == 2


def test_the_log_asks_as_often_for_thirty_as_for_one(coordinator_client, schouw, category, handler):
    lookups.record(target=ReportFactory(schouw=schouw, category=category), by=handler)
    asked_for(coordinator_client, "/polderwijk/werk/logboek/")
    one = asked_for(coordinator_client, "/polderwijk/werk/logboek/")
    for report in ReportFactory.create_batch(29, schouw=schouw, category=category):
        lookups.record(target=report, by=handler)
    assert asked_for(coordinator_client, "/polderwijk/werk/logboek/") == one < 20
