"""``manage.py load_areas FILE_OR_URL --municipality GM0361 --kind wijk``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trajecten.domain import boundaries
from trajecten.enums import AreaKind


class Command(BaseCommand):
    help = "Load the areas of one municipality from GeoJSON: all of them, or none when one is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE_OR_URL", help="GeoJSON, in WGS84 or RD")
        parser.add_argument("--municipality", required=True, metavar="GM0361", help="its CBS code")
        parser.add_argument("--kind", required=True, choices=AreaKind.values)
        parser.add_argument("--year", type=int, help="of the areas, where the source doesn't say it")
        parser.add_argument(
            "--only-this-municipality",
            action="store_true",
            help="leave out areas of other municipalities, instead of refusing them",
        )

    def handle(
        self,
        *args: Any,
        source: str,
        municipality: str,
        kind: str,
        year: int | None,
        only_this_municipality: bool,
        **options: Any,
    ) -> None:
        try:
            loaded = boundaries.load_areas(
                source=source,
                municipality=municipality,
                kind=kind,
                year=year,
                only_this_municipality=only_this_municipality,
            )
        except boundaries.BoundariesRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(str(loaded))
