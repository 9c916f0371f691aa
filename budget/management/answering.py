"""Commands whose answer is JSON: that and nothing else on standard output, or exit code 2 and a reason."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from trajecten.refusals import Refused

MOST_BYTES = 200_000_000


class AnsweringCommand(BaseCommand):
    """``answer`` gives what to print; what it refuses becomes exit code 2. No database is needed."""

    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.answer(**options)
        except Refused as refused:
            raise CommandError(refused.message, returncode=2) from refused
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def answer(self, **options: Any) -> dict[str, Any]:
        raise NotImplementedError


def content(path: Path) -> bytes:
    """Refused: a file that can't be read, or is far too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(_("%(file)s is too large.") % {"file": path})
        return path.read_bytes()
    except OSError as error:
        raise Refused(_("%(file)s can't be read.") % {"file": path}) from error


def plain_number(amount: Fraction) -> int | float:
    """As JSON writes it: 12 rather than 12.0."""
    return int(amount) if amount.denominator == 1 else float(amount)
