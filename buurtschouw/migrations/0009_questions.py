"""Questions per theme, in place of the one extra question; what was answered to that one stays with its report."""

import django.core.validators
import django.db.models.deletion
import rules.contrib.models
from django.db import migrations, models

# A theme whose question was taken away may have answers still.
MAKE_QUESTIONS = """
    INSERT INTO buurtschouw_question
        (municipality_id, category_id, code, text, datatype, options, help, is_required, position, is_active, answered_at)
    SELECT theme.municipality_id, theme.id, 'extra', COALESCE(NULLIF(theme.extra_question, ''), 'Extra vraag'),
        'string', '[]', '', FALSE, 100, theme.extra_question <> '', answered.first
    FROM buurtschouw_category AS theme
    LEFT JOIN (
        SELECT category_id, MIN(created_at) AS first FROM buurtschouw_report
        WHERE extra_answer <> '' GROUP BY category_id
    ) AS answered ON answered.category_id = theme.id
    WHERE theme.extra_question <> '' OR answered.first IS NOT NULL
"""
KEEP_ANSWERS = """
    UPDATE buurtschouw_report AS report
    SET facts = jsonb_build_array(jsonb_build_object(
        'code', 'extra', 'question', question.text, 'value', report.extra_answer, 'answer', report.extra_answer))
    FROM buurtschouw_question AS question
    WHERE report.extra_answer <> '' AND question.category_id = report.category_id AND question.code = 'extra'
"""
# The columns that go next wait for no check of a key.
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"

PUT_QUESTIONS_BACK = """
    UPDATE buurtschouw_category AS theme SET extra_question = question.text
    FROM buurtschouw_question AS question
    WHERE question.category_id = theme.id AND question.code = 'extra' AND question.is_active
"""
PUT_ANSWERS_BACK = """
    UPDATE buurtschouw_report SET extra_answer = LEFT(facts->0->>'answer', 300)
    WHERE facts->0->>'code' = 'extra'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0022_erased_words_of_keepers"),
        ("buurtschouw", "0008_preparation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        editable=False,
                        max_length=40,
                        validators=[django.core.validators.RegexValidator("\\A[a-z0-9_]{1,40}\\Z")],
                        verbose_name="code",
                    ),
                ),
                ("text", models.CharField(max_length=160, verbose_name="question")),
                (
                    "datatype",
                    models.CharField(
                        choices=[
                            ("string", "one line"),
                            ("text", "several lines"),
                            ("number", "a number"),
                            ("datetime", "a date and time"),
                            ("singlevaluelist", "one choice of a list"),
                            ("multivaluelist", "several choices of a list"),
                        ],
                        default="string",
                        max_length=16,
                        verbose_name="form of the answer",
                    ),
                ),
                ("options", models.JSONField(blank=True, default=list, verbose_name="choices")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="explanation")),
                ("is_required", models.BooleanField(default=False, verbose_name="has to be answered")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="buurtschouw.category",
                        verbose_name="theme",
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
                "verbose_name": "question of a theme",
                "verbose_name_plural": "questions of themes",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("category", "code"), name="question_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9_]{1,40}$")),
                        name="question_code_of_plain_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("datatype__in", ["multivaluelist", "singlevaluelist"]),
                                models.Q(("options", []), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("datatype__in", ["multivaluelist", "singlevaluelist"]), _negated=True
                                ),
                                ("options", []),
                            ),
                            _connector="OR",
                        ),
                        name="question_choices_of_lists_only",
                    ),
                ],
            },
            bases=(rules.contrib.models.RulesModelMixin, models.Model),
        ),
        migrations.AddField(
            model_name="report",
            name="facts",
            field=models.JSONField(
                blank=True, default=list, verbose_name="answers to the questions of the theme"
            ),
        ),
        migrations.RunSQL(
            [MAKE_QUESTIONS, KEEP_ANSWERS, CHECK_NOW], [PUT_ANSWERS_BACK, PUT_QUESTIONS_BACK, CHECK_NOW]
        ),
        migrations.RemoveField(model_name="category", name="extra_question"),
        migrations.RemoveField(model_name="report", name="extra_answer"),
    ]
