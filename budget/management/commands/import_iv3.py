"""``manage.py import_iv3 FILE...`` or ``manage.py import_iv3 --cbs YEAR [--municipality GM0361]``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budget.domain.deliveries import importing, reporting
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.rows import FiguresRefused
from budget.enums import BudgetKind, Period
from trajecten.validators import MUNICIPALITY_CODE

REFUSED = 2  # the exit code


class Command(BaseCommand):
    help = (
        "Import budgets and accounts from files of Iv3 or CSV, or from Statistics Netherlands: all of them in one "
        "go, or nothing when one row is refused. The same figures again change nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="JSON, XLSX or CSV; pages are taken together"
        )
        parser.add_argument(
            "--cbs", type=int, metavar="YEAR", help="read this year from Statistics Netherlands"
        )
        parser.add_argument("--municipality", metavar="GM0361", help="only this one; with --cbs")
        parser.add_argument(
            "--kind", choices=BudgetKind.values, default="", help="where the file leaves it open"
        )
        parser.add_argument(
            "--period", type=int, choices=[p.value for p in Period if p], help="of what was spent"
        )
        parser.add_argument(
            "--base-year", type=int, metavar="YEAR", help="in whose budget an estimate was made"
        )

    def handle(
        self, *args: Any, files: list[str], cbs: int | None, municipality: str | None, **given: Any
    ) -> None:
        if bool(files) == bool(cbs):
            raise CommandError("Give files, or --cbs with a year: one of the two.", returncode=REFUSED)
        if municipality and not (cbs and MUNICIPALITY_CODE.fullmatch(municipality)):
            raise CommandError(
                "--municipality is a code such as GM0361, and goes with --cbs.", returncode=REFUSED
            )
        asked = Asked(kind=given["kind"], period=given["period"], base_year=given["base_year"])
        try:
            if cbs:
                deliveries = importing.import_statistics(year=cbs, municipality=municipality)
            else:
                deliveries = importing.import_files(paths=files, asked=asked)
        except FiguresRefused as refused:
            raise CommandError(str(refused), returncode=REFUSED) from refused
        for line in reporting.lines(deliveries):
            self.stdout.write(line)
