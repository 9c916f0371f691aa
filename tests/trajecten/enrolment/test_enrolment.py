"""Who takes part: coming in, the waiting list, roles, leaving, inviting, and what stays after a merge."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from tests.factories.core import ParticipantFactory, TrajectoryFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory
from tests.mails import composed
from trajecten import registry
from trajecten.domain import participants
from trajecten.domain.enrolment import inviting, joining, leaving, queries, room
from trajecten.domain.enrolment.joining import Introduction
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.enums import EnrolmentOrigin, EnrolmentRole, EnrolmentStatus, ParticipantKind, TrajectoryStatus
from trajecten.models import Activity, Consent, Enrolment, Invitation, Notification, Participant, Trajectory
from trajecten.models.enrolment import CODE_ALPHABET, new_code
from trajecten.transitions import TransitionRefused

ACTIVE, WAITING, INVITED, LEFT = "active", "waiting", "invited", "left"
NOBODY = Introduction()


@pytest.fixture
def trajectory(in_scope: Any) -> Trajectory:
    """Open to everybody, with two places."""
    return TrajectoryFactory(is_open_for_enrolment=True, max_members=2)


@pytest.fixture
def come(trajectory: Trajectory) -> Callable[..., Enrolment]:
    """Somebody signs up by themselves as a guest."""

    def come(email: str, **about: Any) -> Enrolment:
        return joining.sign_up_as_guest(
            trajectory=trajectory, email=email, language="nl", about=Introduction(**about)
        )

    return come


def statuses() -> list[str]:
    return list(Enrolment.objects.order_by("id").values_list("status", flat=True))


def told(participant: Participant | None = None) -> list[str]:
    rows = Notification.objects.order_by("id")
    rows = rows.filter(participant=participant) if participant else rows
    return list(rows.values_list("key", flat=True))


def code_of(refused: Any) -> str:
    return refused.value.code


# -- Coming in ------------------------------------------------------------------------------------------------


def test_a_guest_signs_up_with_an_address(come: Any, areas: Any) -> None:
    enrolment = come("Eva@Example.org", display_name="Eef", kind="entrepreneur", home_area=areas[1])
    participant = Participant.objects.get()
    assert (participant.email, participant.display_name) == ("eva@example.org", "Eef")
    assert (participant.kind, participant.home_area) == (ParticipantKind.ENTREPRENEUR, areas[1])
    assert (enrolment.status, enrolment.role, enrolment.origin) == (ACTIVE, "member", "self")
    assert told() == ["trajecten.joined"]
    assert Consent.objects.get().participant == participant
    assert Activity.objects.get(verb="joined").actor_participant == participant


def test_a_form_that_comes_twice_enrols_once_and_mails_once(come: Any) -> None:
    assert come("eva@example.org").pk == come("eva@example.org").pk
    assert (statuses(), told()) == ([ACTIVE], ["trajecten.joined"])


def test_who_lost_the_mail_gets_it_again_the_next_day(come: Any) -> None:
    with time_machine.travel("2026-11-02 12:00", tick=False):
        come("eva@example.org")
        come("eva@example.org")
    with time_machine.travel("2026-11-03 12:00", tick=False):
        come("eva@example.org")
    assert told() == ["trajecten.joined"] * 2
    assert statuses() == [ACTIVE]


def test_a_trajectory_that_is_not_open_is_for_the_invited(come: Any, trajectory: Trajectory) -> None:
    Trajectory.objects.update(is_open_for_enrolment=False)
    with pytest.raises(EnrolmentRefused) as refused:
        come("eva@example.org")
    assert code_of(refused) == "closed"
    assert not Participant.objects.exists()


@pytest.mark.parametrize("status", ["evaluated", "archived"])
def test_a_trajectory_takes_people_while_it_goes_on(come: Any, trajectory: Trajectory, status: str) -> None:
    Trajectory.objects.update(status=TrajectoryStatus(status))
    with pytest.raises(EnrolmentRefused) as refused:
        come("eva@example.org")
    assert code_of(refused) == "over"


def test_nobody_changes_what_is_known_of_somebody_by_typing_their_address(come: Any, areas: Any) -> None:
    known = ParticipantFactory(email="eva@example.org", display_name="Eva", home_area=areas[0])
    come("eva@example.org", display_name="Trol", home_area=areas[1])
    with_account = ParticipantFactory(email="sam@example.org", user=UserFactory())
    come("sam@example.org", display_name="Trol", kind="executive", home_area=areas[1])
    for row in (known, with_account):
        row.refresh_from_db()
    assert (known.display_name, known.home_area) == ("Eva", areas[0])
    assert (with_account.display_name, with_account.kind, with_account.home_area) == ("", "resident", None)


def test_who_is_signed_in_may_change_the_own_name_and_area(trajectory: Trajectory, areas: Any) -> None:
    me = ParticipantFactory(display_name="Eva", user=UserFactory(), home_area=areas[0])
    joining.sign_up(trajectory=trajectory, participant=me, about=Introduction("Eef", "", areas[1]))
    me.refresh_from_db()
    assert (me.display_name, me.kind, me.home_area) == ("Eef", "resident", areas[1])


# -- On paper -------------------------------------------------------------------------------------------------


@pytest.fixture
def on_paper(trajectory: Trajectory, coordinator: Any) -> Callable[..., Enrolment]:
    def on_paper(name: str, email: str = "", key: uuid.UUID | None = None) -> Enrolment:
        return joining.register_on_paper(
            trajectory=trajectory,
            key=key or uuid.uuid4(),
            email=email,
            about=Introduction(name, "resident"),
            role="member",
            by=coordinator,
        )

    return on_paper


def test_on_paper_one_needs_no_address(on_paper: Any, coordinator: Any) -> None:
    enrolment = on_paper("Mw. Jansma")
    assert (enrolment.origin, enrolment.registered_by, enrolment.is_on_paper) == ("paper", coordinator, True)
    assert (enrolment.participant.email, told()) == (None, [])


def test_the_same_paper_form_is_registered_once(on_paper: Any) -> None:
    key = uuid.uuid4()
    assert on_paper("Mw. Jansma", key=key) == on_paper("Mw. Jansma", key=key)
    on_paper("Dhr. Jansma", key=key)
    assert sorted(Participant.objects.values_list("display_name", flat=True)) == ["Dhr. Jansma", "Mw. Jansma"]


def test_who_is_in_already_is_not_registered_again(on_paper: Any, come: Any) -> None:
    come("eva@example.org")
    with pytest.raises(EnrolmentRefused) as refused:
        on_paper("Eva", "eva@example.org")
    assert code_of(refused) == "inside"


# -- The waiting list -----------------------------------------------------------------------------------------


def test_who_comes_when_it_is_full_waits_in_order(come: Any) -> None:
    people = [come(f"p{n}@example.org") for n in range(4)]
    assert statuses() == [ACTIVE, ACTIVE, WAITING, WAITING]
    assert [queries.place_in_line(person) for person in people] == [0, 0, 1, 2]
    assert told() == ["trajecten.joined"] * 2 + ["trajecten.waits"] * 2


def test_the_first_in_line_moves_up_when_somebody_leaves(come: Any) -> None:
    people = [come(f"p{n}@example.org") for n in range(4)]
    leaving.leave(enrolment=people[0], by=people[0].participant)
    assert statuses() == [LEFT, ACTIVE, ACTIVE, WAITING]
    assert told(people[2].participant) == ["trajecten.waits", "trajecten.moved_up"]
    assert told(people[0].participant) == ["trajecten.joined", "trajecten.left"]


def test_who_waited_and_leaves_gives_no_place(come: Any) -> None:
    people = [come(f"p{n}@example.org") for n in range(4)]
    leaving.leave(enrolment=people[2], by=people[2].participant)
    assert statuses() == [ACTIVE, ACTIVE, LEFT, WAITING]


def test_who_comes_back_stands_at_the_end(come: Any) -> None:
    people = [come(f"p{n}@example.org") for n in range(3)]
    leaving.leave(enrolment=people[0], by=people[0].participant)
    again = come("p0@example.org")
    assert (again.pk, again.status, again.turn) == (people[0].pk, WAITING, 2)


def test_observers_and_facilitators_take_no_place(trajectory: Trajectory) -> None:
    EnrolmentFactory.create_batch(2, trajectory=trajectory, role=EnrolmentRole.OBSERVER)
    EnrolmentFactory(trajectory=trajectory, role=EnrolmentRole.FACILITATOR)
    EnrolmentFactory(trajectory=trajectory, role=EnrolmentRole.CORE_GROUP)
    assert room.free(trajectory) == 1


def test_the_maximum_of_the_method_holds_whatever_the_trajectory_says(
    come: Any, trajectory: Trajectory, coordinator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    method = registry.method("buurtschouw")
    monkeypatch.setattr(registry, "method", lambda _key: replace(method, max_members=1))
    assert [come(f"p{n}@example.org").status for n in range(2)] == [ACTIVE, WAITING]
    with pytest.raises(EnrolmentRefused) as refused:
        room.arrange(trajectory=trajectory, is_open=True, max_members=2, by=coordinator)
    assert code_of(refused) == "too_many"


def test_more_places_let_in_who_waits_and_fewer_send_nobody_away(
    come: Any, trajectory: Trajectory, coordinator: Any
) -> None:
    for n in range(4):
        come(f"p{n}@example.org")
    room.arrange(trajectory=trajectory, is_open=False, max_members=3, by=coordinator)
    assert statuses() == [ACTIVE, ACTIVE, ACTIVE, WAITING]
    room.arrange(trajectory=trajectory, is_open=False, max_members=1, by=coordinator)
    assert statuses() == [ACTIVE, ACTIVE, ACTIVE, WAITING]
    room.arrange(trajectory=trajectory, is_open=False, max_members=None, by=coordinator)
    assert statuses() == [ACTIVE] * 4


@pytest.mark.django_db(transaction=True)
def test_of_several_who_ask_for_the_last_place_at_once_one_gets_it(municipality: Any) -> None:
    trajectory = TrajectoryFactory(is_open_for_enrolment=True, max_members=2)
    EnrolmentFactory(trajectory=trajectory)

    def come(number: int) -> str:
        try:
            with scope(municipality=municipality):
                return joining.sign_up_as_guest(
                    trajectory=trajectory, email=f"p{number}@example.org", language="nl", about=NOBODY
                ).status
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(come, range(6)))
    assert outcomes == [ACTIVE] + [WAITING] * 5


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_moment_enrols_once(municipality: Any) -> None:
    trajectory = TrajectoryFactory(is_open_for_enrolment=True)

    def come(_number: int) -> int:
        try:
            with scope(municipality=municipality):
                return joining.sign_up_as_guest(
                    trajectory=trajectory, email="eva@example.org", language="nl", about=NOBODY
                ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(come, range(4)))) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_let_in_two(municipality: Any) -> None:
    trajectory = TrajectoryFactory(max_members=2)
    inside = EnrolmentFactory.create_batch(2, trajectory=trajectory)
    EnrolmentFactory.create_batch(3, trajectory=trajectory, waiting=True)

    def go(enrolment: Enrolment) -> None:
        try:
            with scope(municipality=municipality):
                leaving.leave(enrolment=enrolment, by=enrolment.participant)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(go, inside))
    with scope(municipality=municipality):
        assert statuses() == [LEFT, LEFT, ACTIVE, ACTIVE, WAITING]


# -- Roles and being taken out --------------------------------------------------------------------------------


def test_who_is_taken_out_gets_the_reason(come: Any, coordinator: Any) -> None:
    enrolment = leaving.take_out(
        enrolment=come("eva@example.org"), reason=" Vol gescholden. ", by=coordinator
    )
    assert (enrolment.status, enrolment.left_reason) == (LEFT, "Vol gescholden.")
    row = Notification.objects.get(key="trajecten.taken_out")
    assert "Vol gescholden." in composed(row).body


def test_without_a_reason_nobody_is_taken_out(come: Any, coordinator: Any) -> None:
    with pytest.raises(EnrolmentRefused) as refused:
        leaving.take_out(enrolment=come("eva@example.org"), reason="  ", by=coordinator)
    assert (code_of(refused), statuses()) == ("no_reason", [ACTIVE])


def test_who_is_out_can_t_be_taken_out_again(come: Any, coordinator: Any) -> None:
    enrolment = come("eva@example.org")
    leaving.leave(enrolment=enrolment, by=enrolment.participant)
    leaving.leave(enrolment=enrolment, by=enrolment.participant)
    with pytest.raises(TransitionRefused):
        leaving.take_out(enrolment=enrolment, reason="Weg.", by=coordinator)


def test_a_role_without_place_makes_room(come: Any, coordinator: Any) -> None:
    people = [come(f"p{n}@example.org") for n in range(3)]
    leaving.change_role(enrolment=people[0], role="observer", by=coordinator)
    assert statuses() == [ACTIVE] * 3
    with pytest.raises(EnrolmentRefused) as refused:
        leaving.change_role(enrolment=people[0], role="member", by=coordinator)
    assert code_of(refused) == "full"


def test_who_waits_comes_in_with_a_role_that_needs_no_place(come: Any, coordinator: Any) -> None:
    people = [come(f"p{n}@example.org") for n in range(3)]
    leaving.change_role(enrolment=people[2], role="facilitator", by=coordinator)
    assert statuses() == [ACTIVE] * 3
    assert told(people[2].participant) == ["trajecten.waits", "trajecten.moved_up"]


# -- Inviting -------------------------------------------------------------------------------------------------


@pytest.fixture
def invite(trajectory: Trajectory, coordinator: Any) -> Callable[..., inviting.Invited]:
    def invite(*addresses: str, role: str = "member") -> inviting.Invited:
        return inviting.invite(trajectory=trajectory, addresses=addresses, role=role, by=coordinator)

    return invite


def accept(invitation: Invitation) -> Enrolment:
    return joining.accept(invitation=invitation, participant=invitation.participant, about=NOBODY)


def test_the_invited_come_in_with_their_role(invite: Any) -> None:
    assert invite("eva@example.org", "eva@example.org", role="core_group").sent == ["eva@example.org"]
    assert statuses() == [INVITED]
    enrolment = accept(Invitation.objects.get())
    assert (enrolment.status, enrolment.role, enrolment.origin) == (ACTIVE, "core_group", "mail")
    assert told() == ["trajecten.invited", "trajecten.joined"]


def test_who_is_in_already_is_not_invited(invite: Any, come: Any) -> None:
    come("eva@example.org")
    outcome = invite("eva@example.org", "sam@example.org")
    assert (outcome.sent, outcome.inside) == (["sam@example.org"], ["eva@example.org"])


def test_inviting_again_sends_a_new_link_and_ends_the_first(invite: Any) -> None:
    invite("eva@example.org")
    first = Invitation.objects.get().code
    invite("eva@example.org")
    again = Invitation.objects.get()
    assert (again.code != first, again.sent, statuses()) == (True, 2, [INVITED])
    assert told() == ["trajecten.invited"] * 2


def test_who_left_can_be_invited_again(invite: Any, come: Any, coordinator: Any) -> None:
    enrolment = come("eva@example.org")
    enrolment = leaving.leave(enrolment=enrolment, by=enrolment.participant)
    inviting.invite_again(enrolment=enrolment, by=coordinator)
    assert statuses() == [INVITED]
    assert accept(Invitation.objects.get()).turn == 2


def test_a_withdrawn_invitation_lets_nobody_in(invite: Any, coordinator: Any) -> None:
    invite("eva@example.org")
    invitation = inviting.revoke(invitation=Invitation.objects.get(), by=coordinator)
    assert statuses() == []
    with pytest.raises(EnrolmentRefused) as refused:
        accept(invitation)
    assert code_of(refused) == "revoked"


def test_an_invitation_expires(invite: Any) -> None:
    invite("eva@example.org")
    with time_machine.travel(timezone.now() + inviting.VALID + timedelta(minutes=1)):
        with pytest.raises(EnrolmentRefused) as refused:
            accept(Invitation.objects.get())
        assert code_of(refused) == "expired"


def test_a_personal_link_lets_one_person_in(invite: Any) -> None:
    invite("eva@example.org")
    invitation = Invitation.objects.get()
    me = ParticipantFactory(email="werk@example.org", user=UserFactory())
    enrolment = joining.accept(invitation=invitation, participant=me, about=NOBODY)
    assert [row.participant for row in Enrolment.objects.all()] == [me]
    with pytest.raises(EnrolmentRefused) as refused:
        accept(invitation)
    assert code_of(refused) == "used"
    assert joining.accept(invitation=invitation, participant=me, about=NOBODY) == enrolment


def test_a_poster_lets_in_many_and_counts_them(trajectory: Trajectory) -> None:
    poster = InvitationFactory(trajectory=trajectory)
    for address in ("eva@example.org", "sam@example.org", "eva@example.org"):
        joining.accept_as_guest(invitation=poster, email=address, language="nl", about=NOBODY)
    poster.refresh_from_db()
    assert (poster.uses, statuses()) == (2, [ACTIVE, ACTIVE])
    assert set(Enrolment.objects.values_list("origin", flat=True)) == {EnrolmentOrigin.POSTER}


def test_a_withdrawn_code_keeps_who_came_by_it(trajectory: Trajectory, coordinator: Any) -> None:
    poster = InvitationFactory(trajectory=trajectory)
    joining.accept_as_guest(invitation=poster, email="eva@example.org", language="nl", about=NOBODY)
    inviting.revoke(invitation=poster, by=coordinator)
    assert statuses() == [ACTIVE]
    with pytest.raises(EnrolmentRefused):
        joining.accept_as_guest(invitation=poster, email="sam@example.org", language="nl", about=NOBODY)
    assert list(Participant.objects.values_list("email", flat=True)) == ["eva@example.org"]


def test_a_poster_needs_a_day_to_come(trajectory: Trajectory, coordinator: Any) -> None:
    with pytest.raises(EnrolmentRefused) as refused:
        inviting.make_poster(
            trajectory=trajectory, label="", role="member", expires_at=timezone.now(), by=coordinator
        )
    assert code_of(refused) == "past"


def test_codes_are_readable_and_long_enough() -> None:
    code = new_code()
    assert (len(code), set(code) <= set(CODE_ALPHABET)) == (8, True)
    assert not set(CODE_ALPHABET) & set("01ILOaeiou")


# -- A guest who makes an account -----------------------------------------------------------------------------


@pytest.fixture
def merge(in_scope: Any, resident: Any) -> Callable[[], Participant]:
    """The account takes part in Polderwijk already; a guest with its other address becomes it."""
    mine = ParticipantFactory(email="eerste@example.org", user=resident)
    ParticipantFactory(email="tweede@example.org")

    def merge() -> Participant:
        participants.adopt_guests(user=resident, email="tweede@example.org")
        return mine

    return merge


def mine() -> Participant:
    return Participant.objects.get(email="eerste@example.org")


def guest() -> Participant:
    return Participant.objects.get(email="tweede@example.org")


def test_what_a_guest_joined_becomes_the_account_s(merge: Any, trajectory: Trajectory) -> None:
    enrolment = EnrolmentFactory(trajectory=trajectory, participant=guest())
    InvitationFactory(trajectory=trajectory, mail=True, participant=guest())
    account = merge()
    assert [row.pk for row in account.enrolments.all()] == [enrolment.pk]
    assert account.invitations.count() == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"),
    [
        ({"left": True}, {}, (ACTIVE, "member")),
        ({}, {"left": True}, (ACTIVE, "member")),
        ({"invited": True}, {}, (ACTIVE, "member")),
        ({"role": "observer"}, {"role": "facilitator"}, (ACTIVE, "facilitator")),
        ({"role": "core_group"}, {"role": "facilitator", "left": True}, (ACTIVE, "core_group")),
    ],
)
def test_of_two_enrolments_what_stands_most_is_kept(
    merge: Any, trajectory: Trajectory, ours: Any, theirs: Any, kept: Any
) -> None:
    enrolment = EnrolmentFactory(trajectory=trajectory, participant=mine(), **ours)
    EnrolmentFactory(trajectory=trajectory, participant=guest(), **theirs)
    account = merge()
    (row,) = Enrolment.objects.all()
    assert (row.pk, row.participant) == (enrolment.pk, account)
    assert (row.status, row.role) == kept


def test_the_longest_wait_counts(merge: Any, trajectory: Trajectory) -> None:
    since = timezone.now() - timedelta(days=3)
    EnrolmentFactory.create_batch(2, trajectory=trajectory)
    EnrolmentFactory(trajectory=trajectory, participant=mine(), waiting=True)
    EnrolmentFactory(trajectory=trajectory, participant=guest(), waiting=True, waiting_since=since)
    account = merge()
    assert account.enrolments.get().waiting_since == since


def test_where_both_had_a_place_one_comes_free(merge: Any, trajectory: Trajectory) -> None:
    EnrolmentFactory(trajectory=trajectory, participant=mine())
    EnrolmentFactory(trajectory=trajectory, participant=guest())
    first = EnrolmentFactory(trajectory=trajectory, waiting=True)
    merge()
    first.refresh_from_db()
    assert first.status == EnrolmentStatus.ACTIVE


def test_two_invitations_become_one(merge: Any, trajectory: Trajectory) -> None:
    kept = InvitationFactory(trajectory=trajectory, mail=True, participant=mine())
    InvitationFactory(trajectory=trajectory, mail=True, participant=guest(), uses=1)
    merge()
    assert [(row.pk, row.uses) for row in Invitation.objects.all()] == [(kept.pk, 1)]


# -- Mails ----------------------------------------------------------------------------------------------------


def test_every_mail_can_be_made(come: Any, invite: Any, coordinator: Any, trajectory: Trajectory) -> None:
    invite("gast@example.org")
    people = [come(f"p{n}@example.org") for n in range(3)]
    for row in Notification.objects.filter(
        key__in=["trajecten.joined", "trajecten.waits", "trajecten.invited"]
    ):
        assert trajectory.title in composed(row).subject
    leaving.take_out(enrolment=people[0], reason="Verhuisd.", by=coordinator)
    leaving.leave(enrolment=people[1], by=people[1].participant)
    for row in Notification.objects.filter(
        key__in=["trajecten.moved_up", "trajecten.left", "trajecten.taken_out"]
    ):
        assert trajectory.title in composed(row).body


def test_a_mail_that_lost_its_meaning_is_not_sent(come: Any, invite: Any, coordinator: Any) -> None:
    invite("gast@example.org")
    inviting.revoke(invitation=Invitation.objects.get(), by=coordinator)
    enrolment = come("eva@example.org")
    leaving.leave(enrolment=enrolment, by=enrolment.participant)
    for key in ("trajecten.invited", "trajecten.joined"):
        with pytest.raises(registry.NothingToSay):
            composed(Notification.objects.get(key=key))
