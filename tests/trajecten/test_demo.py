"""The demo as a newcomer gets it: loaded once, complete, and without anything of real people."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import schouwen
from buurtschouw.domain.queries import figures
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Answer, ApiKey, Category, Note, Report, Schouw
from trajecten import registry
from trajecten.demo import people
from trajecten.domain import steps
from trajecten.domain.agenda import matching
from trajecten.domain.dashboards import representation, trajectory_health
from trajecten.domain.house_style.theme import check_contrast
from trajecten.domain.overview import pages
from trajecten.enums import CommitmentStatus, CouncilStatus, Moderation, NotificationState, VerdictValue
from trajecten.models import (
    Attachment,
    Commitment,
    CouncilItem,
    Enrolment,
    Municipality,
    Notification,
    Participant,
    StaffInvitation,
    StepRecord,
    Trajectory,
    User,
    Verdict,
)


def load(*options: str) -> str:
    said = StringIO()
    call_command("load_demo", *options, stdout=said, stderr=StringIO())
    return said.getvalue()


@pytest.fixture(scope="module")
def media(tmp_path_factory: Any) -> Any:
    return tmp_path_factory.mktemp("demo-media")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, media: Any) -> Iterator[str]:
    """The demo, loaded once for all tests here and gone after them; gives what the command said."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True, MEDIA_ROOT=media):
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def in_demo(loaded: str, media: Any, settings: Any) -> Iterator[Municipality]:
    """Within Polderwijk; what a test changes is undone."""
    settings.DEMO, settings.MEDIA_ROOT, settings.STAFF_SECOND_FACTOR = True, media, False
    polderwijk = people.municipality(people.POLDERWIJK)
    with transaction.atomic(), scope(municipality=polderwijk):
        yield polderwijk
        transaction.set_rollback(True)


def walk(title: str) -> Schouw:
    return Schouw.objects.select_related("trajectory").get(trajectory__title=title)


def rows_per_table() -> dict[str, int]:
    ours = [
        model
        for app in ("trajecten", "buurtschouw", "budget", "account")
        for model in apps.get_app_config(app).get_models()
    ]
    with scopes_disabled():
        return {model._meta.label: model._base_manager.count() for model in ours}


def files_in(folder: Any) -> int:
    return sum(len(names) for _folder, _folders, names in os.walk(folder))


@pytest.mark.django_db
def test_is_refused_outside_demo_mode(settings: Any) -> None:
    settings.DEMO = False
    before = Municipality.objects.count(), User.objects.count()
    with pytest.raises(CommandError):
        load()
    assert (Municipality.objects.count(), User.objects.count()) == before


@pytest.mark.parametrize("options", [(), ("--again",)])
def test_a_second_run_changes_nothing(in_demo: Municipality, media: Any, options: tuple[str, ...]) -> None:
    before, files = rows_per_table(), files_in(media)
    load(*options)
    assert rows_per_table() == before
    assert files_in(media) == files


def test_again_brings_back_what_is_gone(in_demo: Municipality) -> None:
    User.objects.filter(email="beheer@example.org").delete()
    load()
    assert not User.objects.filter(email="beheer@example.org").exists()
    load("--again")
    assert User.objects.get(email="beheer@example.org").is_superuser


def test_says_who_can_sign_in_and_where(loaded: str) -> None:
    assert all(person.email in loaded and person.name in loaded for person in people.PEOPLE)
    assert "/account/login/" in loaded
    assert "/postbus/" in loaded


def test_every_account_can_sign_in_by_code(in_demo: Municipality) -> None:
    users = set(User.objects.values_list("email", flat=True))
    invited = set(StaffInvitation.objects.values_list("user__email", flat=True))
    assert users - invited == {person.email for person in people.PEOPLE}
    ready = EmailAddress.objects.filter(verified=True, primary=True)
    assert set(ready.values_list("email", flat=True)) == users
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_no_mail_can_reach_anybody(in_demo: Municipality) -> None:
    found = [
        address
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.EmailField)
        for address in model._base_manager.exclude(**{f"{field.name}__in": [""]}).values_list(
            field.name, flat=True
        )
    ]
    assert len(found) > 100
    assert {address.partition("@")[2] for address in found if address} == {"example.org"}


def test_what_went_to_the_council_is_in_every_state(in_demo: Municipality) -> None:
    assert set(CouncilItem.objects.values_list("status", flat=True)) == set(CouncilStatus)
    in_part = CouncilItem.objects.get(status=CouncilStatus.PARTLY, budget_amendment=None)
    assert {line.decision for line in in_part.lines.all()} == {"adopted", "changed", "rejected"}
    assert in_part.lines.filter(commitment__isnull=False).count() == 2
    assert in_part.origins.exists()
    assert [match.title for match in matching.proposals()] == [
        "Motie Meer bomen in het Havenkwartier (burgerinitiatief)"
    ]


def test_both_municipalities_take_part_in_colours_that_can_be_read(in_demo: Municipality) -> None:
    both = {municipality.code: municipality for municipality in Municipality.objects.participating()}
    assert set(both) == {people.POLDERWIJK, people.VEENRADE}
    for municipality in both.values():
        assert check_contrast(municipality.theme) == []
        assert municipality.background.size > 100_000
    assert both[people.POLDERWIJK].theme != both[people.VEENRADE].theme


def test_a_town_in_the_middle_of_it(in_demo: Municipality) -> None:
    walks = Trajectory.objects.filter(method_key="buurtschouw")
    a_year_before = f"Voorjaarsschouw Vogelweide {walk('Voorjaarsschouw Vogelweide').walk_at.year - 1}"
    where = {trajectory.title: trajectory.current_step for trajectory in walks}
    assert where == {
        "Voorjaarsschouw Vogelweide": "",
        a_year_before: "",
        "Schouw De Linde": "feedback",
        "Schouw Oostpolder": "walk",
        "Schouw Centrum en Havenkwartier": "preparation",
    }
    assert walk("Voorjaarsschouw Vogelweide").trajectory.status == "evaluated"
    assert [str(schouw) for schouw in schouwen.accepting_reports()] == ["Schouw Oostpolder"]
    assert timezone.now() < walk("Schouw Oostpolder").walk_at < timezone.now() + timedelta(days=8)
    missing = steps.unmet(trajectory=walk("Schouw Centrum en Havenkwartier").trajectory)
    assert [reason.key for reason in missing] == ["team"]


def test_no_gate_of_a_walk_was_set_aside(in_demo: Municipality) -> None:
    records = StepRecord.objects.filter(trajectory__method_key="buurtschouw")
    assert records.count() == 21
    assert set(records.values_list("reason", flat=True)) == {""}


def test_every_method_has_a_trajectory_with_planned_days(in_demo: Municipality) -> None:
    planned = Trajectory.objects.filter(starts_on__isnull=False, ends_on__isnull=False)
    assert set(planned.values_list("method_key", flat=True)) == {method.key for method in registry.methods()}


def test_trajectories_go_in_every_way(in_demo: Municipality) -> None:
    found = Trajectory.objects.exclude(method_key="buurtschouw")
    healths = trajectory_health.of(found)
    assert {trajectory.title: str(healths[trajectory.pk].state) for trajectory in found} == {
        "Samen aan zet in Polderwijk": "on_track",
        "Volg het geld: armoede": "on_track",
        "Jeugd aan zet met het geld": "on_track",
        "Buurtbudget De Linde": "on_track",
        "Zorg en hulp dichtbij": "on_track",
        "Een veilig Stationsplein": "late",
        "Buurttuin Kruidenhof": "stalled",
        "Jongeren van Polderwijk aan het woord": "on_track",
    }
    assert StepRecord.objects.filter(event="skipped").count() == 1
    overridden = StepRecord.objects.exclude(overridden=[])
    assert sorted(overridden.values_list("trajectory__title", "step")) == [
        ("Buurtbudget De Linde", "alternative"),
        ("Buurtbudget De Linde", "programmes"),
        ("Buurtbudget De Linde", "themes"),
    ]


def test_reports_of_three_months_in_every_state(in_demo: Municipality) -> None:
    reports = Report.objects.all()
    assert 255 <= reports.count() <= 295
    by_status = Counter(reports.values_list("status", flat=True))
    assert set(by_status) == set(ReportStatus.values)
    assert by_status["new"] >= 8
    assert len(set(reports.values_list("text", flat=True))) >= 150
    assert reports.filter(area__isnull=True).exclude(point__isnull=True).count() == 0
    assert len(set(reports.values_list("category", flat=True))) == 9
    assert reports.filter(created_at__gt=timezone.now()).count() == 0
    numbers = reports.order_by("created_at").values_list("pk", flat=True)
    assert list(numbers) == sorted(numbers)


def test_what_officials_did(in_demo: Municipality) -> None:
    assert Answer.objects.count() > 300
    assert Note.objects.count() > 20
    assert Report.objects.exclude(assigned_to=None).count() > 80
    answered = Report.objects.filter(first_answer_at__isnull=False)
    published = answered.filter(moderation=Moderation.PUBLISHED).count()
    assert 0.6 < published / answered.count() < 0.95
    assert "{" not in "".join(Answer.objects.values_list("message", flat=True))
    assert not Answer.objects.filter(by=None).exists()


def test_what_residents_said_of_it(in_demo: Municipality) -> None:
    counted = figures.of_queue()
    assert counted.new >= 8
    assert counted.overdue >= 3
    assert counted.returned >= 3
    assert counted.verdicts >= 60
    values = Counter(Verdict.objects.values_list("value", flat=True))
    shares = {value: values[value] / sum(values.values()) for value in VerdictValue}
    assert 0.6 < shares["yes"] < 0.8
    assert 0.08 < shares["partly"] < 0.25
    assert 0.08 < shares["no"] < 0.25
    assert Report.objects.filter(supports__gte=10).exists()


def test_promises_are_kept_and_broken(in_demo: Municipality) -> None:
    promises = Commitment.objects.all()
    open_ones = promises.filter(status=CommitmentStatus.PROMISED)
    assert promises.filter(status=CommitmentStatus.DONE).count() > 30
    assert open_ones.filter(deadline__gte=timezone.localdate()).exists()
    assert open_ones.filter(deadline__lt=timezone.localdate()).exists()
    assert pages.promises().made > 0


def test_photos_are_shown_clean(in_demo: Municipality) -> None:
    photos = list(Attachment.objects.all())
    assert 20 <= len(photos) <= 40
    assert all(isinstance(photo.target, Report) for photo in photos)
    with photos[0].image.open("rb") as file:
        assert file.read(3) == b"\xff\xd8\xff"


def test_only_a_handful_of_mail_waits(in_demo: Municipality) -> None:
    waiting = Notification.objects.filter(state=NotificationState.QUEUED)
    found = sorted((row.key, (row.user or row.participant).email) for row in waiting)
    assert found == [
        ("buurtschouw.report_answered", "bewoner2@example.org"),
        ("buurtschouw.report_came_back", "behandelaar.polderwijk@example.org"),
        ("buurtschouw.report_closed", "bewoner@example.org"),
        ("buurtschouw.report_received", "bewoner@example.org"),
        ("buurtschouw.report_reopened", "bewoner@example.org"),
        ("buurtschouw.supported_closed", "steun1.gm9901@example.org"),
    ]
    assert Notification.objects.filter(state=NotificationState.SENT).count() > 250


def test_the_neighbour_has_its_own(in_demo: Municipality) -> None:
    with scope(municipality=people.municipality(people.VEENRADE)):
        assert Report.objects.count() == 9
        assert Category.objects.count() == 4
        missing = steps.unmet(trajectory=walk("Schouw Dorpsstraat").trajectory)
        assert [reason.key for reason in missing] == ["area"]


@pytest.mark.parametrize(
    ("address", "path", "something"),
    [
        ("behandelaar.polderwijk", "/polderwijk/werk/meldingen/", "Losse stoeptegels bij de ingang"),
        ("groen.polderwijk", "/polderwijk/werk/meldingen/", "Haag in de bocht"),
        ("verkeer.polderwijk", "/polderwijk/werk/meldingen/", "/polderwijk/werk/meldingen/"),
        ("griffier.polderwijk", "/polderwijk/werk/meldingen/", "Losse stoeptegels bij de ingang"),
        ("griffier.polderwijk", "/polderwijk/werk/raad/", "Meer bomen in het Havenkwartier"),
        ("coordinator.polderwijk", "/polderwijk/werk/schouwen/", "Schouw Centrum en Havenkwartier"),
        ("behandelaar.veenrade", "/veenrade/werk/meldingen/", "Dorpsstraat"),
        ("coordinator.veenrade", "/veenrade/werk/schouwen/", "Schouw Dorpsstraat"),
        ("adviseur", "/advies/", "Schouw Dorpsstraat"),
        ("adviseur2", "/advies/", "Voorjaarsschouw Vogelweide"),
        ("bewoner", "/polderwijk/overzicht/", "De lantaarn naast het zebrapad"),
        ("bewoner2", "/polderwijk/overzicht/", "Voor mijn winkel staan"),
        ("beheer", "/polderwijk/werk/meldingen/", "Losse stoeptegels bij de ingang"),
    ],
)
def test_every_dashboard_has_something(
    in_demo: Municipality, address: str, path: str, something: str
) -> None:
    browser = Client()
    browser.force_login(people.account(address), backend="django.contrib.auth.backends.ModelBackend")
    shown = browser.get(path)
    assert shown.status_code == 200
    assert something in shown.content.decode()


def test_everybody_sees_what_became_of_things(in_demo: Municipality) -> None:
    front = Client().get(reverse("municipality", kwargs={"gemeente": "polderwijk"}))
    assert front.status_code == 200
    assert len(front.context["ways"]) == 3
    assert len(front.context["results"]) == 4
    assert Participant.objects.filter(user=None).count() > 60


def test_people_take_part_by_all_four_ways_and_some_wait(in_demo: Municipality) -> None:
    oostpolder = Enrolment.objects.filter(trajectory__title="Schouw Oostpolder")
    ways = Counter(oostpolder.values_list("origin", flat=True))
    assert set(ways) == {"mail", "poster", "self", "paper"}
    assert (oostpolder.in_places().count(), oostpolder.waiting().count()) == (9, 4)
    assert (
        oostpolder.filter(participant__email__isnull=False)
        .exclude(participant__email__endswith="@example.org")
        .count()
        == 0
    )


def test_one_district_is_hardly_at_the_table(in_demo: Municipality) -> None:
    found = representation.of_municipality()
    assert {each.name for each in found.missing[:2]} == {"Westerkoog", "Buitengebied"}
    assert found.missing[0].tone == "hardly"


def test_two_themes_ask_more_and_people_answered(in_demo: Municipality) -> None:
    asked = Category.objects.filter(questions__is_active=True).distinct()
    assert sorted(asked.values_list("name", flat=True)) == ["Stoep en straat", "Verlichting"]
    assert Report.objects.exclude(facts=[]).count() > 10


def test_one_system_has_a_key_that_nobody_knows(in_demo: Municipality) -> None:
    key = ApiKey.objects.get()
    assert (key.may_report, key.may_update, key.last_used_at) == (True, False, None)
    page = Client().get(f"/{in_demo.slug}/open311/").content.decode()
    assert key.prefix not in page
    assert key.name not in page
