"""A mail server for the demo and the tests: takes every mail over real SMTP and files it in a Maildir."""

import hashlib
import logging
import os
import signal
import threading
from email.parser import BytesHeaderParser
from pathlib import Path

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

LARGEST_MAIL = 30 * 1024 * 1024  # bytes


class MaildirSink:
    """Files each message once under its Message-ID, as mailbox servers that suppress duplicates do.

    What was accepted survives a kill at any moment: a message is written to `tmp`, then moved into `new`
    under a name that only this Message-ID gives. `deliveries.log` gets a line for every accepted SMTP
    transaction, also of a duplicate, so that a test can tell what came over the wire from what was filed.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        for name in ("tmp", "new", "cur"):
            (directory / name).mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        """Answer the SMTP client; it is told to try again later when the message could not be written."""
        content = envelope.content  # type: ignore[attr-defined]
        try:
            self.accept(content)
        except OSError:
            return "451 The message could not be stored; try again later"
        return "250 OK"

    def accept(self, content: bytes) -> str:
        """File the message unless it is there already, note the delivery, and return its file name."""
        name = file_name(content)
        if not self._is_filed(name):
            self._file(name, content)
        with (self.directory / "deliveries.log").open("a", encoding="ascii") as log:
            log.write(f"{name}\n")
        return name

    def _is_filed(self, name: str) -> bool:
        # A reader may have moved it to `cur`, where flags follow the name.
        return (self.directory / "new" / name).exists() or any((self.directory / "cur").glob(f"{name}*"))

    def _file(self, name: str, content: bytes) -> None:
        draft = self.directory / "tmp" / f"{name}.{os.getpid()}.{threading.get_ident()}"
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.directory / "new" / name)


def file_name(content: bytes) -> str:
    """The SHA-256 of the Message-ID in hexadecimal, or of the whole message where it has none.

    The header itself is not used: a sender chooses it, so it may hold slashes, or be too long for a file.
    """
    message_id = str(BytesHeaderParser().parsebytes(content).get("Message-ID", "")).strip()
    return hashlib.sha256(message_id.encode("utf-8", "surrogateescape") or content).hexdigest()


class Command(BaseCommand):
    help = "Receives mail on 127.0.0.1 and files it in a Maildir, until it gets SIGTERM or SIGINT."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=1025)
        parser.add_argument("--directory", type=Path, default=None, help="default: the setting MAIL_SINK_DIR")

    def handle(self, *, port: int, directory: Path | None, **options: object) -> None:
        directory = Path(directory or settings.MAIL_SINK_DIR)
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would log every address
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        controller = Controller(
            MaildirSink(directory), hostname="127.0.0.1", port=port, data_size_limit=LARGEST_MAIL
        )
        try:
            controller.start()
        except OSError as error:
            raise CommandError(
                f"Port {port} of 127.0.0.1 cannot be used: {os.strerror(error.errno or 0)}"
            ) from error
        self.stdout.write(f"The mail sink listens on 127.0.0.1:{port} and files mail in {directory}")
        self.stdout.flush()
        stop.wait()
        controller.stop()
