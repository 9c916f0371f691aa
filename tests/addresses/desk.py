"""The tools of the desk: merging reports, waiting for a reporter, tasks, answer templates."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.handling import AnswerTemplateFactory, MergeFactory, QuestionFactory, SubtaskFactory

MERGE = {"number": "{report}", "keep": "this"}
TEMPLATE = {"name": "Gaan kijken", "text": "Wij gaan kijken.", "is_active": "on"}
REPLY = {"text": "Naast de schommel."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:merge", "L..++xx.+", of="asked"),
    Row("buurtschouw:merge", "L..++xx.+", "POST", of="asked", body=MERGE),
    Row("buurtschouw:unmerge", "L..++xx.+", of="merged"),
    Row("buurtschouw:unmerge", "L..++xx.+", "POST", of="merged"),
    Row("buurtschouw:take-up", "L..++xx.+", of="asked"),
    Row("buurtschouw:take-up", "L..++xx.+", "POST", of="asked", body={"version": 1}),
    Row("buurtschouw:task-add", "L..++xx.+", of="report"),
    Row("buurtschouw:task-add", "L..++xx.+", "POST", of="report", body={"text": "De aannemer bellen"}),
    Row("buurtschouw:task-tick", "L..++xx.+", of="task"),
    Row("buurtschouw:task-tick", "L..++xx.+", "POST", of="task", body={"is_done": "on"}),
    Row("buurtschouw:answer-templates", "L..++x..+"),
    Row("buurtschouw:answer-template-new", "L..++x..+"),
    Row("buurtschouw:answer-template-new", "L..++x..+", "POST", body=TEMPLATE),
    Row("buurtschouw:answer-template", "L..++x..+", of="template"),
    Row("buurtschouw:answer-template", "L..++x..+", "POST", of="template", body=TEMPLATE),
    Row("buurtschouw:reply", EVERYBODY, of="asked_token"),
    Row("buurtschouw:reply", EVERYBODY, "POST", of="asked_token", body=REPLY),
]
# fmt: on


def keys(things: Things) -> Keys:
    asked = QuestionFactory(report__schouw=things.schouw, report__category=things.category).report
    merged = MergeFactory(report__schouw=things.schouw, report__category=things.category).report
    return {
        "task": {"number": things.report.pk, "task": SubtaskFactory(report=things.report).pk},
        "template": {"pk": AnswerTemplateFactory(municipality=things.report.municipality).pk},
        "report": {"number": things.report.pk},
        "asked": {"number": asked.pk},
        "asked_token": {"token": asked.token},
        "merged": {"number": merged.pk},
    }
