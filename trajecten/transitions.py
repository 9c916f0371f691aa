"""The one state mechanism: a status field, a table of allowed transitions, a function that checks it."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _


class TransitionRefused(Exception):
    """A change of status that the table does not allow; the message says why and what is allowed."""

    def __init__(self, message: str, *, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.message = message
        self.allowed = allowed


def check(
    choices: type[models.TextChoices], table: Mapping[str, frozenset[str]], current: str, wanted: str
) -> None:
    """Raise ``TransitionRefused`` when ``wanted`` may not follow ``current``."""
    if wanted in table[current]:
        return
    names = allowed_labels(choices, table, current)
    values = {"now": choices(current).label, "wanted": choices(wanted).label, "allowed": ", ".join(names)}
    if names:
        message = _("This is “%(now)s” and can't become “%(wanted)s”. What can: %(allowed)s.") % values
    else:
        message = _("This is “%(now)s” and stays so.") % values
    raise TransitionRefused(message, allowed=names)


def allowed_labels(
    choices: type[models.TextChoices], table: Mapping[str, frozenset[str]], current: str
) -> tuple[str, ...]:
    """Names of what may follow, in the order of the choices."""
    return tuple(str(choice.label) for choice in choices if choice.value in table[current])
