"""The tools of the desk: merging reports, waiting for a reporter, tasks, answer templates."""

from buurtschouw.models import Bulk, Shortlist
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.buurtschouw import ReportFactory
from tests.factories.handling import (
    AnswerTemplateFactory,
    BulkFactory,
    BulkItemFactory,
    MergeFactory,
    QuestionFactory,
    ShortlistFactory,
    ShortlistItemFactory,
    SubtaskFactory,
)

MERGE = {"number": "{report}", "keep": "this"}
BULK = {"action": "publish", "numbers": "{report}"}
TEMPLATE = {"name": "Gaan kijken", "text": "Wij gaan kijken.", "is_active": "on"}
REPLY = {"text": "Naast de schommel."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:merge", "L..++xx.+", of="asked_report"),
    Row("buurtschouw:merge", "L..++xx.+", "POST", of="asked_report", body=MERGE),
    Row("buurtschouw:unmerge", "L..++xx.+", of="merged"),
    Row("buurtschouw:unmerge", "L..++xx.+", "POST", of="merged"),
    Row("buurtschouw:take-up", "L..++xx.+", of="asked_report"),
    Row("buurtschouw:take-up", "L..++xx.+", "POST", of="asked_report", body={"version": 1}),
    Row("buurtschouw:task-add", "L..++xx.+", of="report"),
    Row("buurtschouw:task-add", "L..++xx.+", "POST", of="report", body={"text": "De maat van de tegel nemen"}),
    Row("buurtschouw:task-tick", "L..++xx.+", of="subtask"),
    Row("buurtschouw:task-tick", "L..++xx.+", "POST", of="subtask", body={"is_done": "on"}),
    Row("buurtschouw:bulk-new", "L..++x..+", query="?action=publish&numbers={report}"),
    Row("buurtschouw:bulk-new", "L..++x..+", "POST", body=BULK),
    Row("buurtschouw:bulk", "L...+....", of="bulk"),
    Row("buurtschouw:bulk", "L...+....", "POST", of="bulk"),
    Row("buurtschouw:round", "L..++x..+"),
    Row("buurtschouw:round-add", "L..++x..+"),
    Row("buurtschouw:round-add", "L..++x..+", "POST", body={"numbers": "{report}"}),
    Row("buurtschouw:round-change", "L..++x..+"),
    Row("buurtschouw:round-change", "L..++x..+", "POST", body={"act": "share"}),
    Row("buurtschouw:round-of", "L...+x...", of="round"),
    Row("buurtschouw:round-pdf", "L...+x...", of="round"),
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
        "subtask": {"number": things.report.pk, "task": SubtaskFactory(report=things.report).pk},
        "bulk": {"pk": _bulk(things).pk},
        "round": {"pk": _round(things).pk},
        "template": {"pk": AnswerTemplateFactory(municipality=things.report.municipality).pk},
        "asked_report": {"number": asked.pk},
        "asked_token": {"token": asked.token},
        "merged": {"number": merged.pk},
    }


def _bulk(things: Things) -> Bulk:
    report = ReportFactory(schouw=things.schouw, category=things.category)
    bulk = BulkFactory(municipality=report.municipality, by=things.coordinator)
    BulkItemFactory(bulk=bulk, report=report)
    return bulk


def _round(things: Things) -> Shortlist:
    found = Shortlist.objects.filter(owner=things.coordinator).first()
    shortlist = found or ShortlistFactory(municipality=things.report.municipality, owner=things.coordinator)
    if found is None:
        report = ReportFactory(schouw=things.schouw, category=things.category)
        ShortlistItemFactory(shortlist=shortlist, report=report)
    return shortlist
