"""``manage.py load_municipalities FILE_OR_URL``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trajecten.domain import boundaries


class Command(BaseCommand):
    help = "Load municipalities from GeoJSON: all of them, or none when one is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE_OR_URL", help="GeoJSON, in WGS84 or RD")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            loaded = boundaries.load_municipalities(source=source)
        except boundaries.BoundariesRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(str(loaded))
