"""The lines of a budget that residents can change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trajecten.counting.reading import shown
from trajecten.refusals import Refused


@dataclass(frozen=True)
class Line:
    """``floor`` and ``cap`` are the least and the most that it may become; all in one unit, in whole numbers."""

    id: str
    name: str
    baseline: int
    floor: int
    cap: int

    def __post_init__(self) -> None:
        """Refused: a baseline that is outside its own floor and cap."""
        if not self.floor <= self.baseline <= self.cap:
            words = {
                "line": shown(self.id),
                "baseline": self.baseline,
                "floor": self.floor,
                "cap": self.cap,
            }
            reason = _(
                "Line %(line)s is %(baseline)s, which is not between its floor %(floor)s and cap %(cap)s."
            )
            raise Refused(reason % words)
