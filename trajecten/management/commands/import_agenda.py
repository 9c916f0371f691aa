"""``manage.py import_agenda FILE_OR_URL --municipality GM0361``"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from trajecten.domain.agenda import fetching, importing, reading
from trajecten.models import Municipality


class Command(BaseCommand):
    help = "Import agenda items of the council information system, in Notubiz's JSON: all of them, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source", metavar="FILE_OR_URL", help="a meeting or a list of events, in Notubiz's JSON"
        )
        parser.add_argument("--municipality", required=True, metavar="GM0361", help="its CBS code")

    def handle(self, *args: Any, source: str, municipality: str, **options: Any) -> None:
        found = Municipality.objects.participating().filter(code=municipality).first()
        if found is None:
            raise CommandError(f"{municipality} takes no part in the portal.")
        try:
            agenda = fetching.fetch(source) if "://" in source else reading.read(_file(source))
        except reading.AgendaRefused as refused:
            raise CommandError(str(refused)) from refused
        with scope(municipality=found):
            result = importing.take(municipality=found, agenda=agenda, by=None)
        self.stdout.write(
            f"{result.added} new, {result.changed} changed, {result.same} the same, "
            f"{result.left_out} left out, {result.proposed} matches proposed."
        )


def _file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(fetching.MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
    if len(raw) > fetching.MAX_BYTES:
        raise CommandError(f"{path} is larger than {fetching.MAX_BYTES // 1_000_000} MB.")
    return raw
