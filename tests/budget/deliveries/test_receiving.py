"""A delivery of an official: put away, read by a job, taken up again when that dies, and refused or kept whole."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from budget import tasks
from budget.domain.deliveries import importing, receiving, telling
from budget.domain.deliveries.reading.kinds import Asked
from budget.models import Alert, Budget, BudgetLine, Delivery
from tests.factories.budget_monitor import AmendmentLineFactory, figures
from tests.mails import composed
from tests.standins.statistics import Statistics
from trajecten.models import Notification

pytestmark = pytest.mark.django_db
HEAD = "gm_code,jaar,verslagsoort,taakveld,lasten_x1000,kleur\n"


@pytest.fixture
def deliver(in_scope: Any, coordinator: Any) -> Any:
    def deliver(body: str, **asked: Any) -> Delivery:
        file = SimpleUploadedFile("cijfers.csv", (HEAD + body.replace("OWN", in_scope.code)).encode())
        return receiving.receive(municipality=in_scope, by=coordinator, file=file, asked=Asked(**asked))

    return deliver


def test_a_delivery_waits_and_is_read_by_a_job(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,rood\n", kind="amended")
    assert (made.state, made.file.storage.exists(made.file.name)) == ("waiting", True)
    name = made.file.name

    tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert (made.state, made.format, made.rows, made.tries) == ("done", "csv", 1, 1)
    assert "kleur" in made.notes[0]
    assert Budget.objects.get().kind == "amended"
    assert (made.file.name, made.file.storage.exists(name)) == ("", False)


def test_wrong_rows_refuse_all_of_it_and_stay_to_be_read(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,\nOWN,2026,begroting,6.4,vijf,\n")
    tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert (made.state, bool(made.file)) == ("refused", False)
    assert [(one["row"], one["column"], one["value"]) for one in made.errors] == [(3, "lasten_x1000", "vijf")]
    assert not Budget.objects.exists()


def test_figures_of_another_municipality_are_refused_with_the_row(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,\nGM0001,2026,begroting,6.4,5,\n")
    tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert made.state == "refused"
    assert [(one["row"], one["value"]) for one in made.errors] == [(3, "GM0001")]
    assert not Budget.objects.exists()


def test_of_very_many_mistakes_the_last_line_says_how_many_more(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,9.9,5,\n" * 300)
    tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert len(made.errors) == 201
    assert "100" in made.errors[-1]["reason"]


@pytest.mark.parametrize(
    ("first", "told"), [("5", [5]), ("1.000", [2, 4, 5])], ids=["in order", "in two ways"]
)
def test_a_job_says_how_far_it_is(
    first: str, told: list[int], deliver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is read by the column when all of it has been, else every so many rows."""
    seen = []
    monkeypatch.setattr("budget.domain.deliveries.reading.csv_rows.EVERY", 2)
    real = receiving._saying

    def saying(delivery: Delivery) -> Any:
        say = real(delivery)

        def both(rows: int) -> None:
            say(rows)
            seen.append(Delivery.objects.values_list("state", "rows_read").get(pk=delivery.pk))

        return both

    monkeypatch.setattr(receiving, "_saying", saying)
    amounts = (first, "5.0", "5", "5", "5")
    made = deliver("".join(f"OWN,2026,begroting,{m}.1,{n},\n" for m, n in enumerate(amounts, start=1)))
    tasks.read_delivery(made.pk)
    assert seen == [("reading", rows) for rows in told]


def test_what_a_dead_job_left_is_taken_up_again_and_nothing_is_half_in(
    deliver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,\n")

    def dies(*args: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("budget.domain.deliveries.keeping.copy_lines", dies)
        with pytest.raises(SystemExit):
            tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert (made.state, BudgetLine.objects.count()) == ("reading", 0)

    tasks.finish_deliveries()
    assert Delivery.objects.get(pk=made.pk).state == "reading"
    Delivery.objects.update(heard_at=timezone.now() - receiving.SILENT - timedelta(seconds=1))
    tasks.finish_deliveries()
    assert Delivery.objects.get(pk=made.pk).state == "done"
    assert BudgetLine.objects.count() == 1


def test_what_kills_its_job_again_and_again_is_refused(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,\n")
    long_ago = timezone.now() - timedelta(hours=1)
    Delivery.objects.filter(pk=made.pk).update(state="reading", tries=receiving.MAX_TRIES, heard_at=long_ago)
    tasks.finish_deliveries()
    made.refresh_from_db()
    assert (made.state, len(made.errors)) == ("refused", 1)


def test_what_waited_because_the_broker_was_away_is_read(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,\n")
    tasks.finish_deliveries()
    assert Delivery.objects.get(pk=made.pk).state == "waiting"
    Delivery.objects.update(at=timezone.now() - timedelta(minutes=5))
    tasks.finish_deliveries()
    assert Delivery.objects.get(pk=made.pk).state == "done"


def test_a_job_for_what_has_ended_does_nothing(deliver: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,5,\n")
    tasks.read_delivery(made.pk)
    tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert (made.state, made.tries, made.outcome[0]["did"]) == ("done", 1, "made")


def test_a_job_that_was_thought_dead_keeps_nothing_after_another(deliver: Any) -> None:
    """Its own ending comes after that of the job that took over: the outcome of that one stays."""
    made = deliver("OWN,2026,begroting,6.3,5,\n")
    slow = receiving._claimed(made.pk)
    found = receiving._read(slow)
    Delivery.objects.update(heard_at=timezone.now() - timedelta(hours=1))
    tasks.read_delivery(made.pk)
    receiving._keep(slow, found)
    made.refresh_from_db()
    assert made.outcome[0]["did"] == "made"
    assert Budget.objects.count() == 1


def test_a_year_of_statistics_netherlands_is_of_the_own_municipality(
    in_scope: Any, coordinator: Any, settings: Any
) -> None:
    row = {"TaakveldBalanspost": "6.3", "Categorie": "L1.1", "Verslagsoort": "2026X000", "k_1ePlaatsing_1": 5}
    with Statistics() as running:
        settings.CBS_CATALOG_URL = running.url
        running.tables["45078NED"] = [{**row, "Gemeenten": code} for code in (in_scope.code, "GM0001")]
        made = receiving.ask_statistics(municipality=in_scope, by=coordinator, year=2026)
        assert receiving.ask_statistics(municipality=in_scope, by=coordinator, year=2026) == made
        tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert (made.state, made.format) == ("done", "cbs")
    assert Budget.objects.get().expenditure == 5000


def test_a_workbook_is_read_from_storage(in_scope: Any, coordinator: Any) -> None:
    from tests.budget.deliveries.test_xlsx import INFO, workbook

    info = [row if row[1] != "Nummer" else ["", "Nummer", in_scope.code.removeprefix("GM")] for row in INFO]
    file = SimpleUploadedFile("iv3.xlsx", io.BytesIO(workbook(info=info)).getvalue())
    made = receiving.receive(municipality=in_scope, by=coordinator, file=file, asked=Asked())
    tasks.read_delivery(made.pk)
    made.refresh_from_db()
    assert (made.state, made.format, made.rows) == ("done", "iv3_xlsx", 8)


def followed(municipality: Any) -> None:
    """An adopted amount on task field 6.3, of which half a million is planned in 2026."""
    AmendmentLineFactory()
    figures(municipality, 2026, plan={"6.3": 500_000})


def test_realised_figures_give_a_signal_on_adopted_money_at_once(deliver: Any, in_scope: Any) -> None:
    followed(in_scope)
    made = deliver("OWN,2026,2026X002,6.3,100,\n", period=2)
    tasks.read_delivery(made.pk)
    assert Delivery.objects.get(pk=made.pk).state == "done"
    alert = Alert.objects.get()
    assert (alert.signal, alert.year, alert.period, alert.basis) == ("under", 2026, 2, "field")
    assert Notification.objects.filter(key="budget.money_signal").exists()


def test_what_was_refused_gives_no_signal(deliver: Any, in_scope: Any) -> None:
    followed(in_scope)
    tasks.read_delivery(deliver("OWN,2026,2026X002,6.3,honderd,\n", period=2).pk)
    assert not Alert.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_figures_from_the_command_line_give_a_signal_too(in_scope: Any, tmp_path: Any) -> None:
    followed(in_scope)
    path = tmp_path / "cijfers.csv"
    path.write_text(f"{HEAD}{in_scope.code},2026,2026X002,6.3,100,\n")
    importing.import_files(paths=[str(path)], asked=Asked(period=2))
    assert Alert.objects.get().signal == "under"


def told() -> list[Notification]:
    return list(Notification.objects.filter(key=telling.ENDED))


@pytest.mark.usefixtures("english")
def test_who_delivered_many_rows_is_told_what_became_of_them(
    deliver: Any, coordinator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "LARGE", 2)
    small = deliver("OWN,2026,begroting,6.3,5,\n")
    tasks.read_delivery(small.pk)
    assert told() == []
    large = deliver("OWN,2027,begroting,6.3,5,\nOWN,2027,begroting,6.4,5,\n")
    for _twice in range(2):
        tasks.read_delivery(large.pk)
    (row,) = told()
    assert row.user == coordinator
    row.user.language = "en"
    mail = composed(row)
    assert mail.subject == "Your figures have been read: cijfers.csv"
    assert "have been read: 1 budget made." in mail.body
    assert f"/polderwijk/begroting/werk/cijfers/{large.pk}/" in mail.body


@pytest.mark.usefixtures("english")
def test_who_waited_long_is_told_that_it_was_refused(deliver: Any, coordinator: Any) -> None:
    made = deliver("OWN,2026,begroting,6.3,vijf,\nOWN,2026,begroting,6.4,zes,\n")
    Delivery.objects.update(at=timezone.now() - timedelta(minutes=5))
    tasks.finish_deliveries()
    assert Delivery.objects.get(pk=made.pk).state == "refused"
    (row,) = told()
    row.user.language = "en"
    mail = composed(row)
    assert mail.subject == "Your figures were refused: cijfers.csv"
    assert "because something in them is wrong. Nothing of them was kept." in mail.body


def test_who_does_not_work_here_any_more_is_not_told(deliver: Any, coordinator: Any) -> None:
    deliver("OWN,2026,begroting,6.3,5,\n")
    Delivery.objects.update(at=timezone.now() - timedelta(minutes=5))
    coordinator.is_active = False
    coordinator.save()
    tasks.finish_deliveries()
    assert told() == []
