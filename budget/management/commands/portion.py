"""``manage.py portion FILE --rule independent-markets``"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from budget.domain.portioning import reading, rules
from budget.management.answering import AnsweringCommand, content, plain_number


class Command(AnsweringCommand):
    help = "Divide an envelope by the shares of voters: a CSV file of shares, or a .pb file with points."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--rule", required=True, choices=[rule.value for rule in rules.Rule])

    def answer(self, *, file: Path, rule: str, **options: Any) -> dict[str, Any]:
        shares = reading.read(content(file), file=file.name)
        portions = rules.portion(shares, rules.Rule(rule))
        return {"shares": dict(zip(shares.ids, map(plain_number, portions), strict=True))}
