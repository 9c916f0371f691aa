"""``manage.py residents_alternative --lines lines.csv --proposals proposals.csv``"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from budget.domain.alternative import reading
from budget.domain.alternative.outcome import Outcome, work_out
from budget.domain.alternative.proposals import gather
from budget.management.answering import AnsweringCommand, content, plain_number


class Command(AnsweringCommand):
    help = "Work out the residents' alternative budget from their proposals. Amounts in thousands of euro."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lines", type=Path, required=True, metavar="FILE")
        parser.add_argument("--proposals", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--unchanged",
            type=_number,
            default=0,
            metavar="N",
            help="how many more residents finished without changing anything, and have no row",
        )

    def answer(self, *, lines: Path, proposals: Path, unchanged: int, **options: Any) -> dict[str, Any]:
        given = reading.proposals(content(proposals), file=proposals.name)
        result = work_out(
            gather(
                lines=reading.lines(content(lines), file=lines.name),
                changes=given.changes,
                unchanged=[*given.unchanged, *(f"\0{number}" for number in range(unchanged))],
            )
        )
        return {
            "lines": [_line(outcome) for outcome in result.lines],
            "sum_rounded_mean": sum(outcome.mean_rounded for outcome in result.lines),
            "residents": result.residents,
        }


def _number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _line(outcome: Outcome) -> dict[str, Any]:
    return {
        "line": outcome.line,
        "mean_change_exact": str(outcome.mean_exact),
        "mean_change_rounded": outcome.mean_rounded,
        "raised_by": outcome.raised_by,
        "lowered_by": outcome.lowered_by,
        "unchanged_by": outcome.unchanged_by,
        "median_change": plain_number(outcome.median),
        "common_rank_change": plain_number(outcome.common_rank),
    }
