"""Who does what before and during the walk, what becomes of it when they go, and how long it is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtschouw.domain.preparing import roles, tasks
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.enums import Duty
from buurtschouw.models import WalkRole, WalkTask
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import ParticipantFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.preparing import WalkRoleFactory, WalkTaskFactory
from trajecten import registry
from trajecten.domain import participants
from trajecten.domain.my_data import erasing, export
from trajecten.domain.retention import running
from trajecten.enums import TrajectoryStatus
from trajecten.models import Activity

pytestmark = pytest.mark.usefixtures("english", "in_scope")

TODAY = timezone.localdate


def member(schouw, **fields):
    return EnrolmentFactory(trajectory=schouw.trajectory, **fields).participant


# -- Tasks ----------------------------------------------------------------------------------------------------


def test_what_must_be_done_first_stands_on_top(schouw, coordinator):
    later, none, soon = (
        WalkTaskFactory(schouw=schouw, due_on=day)
        for day in (TODAY() + timedelta(days=9), None, TODAY() - timedelta(days=1))
    )
    done = tasks.mark(task=WalkTaskFactory(schouw=schouw), is_done=True, by=coordinator)
    assert list(tasks.of(schouw)) == [soon, later, none, done]
    assert [task.is_overdue for task in tasks.of(schouw)] == [True, False, False, False]


def test_an_impatient_thumb_adds_one_task(schouw, coordinator):
    resident = member(schouw)
    for _again in range(2):
        made = tasks.add(
            schouw=schouw, by=coordinator, text=" Soep maken ", owner=tasks.Owner(participant=resident)
        )
    assert WalkTask.objects.get() == made
    assert made.text == "Soep maken"
    tasks.mark(task=made, is_done=True, by=coordinator)
    again = tasks.add(
        schouw=schouw, by=coordinator, text="Soep maken", owner=tasks.Owner(participant=resident)
    )
    assert again != made


def test_only_who_takes_part_gets_a_task(schouw, coordinator):
    gone = EnrolmentFactory(trajectory=schouw.trajectory, left=True).participant
    for outsider in (ParticipantFactory(), gone):
        with pytest.raises(PreparationRefused, match="does not take part") as refused:
            tasks.add(schouw=schouw, by=coordinator, text="Iets", owner=tasks.Owner(participant=outsider))
        assert refused.value.field == "owner"
    kept = WalkTaskFactory(schouw=schouw, owner_participant=gone)
    changed = tasks.change(
        task=kept, by=coordinator, text="Anders", owner=tasks.Owner(participant=gone), due_on=TODAY()
    )
    assert (changed.text, changed.owner_participant) == ("Anders", gone)


def test_a_resident_ticks_off_their_own_task_and_no_other(schouw):
    resident = member(schouw)
    mine = WalkTaskFactory(schouw=schouw, owner_participant=resident)
    for _again in range(2):
        assert tasks.mark(task=mine, is_done=True, by=resident).is_done
    assert Activity.objects.filter(verb="task_done").count() == 1
    assert not tasks.mark(task=mine, is_done=False, by=resident).is_done
    with pytest.raises(PreparationRefused, match="not your task"):
        tasks.mark(task=WalkTaskFactory(schouw=schouw), is_done=True, by=resident)


def test_nothing_changes_in_the_archive(schouw, coordinator):
    schouw.trajectory.status = TrajectoryStatus.ARCHIVED
    schouw.trajectory.save()
    task = WalkTaskFactory(schouw=schouw)
    for act in (
        lambda: tasks.add(schouw=schouw, by=coordinator, text="Iets"),
        lambda: tasks.mark(task=task, is_done=True, by=coordinator),
        lambda: tasks.remove(task=task, by=coordinator),
    ):
        with pytest.raises(PreparationRefused, match="archive"):
            act()


def test_a_task_has_one_owner_in_the_database(schouw):
    with pytest.raises(IntegrityError, match="walk_task_one_owner"), transaction.atomic():
        WalkTaskFactory(schouw=schouw, owner=UserFactory(), owner_participant=ParticipantFactory())


def test_what_lies_with_an_official_who_stops_is_handed_over(schouw, handler, coordinator):
    task, done = (WalkTaskFactory(schouw=schouw, owner=handler) for _n in range(2))
    tasks.mark(task=done, is_done=True, by=coordinator)
    (work,) = [each for each in registry.open_work() if each.key == "buurtschouw.walk_tasks"]
    assert work.count(handler) == 1
    work.hand_over(handler, to=coordinator, by=coordinator)
    task.refresh_from_db()
    done.refresh_from_db()
    assert (task.owner, done.owner) == (coordinator, handler)


# -- Roles ----------------------------------------------------------------------------------------------------


def test_several_people_share_a_role_each_once(schouw, coordinator):
    first, second = (member(schouw) for _n in range(2))
    for participant in (first, second, first):
        roles.give(schouw=schouw, participant=participant, duty="photos", by=coordinator)
    filled = {each.duty: [row.participant for row in each.rows] for each in roles.filled(schouw)}
    assert filled == {Duty.LEADS: [], Duty.NOTES: [], Duty.PHOTOS: [first, second], Duty.TIME: []}
    assert roles.missing(roles.filled(schouw)) == [Duty.LEADS, Duty.NOTES, Duty.TIME]
    roles.take_back(role=WalkRole.objects.get(participant=first), by=coordinator)
    assert [row.participant for row in roles.filled(schouw)[2].rows] == [second]
    with pytest.raises(IntegrityError, match="walk_role_once"), transaction.atomic():
        WalkRoleFactory(schouw=schouw, participant=second, duty="photos")


def test_who_does_not_take_part_has_no_role(schouw, coordinator):
    with pytest.raises(PreparationRefused, match="does not take part"):
        roles.give(schouw=schouw, participant=ParticipantFactory(), duty="time", by=coordinator)
    left = EnrolmentFactory(trajectory=schouw.trajectory, left=True).participant
    WalkRoleFactory(schouw=schouw, participant=left)
    assert roles.missing(roles.filled(schouw)) == list(Duty)
    over = SchouwFactory(step="feedback")
    with pytest.raises(PreparationRefused, match="the walk is over"):
        roles.give(schouw=over, participant=member(over), duty="time", by=coordinator)


def test_the_official_and_the_councillor_are_named(schouw):
    kinds = ("resident", "official", "councillor")
    people = [member(schouw, participant__kind=kind) for kind in kinds]
    assert {row.participant for row in roles.in_office(schouw)} == set(people[1:])


# -- What is kept of people -----------------------------------------------------------------------------------


def test_who_does_what_is_in_the_export_and_goes_with_the_person(schouw):
    me = member(schouw)
    task = WalkTaskFactory(schouw=schouw, owner_participant=me, text="Soep maken")
    WalkRoleFactory(schouw=schouw, participant=me, duty="time")
    kept = {part.key: part.kept for part in export.parts(me)}
    assert [each.title for each in kept["buurtschouw.walk_tasks"]] == ["Soep maken"]
    assert [each.title for each in kept["buurtschouw.walk_roles"]] == ["keeps an eye on the time"]
    erasing.erase(participant=me, words="none")
    task.refresh_from_db()
    assert (task.owner_participant, WalkRole.objects.count()) == (None, 0)


def test_a_year_after_the_walk_nobody_knows_who_did_what(schouw):
    recent = SchouwFactory(walk_at=timezone.now() - timedelta(days=300))
    for walk in (schouw, recent):
        WalkTaskFactory(schouw=walk, owner_participant=member(walk))
        WalkRoleFactory(schouw=walk, participant=member(walk))
    type(schouw).objects.filter(pk=schouw.pk).update(walk_at=timezone.now() - timedelta(days=366))
    assert running.run()
    assert [task.schouw for task in WalkTask.objects.exclude(owner_participant=None)] == [recent]
    assert [role.schouw for role in WalkRole.objects.all()] == [recent]


def test_a_guest_who_becomes_an_account_keeps_task_and_role(schouw, resident):
    guest = member(schouw, participant__email=resident.email)
    mine = ParticipantFactory(user=resident, email=None)
    task = WalkTaskFactory(schouw=schouw, owner_participant=guest)
    for participant in (guest, mine):
        WalkRoleFactory(schouw=schouw, participant=participant)
    participants.adopt_guests(user=resident, email=resident.email)
    task.refresh_from_db()
    assert task.owner_participant == mine
    assert [role.participant for role in WalkRole.objects.all()] == [mine]
