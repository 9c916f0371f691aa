"""How officials deal with a report, and what the reporter thinks of it: one run through an issue's words."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone
from django.utils.formats import date_format

from buurtschouw.demo import moments, words
from buurtschouw.demo.stories import Act, Answered, Assigned, Judged, Moderated, Noted
from buurtschouw.enums import ReportStatus
from trajecten.domain import workdays
from trajecten.enums import Moderation, VerdictValue

# Working days until the first answer, and how often; above the service level the report is over term.
FIRST_DAYS, FIRST_WEIGHTS = (1, 2, 3, 4, 5, 7, 9), (18, 24, 20, 14, 10, 8, 6)
LATE = 0.13  # of planned work is done weeks after its date
ASSIGNED, NOTED = 0.55, 0.2
JUDGED, JUDGED_REFUSAL = 0.74, 0.45
VERDICTS = {
    ReportStatus.DONE: (80, 10, 10),
    ReportStatus.NOT_DONE: (50, 38, 12),
    ReportStatus.FORWARDED: (66, 26, 8),
}
VALUES = (VerdictValue.YES, VerdictValue.PARTLY, VerdictValue.NO)
WORDY = {VerdictValue.YES: 0.5, VerdictValue.PARTLY: 0.8, VerdictValue.NO: 0.95}
# Public, not public, not looked at.
MODERATION = (Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.PENDING)
MODERATED, MODERATED_TEAM = (82, 3, 15), (45, 30, 25)
DELICATE = "Wijkteam"


class Handling:
    """The acts after one report, in order. It draws as much luck however short the story will be cut."""

    def __init__(self, *, issue: words.Issue, team: str, handler: str, at: datetime, rng: Random) -> None:
        self.issue, self.team, self.handler, self.rng = issue, team, handler, rng
        self.at = at
        self.acts: list[Act] = []

    def run(self) -> tuple[Act, ...]:
        """The whole story, to its end in the past or the future."""
        courses: dict[str, Callable[[], None]] = {
            "repair": self._repair,
            "quick": self._quick,
            "wish": self._wish,
            "other": self._other,
            "thanks": self._thank,
        }
        courses[self.issue.course]()
        return tuple(self.acts)

    def _repair(self) -> None:
        if self.rng.random() < 0.6:
            self._first(ReportStatus.ACKNOWLEDGED)
            self._plan(self.rng.randint(1, 6))
        else:
            self._first(ReportStatus.PLANNED)
        self._carry_out()

    def _quick(self) -> None:
        luck = self.rng.random()
        if luck < 0.55:
            self._first(ReportStatus.DONE)
        elif luck < 0.9:
            self._first(ReportStatus.ACKNOWLEDGED)
            self._answer(ReportStatus.DONE, self.rng.randint(1, 4))
        else:
            self._first(ReportStatus.PLANNED)
            self._carry_out()
            return
        self._judge(ReportStatus.DONE)

    def _wish(self) -> None:
        self._first(ReportStatus.ACKNOWLEDGED)
        if self.rng.random() < 0.5:
            self._plan(self.rng.randint(3, 9))
            self._carry_out()
        else:
            self._answer(ReportStatus.NOT_DONE, self.rng.randint(2, 8))
            self._judge(ReportStatus.NOT_DONE)

    def _other(self) -> None:
        if self.rng.random() < 0.5:
            self._first(ReportStatus.FORWARDED)
            self._judge(ReportStatus.FORWARDED)
            return
        self._first(ReportStatus.ACKNOWLEDGED)
        if self.rng.random() < 0.4:
            self._answer(ReportStatus.IN_PROGRESS, self.rng.randint(2, 5))
        self._answer(ReportStatus.DONE, self.rng.randint(4, 14))
        self._judge(ReportStatus.DONE)

    def _thank(self) -> None:
        self._first(ReportStatus.DONE)

    def _first(self, status: str) -> None:
        """The first answer, with what goes before and along with it."""
        days = self.rng.choices(FIRST_DAYS, FIRST_WEIGHTS)[0]
        begin = moments.in_office(self.at, days, self.rng)
        if self.rng.random() < ASSIGNED:
            before = begin - timedelta(minutes=self.rng.randint(6, 25))
            self.acts.append(Assigned(before, by=self.handler, to=self.handler))
        if self.rng.random() < NOTED:
            text = self.rng.choice(self.issue.words["notes"])
            before = begin - timedelta(minutes=self.rng.randint(1, 5))
            self.acts.append(Noted(before, by=self.handler, text=text))
        if status == ReportStatus.PLANNED:
            self._plan(0, at=begin)
        else:
            self._answer(status, 0, at=begin)
        self._moderate(begin + timedelta(minutes=1))

    def _moderate(self, at: datetime) -> None:
        weights = MODERATED_TEAM if self.team == DELICATE else MODERATED
        moderation = self.rng.choices(MODERATION, weights)[0]
        if moderation != Moderation.PENDING:
            self.acts.append(Moderated(at, by=self.handler, moderation=moderation))

    def _plan(self, days: int, at: datetime | None = None) -> None:
        """Promise a date, three days to a month away."""
        self.at = at or moments.in_office(self.at, days, self.rng)
        self.planned_for = workdays.after(timezone.localdate(self.at), self.rng.randint(4, 22))
        message = self.rng.choice(self.issue.words["planned"]).format(dag=in_words(self.planned_for))
        self.acts.append(
            Answered(
                self.at,
                by=self.handler,
                status=ReportStatus.PLANNED,
                message=message,
                planned_for=self.planned_for,
            )
        )

    def _carry_out(self) -> None:
        """Do what was planned: mostly on the day, sometimes weeks later than promised."""
        late = self.rng.randint(8, 16) if self.rng.random() < LATE else self.rng.choice((0, 0, 0, 1, 2))
        begins = self.rng.random() < 0.3
        day_before = moments.at(self.planned_for - timedelta(days=1), 12)
        self.at = max(self.at, day_before)
        if begins:
            self._answer(ReportStatus.IN_PROGRESS, 1)
        self._answer(ReportStatus.DONE, 1 + late)
        self._judge(ReportStatus.DONE)

    def _answer(self, status: str, days: int, at: datetime | None = None) -> None:
        self.at = at or moments.in_office(self.at, days, self.rng)
        said = self.rng.choice(self.issue.words[status])
        whom, message = said if status == ReportStatus.FORWARDED else ("", said)
        self.acts.append(
            Answered(self.at, by=self.handler, status=status, message=message, forwarded_to=whom)
        )

    def _judge(self, closed_as: str) -> None:
        """What the reporter says, if anything; a "no" gets an answer of its own."""
        asked = JUDGED if closed_as == ReportStatus.DONE else JUDGED_REFUSAL
        luck, hours = self.rng.random(), self.rng.choice((1, 2, 3, 5, 8, 20, 26, 45, 70, 100))
        value = self.rng.choices(VALUES, VERDICTS[ReportStatus(closed_as)])[0]
        if luck > asked:
            return
        self.at += timedelta(hours=hours, minutes=self.rng.randrange(60))
        self._say(value)
        if value == VerdictValue.NO:
            self._mend(closed_as)

    def _say(self, value: str) -> None:
        wordy = self.rng.random() < WORDY[VerdictValue(value)]
        said = self.rng.choice(self.issue.words[value])
        self.acts.append(Judged(self.at, value=value, words=said if wordy else ""))

    def _mend(self, closed_as: str) -> None:
        """What was not done well is done again; a refusal is explained in person, and stays."""
        again = closed_as == ReportStatus.DONE
        self._tell(ReportStatus.ACKNOWLEDGED, words.common()["sorry" if again else "listened"], (1, 3))
        if not again:
            self._tell(ReportStatus.NOT_DONE, words.common()["final"], (4, 9))
            return
        self._tell(ReportStatus.DONE, self.issue.words["redone"], (2, 8))
        if self.rng.random() < JUDGED:
            self.at += timedelta(hours=self.rng.randint(2, 60))
            self._say(self.rng.choices(VALUES[:2], (80, 20))[0])

    def _tell(self, status: str, messages: Sequence[str], days: tuple[int, int]) -> None:
        self.at = moments.in_office(self.at, self.rng.randint(*days), self.rng)
        self.acts.append(Answered(self.at, by=self.handler, status=status, message=self.rng.choice(messages)))


def in_words(day: date) -> str:
    return date_format(day, "l j F")
