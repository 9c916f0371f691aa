"""``manage.py load_scale``"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trajecten.scale import country

WIDTH = 40


class Command(BaseCommand):
    help = (
        "Load a made-up country to measure with: 342 municipalities, 200,000 participants, 1,000,000 reports and "
        "50,000 promises. Running it again goes on where it was. Refused where real municipalities take part."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name in ("municipalities", "participants", "contributions", "promises"):
            parser.add_argument(f"--{name}", type=int, default=getattr(country.WHOLE, name))

    def handle(self, *args: Any, **options: Any) -> None:
        sizes = country.Sizes(
            **{
                name: options[name]
                for name in ("municipalities", "participants", "contributions", "promises")
            }
        )
        began = time.monotonic()
        try:
            new = country.load(sizes, self._show)
        except country.LoadRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{new} municipalities loaded in {time.monotonic() - began:.0f} s.")

    def _show(self, done: int, of: int) -> None:
        """On a terminal one line that is written over; elsewhere a line for each tenth part."""
        filled = WIDTH * done // of
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {of} municipalities"
        if self.stderr.isatty():
            self.stderr.write(f"\r{line}", ending="\n" if done == of else "")
            self.stderr.flush()
        elif done * 10 // of > (done - 1) * 10 // of:
            self.stderr.write(line)
