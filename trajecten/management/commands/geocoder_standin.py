"""``manage.py geocoder_standin --port 8093``"""

import signal
import threading
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trajecten.demo.locatieserver import Locatieserver
from trajecten.demo.town import addresses_path, read_addresses


class Command(BaseCommand):
    help = "Answer as the PDOK Locatieserver does, for the made-up town. Set GEOCODER_URL to what it prints."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; a free one when left out")
        parser.add_argument("--addresses", type=Path, default=addresses_path(), metavar="FILE")
        parser.add_argument("--delay", type=float, default=0.0, metavar="SECONDS", help="before every answer")
        parser.add_argument("--fail", action="store_true", help="answer everything with status 503")

    def handle(
        self, *args: Any, port: int, addresses: Path, delay: float, fail: bool, **options: Any
    ) -> None:
        try:
            doors = list(read_addresses(addresses))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{addresses} can't be read as addresses: {error}") from error
        try:
            server = Locatieserver(doors, port=port, delay=delay, fail=fail)
        except OSError as error:
            raise CommandError(f"Port {port} can't be used: {error.strerror}") from error
        with server:
            self.stdout.write(f"{len(doors)} addresses at {server.url}")
            self.stdout.flush()
            _until_told_to_stop()


def _until_told_to_stop() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
