"""What is said of a line."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Text:
    """What is this, what do we pay with it, what does the law fix, what can the council move."""

    what: str | Promise = ""
    pays_for: str | Promise = ""
    by_law: str | Promise = ""
    can_move: str | Promise = ""
