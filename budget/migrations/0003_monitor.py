import django.db.models.deletion
import rules.contrib.models
from django.conf import settings
from django.db import migrations, models

import trajecten.models.tokens

APPEND_ONLY = """
CREATE TRIGGER spending_append_only BEFORE DELETE ON budget_spendingreport
  FOR EACH ROW EXECUTE FUNCTION portal_refuse_change();
-- Who leaves becomes nobody (by set to NULL); nothing else may change.
CREATE TRIGGER spending_unchanged BEFORE UPDATE ON budget_spendingreport
  FOR EACH ROW WHEN (
    (OLD.by_id IS NOT DISTINCT FROM NEW.by_id OR NEW.by_id IS NULL) IS NOT TRUE
    OR (to_jsonb(OLD) - 'by_id') IS DISTINCT FROM (to_jsonb(NEW) - 'by_id')
  ) EXECUTE FUNCTION portal_refuse_change();
"""
UNDO = """
DROP TRIGGER spending_unchanged ON budget_spendingreport;
DROP TRIGGER spending_append_only ON budget_spendingreport;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0002_amendments"),
        ("trajecten", "0024_council_amounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "the whole year, planned"),
                            (1, "up to and including March"),
                            (2, "up to and including June"),
                            (3, "up to and including September"),
                            (4, "up to and including December"),
                            (5, "the annual accounts"),
                        ],
                        verbose_name="period",
                    ),
                ),
                (
                    "signal",
                    models.CharField(
                        choices=[
                            ("under", "less is spent than planned"),
                            ("over", "more is spent than planned"),
                            ("ok", "on course"),
                            ("early", "too early to say"),
                            ("none", "no figures yet"),
                        ],
                        max_length=5,
                        verbose_name="signal",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("own", "the bookings of this amount itself"),
                            ("field", "the whole task field or programme"),
                        ],
                        max_length=5,
                        verbose_name="seen in",
                    ),
                ),
                ("deviation", models.BigIntegerField(verbose_name="difference from the plan")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="over since")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="budget.amendmentline",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "signal on an amount",
                "verbose_name_plural": "signals on amounts",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "year", "period", "signal"), name="alert_once"),
                    models.CheckConstraint(
                        condition=models.Q(("signal__in", ["under", "over"])), name="alert_is_a_signal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__gte", 1), ("period__lte", 5)), name="alert_of_period"
                    ),
                ],
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="CalendarDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="budget of")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("outlook", "outlook (perspectiefnota or kadernota)"),
                            ("draft", "draft budget"),
                            ("council", "the council treats the budget"),
                            ("spring", "spring report (voorjaarsnota)"),
                            ("autumn", "autumn report (najaarsnota)"),
                            ("accounts", "annual accounts"),
                        ],
                        max_length=12,
                        verbose_name="moment",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "date in the calendar",
                "verbose_name_plural": "dates in the calendar",
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "year", "moment"), name="calendar_date_once"
                    )
                ],
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "moderation",
                    models.CharField(
                        choices=[
                            ("pending", "not looked at yet"),
                            ("published", "public"),
                            ("hidden", "not public"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="may others read it",
                    ),
                ),
                ("supports", models.PositiveIntegerField(default=0, verbose_name="supports")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "sees",
                    models.CharField(
                        choices=[("yes", "Yes"), ("little", "A little"), ("no", "No")],
                        max_length=6,
                        verbose_name="do you see anything of it",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=trajecten.models.tokens.new_token, editable=False, max_length=40, unique=True
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="said at")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="trajecten.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="trajecten.participant",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="budget.amendmentline",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "trajectory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="trajecten.trajectory",
                    ),
                ),
            ],
            options={
                "verbose_name": "what a resident sees of an amount",
                "verbose_name_plural": "what residents see of amounts",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["municipality", "-id"], name="observation_newest"),
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", True)),
                        fields=["created_at"],
                        name="observation_unconfirmed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "author"), name="observation_once_a_person")
                ],
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="SpendingReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "period",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "the whole year, planned"),
                            (1, "up to and including March"),
                            (2, "up to and including June"),
                            (3, "up to and including September"),
                            (4, "up to and including December"),
                            (5, "the annual accounts"),
                        ],
                        verbose_name="period",
                    ),
                ),
                ("spent", models.BigIntegerField(verbose_name="spent so far")),
                ("text", models.TextField(max_length=1000, verbose_name="what was done with it")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="budget.amendmentline",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of what was spent",
                "verbose_name_plural": "reports of what was spent",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="spending_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__gte", 1), ("period__lte", 5)), name="spending_of_period"
                    ),
                ],
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
