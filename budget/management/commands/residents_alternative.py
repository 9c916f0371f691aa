"""``manage.py residents_alternative --lines lines.csv --proposals proposals.csv``"""

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from budget.domain.alternative import reading
from budget.domain.alternative.outcome import Outcome, work_out
from budget.domain.alternative.proposals import gather
from budget.management.answering import AnsweringCommand, content, plain_number

MOST_RESIDENTS = 1_000_000  # more than any municipality has


class Command(AnsweringCommand):
    help = "Work out the residents' alternative budget from their proposals. Amounts in thousands of euro."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lines", type=Path, required=True, metavar="FILE")
        parser.add_argument("--proposals", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--unchanged",
            type=_residents,
            metavar="N",
            help="how many more residents finished without changing anything, and have no row",
        )

    def answer(
        self, *, lines: Path, proposals: Path, unchanged: int | None, **options: Any
    ) -> dict[str, Any]:
        given = reading.proposals(content(proposals), file=proposals.name)
        gathered = gather(
            lines=reading.lines(content(lines), file=lines.name),
            changes=given.changes,
            unchanged=[*given.unchanged, *(f"\0{number}" for number in range(unchanged or 0))],
        )
        if unchanged is None and gathered.changes.any(axis=1).all():
            self.stderr.write(_counted(len(gathered.residents)))
        result = work_out(gathered)
        return {
            "lines": [_line(outcome) for outcome in result.lines],
            "sum_rounded_mean": sum(outcome.mean_rounded for outcome in result.lines),
            "residents": result.residents,
        }


def _counted(residents: int) -> str:
    """The file can't show that somebody is missing who has no row."""
    words = _(
        "Residents counted: %(n)s. All of them change something. Did others finish without changing anything, and "
        "have no row? Count them with --unchanged."
    )
    return words % {"n": residents}


def _residents(text: str) -> int:
    """Refused: what is no number of people of one municipality; each of them takes memory."""
    if not re.fullmatch("[0-9]{1,7}", text) or int(text) > MOST_RESIDENTS:
        reason = _("this has to be a whole number from 0 up to and including %(n)s.") % {"n": MOST_RESIDENTS}
        raise ArgumentTypeError(reason)
    return int(text)


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
