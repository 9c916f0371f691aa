"""Figures: working days, percentiles, what is kept per month, and who sees what."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtschouw.domain import following
from buurtschouw.domain.queries import queue
from buurtschouw.domain.queries.figures import of_queue
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.domain.results import taking_part
from buurtschouw.domain.statistics import counting, figures, keeping, tables
from buurtschouw.domain.statistics.tally import MEDIAN, NINETY, percentile
from buurtschouw.enums import CountBy, Measure
from buurtschouw.models import Answer, Counted, MonthCount, Reply, Report, Schouw
from tests.factories.buurtschouw import AnswerFactory, CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import ParticipantFactory, TrajectoryFactory, VerdictFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.ideas import JoiningFactory
from trajecten.demo.past import Past
from trajecten.domain import activities, workdays
from trajecten.models import User, Verdict

pytestmark = pytest.mark.usefixtures("in_scope", "english")


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def reported(
    schouw: Schouw, on: date, *, answered: date | None = None, done: date | None = None, **fields: Any
) -> Report:
    """A report that came in, was answered and done on these days, as its row says."""
    made = ReportFactory(schouw=schouw, **fields)
    moments = {
        "created_at": at(on),
        "first_answer_at": at(answered) if answered else None,
        "closed_at": at(done) if done else None,
        "status": "done" if done else "new",
    }
    Report.objects.filter(pk=made.pk).update(**moments)
    return made


def tell(report: Report) -> None:
    """The log of a while ago tells that something happened to it."""
    with Past().at(timezone.now() - timedelta(minutes=5)):
        activities.record(verb="answered", target=report, by=None)


# -- Formulas --------------------------------------------------------------------------------------------------


def test_the_percentile_is_that_of_postgresql() -> None:
    rng = Random(7)
    for size in (1, 2, 3, 10, 57):
        values = [rng.randrange(30) for _ in range(size)]
        for share in (MEDIAN, NINETY):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT percentile_cont(%s) WITHIN GROUP (ORDER BY v) FROM unnest(%s::int[]) v",
                    [share, values],
                )
                (expected,) = cursor.fetchone()
            assert percentile(Counter(values), share) == pytest.approx(expected)
    assert percentile(Counter(), MEDIAN) is None


@pytest.mark.parametrize(
    ("came_in", "answered", "days"),
    [
        (date(2026, 6, 3), date(2026, 6, 3), 0),  # Wednesday, the same day
        (date(2026, 6, 5), date(2026, 6, 8), 1),  # Friday to Monday
        (date(2026, 6, 6), date(2026, 6, 8), 1),  # Saturday to Monday
        (date(2026, 6, 6), date(2026, 6, 7), 0),  # answered on Sunday
        (date(2026, 4, 3), date(2026, 4, 7), 1),  # over Easter
        (date(2026, 4, 24), date(2026, 5, 4), 5),  # with King's Day
    ],
)
def test_days_are_working_days_after_the_one_on_which_it_came_in(
    schouw: Schouw, came_in: date, answered: date, days: int
) -> None:
    reported(schouw, came_in, answered=answered)
    assert figures.of_walk(schouw).all.counts[Measure.ANSWERED] == {days: 1}
    if days:
        assert workdays.after(came_in, days) == answered


def test_done_is_what_was_closed_as_done_and_solved_what_reporters_say_of_the_last_time(
    schouw: Schouw,
) -> None:
    day = date(2026, 6, 1)
    one = reported(schouw, day, answered=day, done=date(2026, 6, 4), round=2)
    refused = reported(schouw, day, answered=day, done=date(2026, 6, 4), round=1)
    Report.objects.filter(pk=refused.pk).update(status="not_done")
    kind = ContentType.objects.get_for_model(Report)
    for report, round_number, value in ((one, 1, "no"), (one, 2, "yes"), (refused, 1, "no")):
        Verdict.objects.create(
            municipality=schouw.municipality,
            content_type=kind,
            object_id=report.pk,
            round=round_number,
            value=value,
            participant=report.author,
        )
    found = figures.of_walk(schouw).all
    assert (found.received, found.answered, found.done, found.counts[Measure.DONE]) == (2, 2, 1, {3: 1})
    assert (found.verdicts, found.solved, found.solved_share) == (2, 1, 50)


def test_the_share_above_the_queue_its_list_and_the_figures_are_of_the_same_reports(
    schouw: Schouw, handler: User
) -> None:
    """Also with a verdict on an earlier round, two on one round, and one on an idea."""
    day = timezone.localdate()
    again, twice, once = (
        reported(schouw, day, answered=day, done=day, round=round_number) for round_number in (2, 1, 1)
    )
    idea = reported(schouw, day, answered=day, done=day, round=1, kind="idea")
    unjudged = reported(schouw, day, answered=day, done=day, round=2)
    for report, number, value in (
        (again, 1, "no"), (again, 2, "yes"), (twice, 1, "no"), (twice, 1, "yes"),
        (once, 1, "partly"), (idea, 1, "yes"), (unjudged, 1, "no"),
    ):  # fmt: skip
        VerdictFactory(target=report, round=number, value=value)
    counted, above = figures.of_walk(schouw).all, of_queue()
    assert (above.verdicts, above.solved_share) == (counted.verdicts, counted.solved_share) == (3, 67)
    assert of_queue(schouw) == above
    listed = queue.reports(asked=QueueFilter(status="judged"), user=handler)
    assert set(listed) == {again, twice, once}


def test_while_the_clock_stood_still_the_days_do_not_count(schouw: Schouw) -> None:
    made = reported(schouw, date(2026, 6, 1), answered=date(2026, 6, 2), done=date(2026, 6, 15), round=1)
    asked, again = (AnswerFactory(report=made, status="waiting") for _time in range(2))
    gone_on, last = (
        AnswerFactory(report=made, status="in_progress"),
        AnswerFactory(report=made, status="done"),
    )
    for answer, day in ((asked, 2), (again, 8), (gone_on, 10), (last, 15)):
        Answer.objects.filter(pk=answer.pk).update(at=at(date(2026, 6, day)))
    reply = Reply.objects.create(
        municipality=schouw.municipality, report=made, question=asked, text="Nummer 12."
    )
    Reply.objects.filter(pk=reply.pk).update(at=at(date(2026, 6, 4)))
    found = figures.of_walk(schouw).all
    assert (found.counts[Measure.ANSWERED], found.counts[Measure.DONE]) == ({1: 1}, {10 - 2 - 2: 1})


def test_a_report_of_the_last_night_of_a_month_is_of_that_month_in_dutch_time(schouw: Schouw) -> None:
    made = ReportFactory(schouw=schouw)
    Report.objects.filter(pk=made.pk).update(created_at=datetime(2026, 5, 31, 22, 30, tzinfo=UTC))
    assert list(figures.of_walk(schouw).months) == [date(2026, 6, 1)]


# -- What is kept ----------------------------------------------------------------------------------------------


def kept(period: tables.Period | None = None) -> figures.Figures:
    return tables.of_period(period or tables.everything())


def test_what_is_kept_equals_what_is_counted_now(schouw: Schouw, areas: list[Any]) -> None:
    rng, themes = Random(3), CategoryFactory.create_batch(3)
    for _number in range(60):
        day = date(2026, 3, 1) + timedelta(days=rng.randrange(120))
        answered = day + timedelta(days=rng.randrange(20)) if rng.random() < 0.8 else None
        done = answered + timedelta(days=rng.randrange(30)) if answered and rng.random() < 0.5 else None
        kind = rng.choice(["problem", "idea"])
        area = rng.choice([*areas, None])
        reported(schouw, day, answered=answered, done=done, category=rng.choice(themes), kind=kind, area=area)
    keeping.bring_up_to_date()
    now, then = figures.of_walk(schouw), kept()
    for by in CountBy:
        assert {key: tally.counts for key, tally in now.of[by].items()} == {
            key: tally.counts for key, tally in then.of[by].items()
        }
    assert {month: tally.counts for month, tally in now.months.items()} == {
        month: tally.counts for month, tally in then.months.items()
    }
    assert len(now.of[CountBy.AREA]) == 3


def test_only_months_of_which_the_log_tells_are_counted_anew(schouw: Schouw) -> None:
    old, other = reported(schouw, date(2026, 3, 2)), reported(schouw, date(2026, 4, 2))
    assert keeping.bring_up_to_date() == 2
    assert keeping.bring_up_to_date() == 0
    Report.objects.filter(pk__in=[old.pk, other.pk]).update(first_answer_at=at(date(2026, 4, 3)))
    tell(old)
    assert keeping.bring_up_to_date() == 1
    found = kept().months
    assert (found[date(2026, 3, 1)].answered, found[date(2026, 4, 1)].answered) == (1, 0)


def test_once_a_day_recent_months_are_counted_whatever_the_log_says(schouw: Schouw) -> None:
    made = reported(schouw, timezone.localdate() - timedelta(days=40))
    keeping.bring_up_to_date()
    Report.objects.filter(pk=made.pk).update(first_answer_at=timezone.now())
    Counted.objects.update(recounted_on=timezone.localdate() - timedelta(days=1))
    keeping.bring_up_to_date()
    assert kept().all.answered == 1


def test_a_month_that_was_emptied_has_no_counts_left(schouw: Schouw) -> None:
    made = reported(schouw, date(2026, 3, 2))
    keeping.bring_up_to_date()
    counting_rows = MonthCount.objects.count()
    Report.objects.filter(pk=made.pk).update(created_at=at(date(2026, 5, 2)))
    tell(made)
    keeping.bring_up_to_date()
    assert (counting_rows > 0, date(2026, 5, 1) in kept().months) == (True, True)


def test_municipalities_are_counted_apart(schouw: Schouw, other_municipality: Any) -> None:
    reported(schouw, date(2026, 3, 2))
    other_municipality.is_participating = True
    other_municipality.save()
    keeping.bring_up_to_date()
    assert kept().all.received == 1
    assert counting.of_month(other_municipality.pk, date(2026, 3, 1)) == []


# -- Pages -----------------------------------------------------------------------------------------------------


def url(name: str = "figures") -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": "polderwijk"})


def test_a_period_is_whole_months_up_to_this_one() -> None:
    this = timezone.localdate().replace(day=1)
    for number in (1, 12, 36):
        period = tables.last_months(number)
        assert (period.last, len(period.months())) == (this, number)
    last_year = tables.year(1)
    assert (last_year.first, last_year.last) == (date(this.year - 1, 1, 1), date(this.year - 1, 12, 1))


def test_the_page_tells_how_much_and_how_fast(schouw: Schouw, handler_client: Client) -> None:
    theme = CategoryFactory(name="Groen")
    day = timezone.localdate() - timedelta(days=20)
    for _number in range(3):
        reported(schouw, day, answered=workdays.after(day, 2), category=theme)
    keeping.bring_up_to_date()
    page = handler_client.get(url()).content.decode()
    assert ("Groen" in page, "within 2 working days" in page) == (True, True)


def test_before_anything_was_counted_the_page_says_so(handler_client: Client) -> None:
    assert "The reports are being counted." in handler_client.get(url()).content.decode()


def test_each_table_is_a_file_with_the_filter_of_the_page(schouw: Schouw, handler_client: Client) -> None:
    reported(schouw, timezone.localdate() - timedelta(days=9), category=CategoryFactory(name="=Groen"))
    reported(
        SchouwFactory(), timezone.localdate() - timedelta(days=9), category=CategoryFactory(name="Water")
    )
    answer = handler_client.get(f"{url('figures-csv')}?by=theme&schouw={schouw.pk}")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert (lines[0].split(",")[0], lines[1:]) == ("About", ["'=Groen,1,0,0,,,,,0,"])
    months = handler_client.get(f"{url('figures-csv')}?by=month")
    assert len(b"".join(months.streaming_content).decode().splitlines()) == 13
    book = handler_client.get(f"{url('figures-xlsx')}?by=kind")
    assert next(iter(book.streaming_content)).startswith(b"PK")
    book.close()


def test_days_in_a_file_have_one_decimal_as_on_the_page(schouw: Schouw, handler_client: Client) -> None:
    day, theme = timezone.localdate() - timedelta(days=30), CategoryFactory(name="Groen")
    for took in (1, 1, 1, 4):
        reported(schouw, day, answered=workdays.after(day, took), category=theme)
    answer = handler_client.get(f"{url('figures-csv')}?by=theme&schouw={schouw.pk}")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[1:] == ["Groen,4,4,0,1.0,3.1,,,0,"]


def test_the_page_does_as_many_statements_for_thirty_themes_as_for_one(
    schouw: Schouw, handler_client: Client, django_assert_max_num_queries: Any
) -> None:
    def statements() -> int:
        keeping.bring_up_to_date()
        with django_assert_max_num_queries(60) as counted:
            assert handler_client.get(url()).status_code == 200
        return len(counted)

    day = timezone.localdate() - timedelta(days=9)
    reported(schouw, day)
    few = statements()
    for theme in CategoryFactory.create_batch(29):
        tell(reported(schouw, day, category=theme))
    assert statements() == few


def test_everybody_sees_no_times_and_shares_that_few_reports_make(schouw: Schouw) -> None:
    day = timezone.localdate() - timedelta(days=20)
    many, few = CategoryFactory(name="Groen"), CategoryFactory(name="Water")
    for theme, number in ((many, 6), (few, 4)):
        for _number in range(number):
            made = reported(schouw, day, answered=day, done=day, category=theme, round=1)
            made.refresh_from_db()
            following.judge(report=made, value="yes")
    found = figures.of_walk(schouw)
    period = tables.last_months(12)
    (themes,) = [each for each in tables.tables(found, period, for_everybody=True) if each.key == "theme"]
    assert [(row.label, row.solved) for row in themes.rows] == [("Groen", None), ("Water", None)]
    times = tables.time_chart(themes, for_everybody=True)
    assert [row.values[0] for row in times.rows] == [0.0, "–"]
    (of_officials,) = [each for each in tables.tables(found, period) if each.key == "theme"]
    assert [row.solved for row in of_officials.rows] == [100, 100]
    page = Client().get(f"{url('public-figures')}?schouw={schouw.pk}").content.decode()
    assert ("Way in" in page, "fewer than five" in page) == (False, True)


# -- From digital to physical ----------------------------------------------------------------------------------


def test_who_reported_first_and_walked_along_later_is_counted_once(schouw: Schouw) -> None:
    walk, elsewhere = SchouwFactory().trajectory, TrajectoryFactory(method_key="stuur")
    people = ParticipantFactory.create_batch(20)
    for person in people:
        ReportFactory.create_batch(2, schouw=schouw, author=person)
    later = timezone.now() + timedelta(days=1)
    for person in people[:7]:
        EnrolmentFactory(trajectory=walk, participant=person, joined_at=later)
        EnrolmentFactory(trajectory=schouw.trajectory, participant=person, joined_at=later)
    EnrolmentFactory(trajectory=walk, participant=people[8], joined_at=timezone.now() - timedelta(days=9))
    for person in people[:3]:
        EnrolmentFactory(trajectory=elsewhere, participant=person, joined_at=later)
    ReportFactory(schouw=schouw, anonymous=True)
    found = taking_part.funnel(schouw)
    assert (found.reporters, [stage.people for stage in found.stages]) == (20, [7, 0, None])
    for person in people[:6]:
        JoiningFactory(participant=person, confirmed_at=later)
    assert [stage.people for stage in taking_part.funnel(schouw).stages] == [7, 6, None]
    assert taking_part.funnel(SchouwFactory()).reporters == 0


def test_few_reporters_are_not_told(schouw: Schouw) -> None:
    ReportFactory.create_batch(4, schouw=schouw)
    assert taking_part.funnel(schouw).reporters is None
