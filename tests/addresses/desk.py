"""The tools of the desk: merging reports, waiting for a reporter."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.handling import MergeFactory, QuestionFactory

MERGE = {"number": "{report}", "keep": "this"}
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
    Row("buurtschouw:reply", EVERYBODY, of="asked_token"),
    Row("buurtschouw:reply", EVERYBODY, "POST", of="asked_token", body=REPLY),
]
# fmt: on


def keys(things: Things) -> Keys:
    asked = QuestionFactory(report__schouw=things.schouw, report__category=things.category).report
    merged = MergeFactory(report__schouw=things.schouw, report__category=things.category).report
    return {
        "asked": {"number": asked.pk},
        "asked_token": {"token": asked.token},
        "merged": {"number": merged.pk},
    }
