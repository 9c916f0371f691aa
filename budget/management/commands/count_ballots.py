"""``manage.py count_ballots FILE.pb --rule equal-shares``"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from budget.management.answering import AnsweringCommand, content, plain_number
from trajecten.counting import outcomes
from trajecten.counting.ballots import Utility
from trajecten.counting.explaining import Explained
from trajecten.counting.pabulib import reading
from trajecten.counting.tally import tally


class Command(AnsweringCommand):
    help = "Count the ballots of a .pb file of Pabulib."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.pb")
        parser.add_argument("--rule", required=True, choices=[rule.value for rule in outcomes.Rule])
        parser.add_argument(
            "--utility",
            choices=[utility.value for utility in Utility],
            help="what a project is worth to its supporters; points where ballots give them, else its cost",
        )

    def answer(self, *, file: Path, rule: str, utility: str | None, **options: Any) -> dict[str, Any]:
        found = reading.read(content(file), file=file.name)
        for remark in found.remarks:
            self.stderr.write(remark)
        counted = outcomes.work_out(
            tally(found.election, Utility(utility) if utility else None), outcomes.Rule(rule)
        )
        return {
            "rule": rule,
            "winners": list(counted.winners),
            "cost": plain_number(counted.cost),
            "filled": list(counted.filled),
            "projects": {project.id: _project(project) for project in counted.projects},
        }


def _project(project: Explained) -> dict[str, Any]:
    return {
        "selected": project.selected,
        "cost": plain_number(project.cost),
        "supporters": project.supporters,
        "paid": plain_number(project.paid),
        "missing": plain_number(project.missing),
    }
