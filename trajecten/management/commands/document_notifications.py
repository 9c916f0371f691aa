"""``manage.py document_notifications``"""

import difflib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from trajecten import registry

INTRODUCTION = """\
# Messages

Everything that the portal tells people about what somebody did here. Made from the catalogues in
`<app>/notifications`: change those, then run `script/manage document_notifications`.

The words are in three templates for each message, `.subject.txt`, `.txt` and `.html`, under `templates/`. They
are filled in at the moment of sending, in the language of who gets it. Who has an account gets it in the portal
too, save where the table says "mail only". Of a category that can be stopped, everybody chooses how often to hear
of it: at once, once a day, once a week or never by mail, and whether in the portal. Below such a mail stand a link
with which one stops the category and one to all choices, both without signing in.

A municipality may write its own subject and opening of every message that comes from it, not of what the advisers
send about requests and proposals. The placeholders that the table names can be used in them, beside `{gemeente}`.
"""
HEADER = "| Message | Who gets it | When | Category | Templates | Placeholders |\n|---|---|---|---|---|---|\n"


class Command(BaseCommand):
    help = "Write docs/notifications.md from the catalogues of messages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; show the difference and end with exit code 1 when there is one",
        )
        parser.add_argument(
            "--file", type=Path, default=settings.BASE_DIR / "docs" / "notifications.md", metavar="FILE"
        )

    def handle(self, *args: Any, check: bool, file: Path, **options: Any) -> None:
        wanted = document(registry.messages())
        if not check:
            file.write_text(wanted, encoding="utf-8")
            return
        written = file.read_text(encoding="utf-8") if file.exists() else ""
        if written == wanted:
            return
        lines = difflib.unified_diff(
            written.splitlines(), wanted.splitlines(), str(file), "the catalogues", lineterm=""
        )
        self.stdout.write("\n".join(lines))
        raise CommandError(f"{file} is not up to date. Run: script/manage document_notifications")


def document(messages: tuple[registry.Message, ...]) -> str:
    """The whole page, in the language of the source, whatever language is active."""
    with translation.override(None):
        chapters = [_chapter(app, found) for app, found in groupby(messages, lambda message: message.app)]
    return "\n".join([INTRODUCTION, *chapters])


def _chapter(app: str, messages: Iterator[registry.Message]) -> str:
    return f"## {app}\n\n{HEADER}{''.join(map(_row, messages))}"


def _row(message: registry.Message) -> str:
    cells = (
        f"`{message.key}`",
        _cell(message.audience),
        _cell(message.trigger),
        _category(message),
        f"`{message.template}`",
        ", ".join(f"`{{{placeholder.name}}}`" for placeholder in message.placeholders) or "–",
    )
    return f"| {' | '.join(cells)} |\n"


def _category(message: registry.Message) -> str:
    stops = ", can be stopped" if message.stops else ""
    where = "" if message.in_portal else ", mail only"
    return f"`{message.category}`{stops}{where}"


def _cell(words: object) -> str:
    return " ".join(str(words).split()).replace("|", r"\|")
