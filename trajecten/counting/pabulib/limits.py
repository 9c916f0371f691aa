"""What a ballot may hold, as META tells it."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from trajecten.counting.ballots import Ballot, VoteType
from trajecten.counting.reading import Source, number, shown

NAMES = ("min_length", "max_length", "min_points", "max_points", "min_sum_points", "max_sum_points")


@dataclass(frozen=True)
class Limits:
    """None where there is no limit."""

    min_length: Fraction | None = None
    max_length: Fraction | None = None
    min_points: Fraction | None = None
    max_points: Fraction | None = None
    min_sum_points: Fraction | None = None
    max_sum_points: Fraction | None = None

    @classmethod
    def of(cls, meta: dict[str, str], vote_type: VoteType, source: Source) -> "Limits":
        """Points can't be below zero unless META says so; ``choose-1`` has room for one."""
        known = {name: number(meta[name], source=source, column=name) for name in NAMES if meta.get(name)}
        if vote_type is VoteType.CHOOSE_ONE:
            known.setdefault("max_length", Fraction(1))
        known.setdefault("min_points", Fraction(0))
        return cls(**known)

    def check(self, ballot: Ballot, source: Source) -> None:
        """Refused: more projects or points than allowed, or fewer points for one than allowed."""
        voter = {"voter": shown(ballot.voter)}
        if self.max_length is not None and len(ballot.choices) > self.max_length:
            raise source.refuse(_("voter “%(voter)s” names too many projects.") % voter, "vote")
        if ballot.points is None:
            return
        if self.max_sum_points is not None and sum(ballot.points) > self.max_sum_points:
            raise source.refuse(_("voter “%(voter)s” gives too many points.") % voter, "points")
        for points in ballot.points:
            if self.max_points is not None and points > self.max_points:
                raise source.refuse(_("voter “%(voter)s” gives a project too many points.") % voter, "points")
            if self.min_points is not None and points < self.min_points:
                raise source.refuse(_("voter “%(voter)s” gives a project too few points.") % voter, "points")

    def is_short(self, ballot: Ballot) -> bool:
        """Whether it uses less than asked. That harms nobody else, so it counts."""
        few = self.min_length is not None and len(ballot.choices) < self.min_length
        points = sum(ballot.points or ())
        return few or (
            ballot.points is not None and self.min_sum_points is not None and points < self.min_sum_points
        )
