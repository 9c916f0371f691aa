"""The digitale buurtschouw on one page: its three steps, its gates, its numbers.

Source: the brochure "Aan de slag met democratische vernieuwing?", "Digitale Buurtschouw", under "Stappen":
preparation and direction by a core group; the walk, with data entered during or after it; feedback of the
results, and evaluating to learn from it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from trajecten.method import Method, Step, Unmet

# Acts that a step allows.
PREPARE = "prepare"
REPORT = "report"
EVALUATE = "evaluate"

# -- Reports ---------------------------------------------------------------------------------------------------
# Open reports of the same theme this near, in metres, are shown before somebody sends a new one.
DUPLICATE_RADIUS_M = 50
# Working days that a reporter has to answer a question, before the official who asked it hears that nothing came.
WAIT_FOR_REPORTER_DAYS = 10
# So many reports at once, in an act on several.
MAX_BULK = 200

# -- The walk --------------------------------------------------------------------------------------------------
# The brochure has no numbers for the walk itself; these are our choice. A group with children, a pushchair or a
# wheelchair does some 4 km an hour, where one adult does 5. At a stop one looks, scores and takes a photo.
WALKING_SPEED_KMH = 4
MINUTES_A_STOP = 5
# Shorter is no walk, longer none that everybody can come along with.
ROUTE_MIN_M, ROUTE_MAX_M = 100, 15_000
MOST_STOPS = 40
# A statement of quality is scored from "not at all" to "wholly".
SCORES = range(1, 6)
# Fewer walkers than this at a stop say too little of it; the page says so.
FEW_WALKERS = 3
# What was seen or scored during the walk may be sent so many days after its step was closed: phones that were without
# a network send late. WebKit lets go of what a page keeps after 7 days without use, so what is still on a phone after
# two weeks comes from one that is used; then an official takes its file, for which there is no term.
LATE_SENDING_DAYS = 14


def walking_minutes(metres: float, stops: int) -> int:
    """How long a group is on its way: walking, and standing still at each stop; rounded up to five minutes."""
    walking = metres / (WALKING_SPEED_KMH * 1000 / 60)
    return 5 * math.ceil((walking + MINUTES_A_STOP * stops) / 5)


# -- Evaluation ------------------------------------------------------------------------------------------------
# How long walkers and officials can say what they thought of the walk, from the day on which they are asked.
EVALUATION_DAYS = 21


@dataclass(frozen=True)
class Question:
    """A question of the evaluation: ``kind`` is score (``SCORES``), choice (yes, maybe, no) or words.

    ``asked_of`` are the groups (``enums.EvaluationGroup``) that get it; what ``is_of_walk`` only who of them was there.
    """

    key: str
    text: str | Promise
    kind: Literal["score", "choice", "words"]
    asked_of: frozenset[str]
    is_of_walk: bool = False


_WALKERS, _OFFICIALS = frozenset({"walker"}), frozenset({"official"})
# The brochure under "Terugkoppeling": evaluating with those who took part, to learn from it for a next time.
QUESTIONS = (
    Question("useful", _("How useful was this walk?"), "score", _WALKERS | _OFFICIALS),
    Question("heard", _("Did you feel heard?"), "score", _WALKERS),
    Question("easy", _("Was it easy to take part?"), "score", _WALKERS),
    Question("doable", _("Was answering all reports doable?"), "score", _OFFICIALS),
    Question("again", _("Would you walk along again?"), "choice", _WALKERS | _OFFICIALS, is_of_walk=True),
    Question("well", _("What went well?"), "words", _WALKERS),
    Question("learned", _("What did you learn?"), "words", _OFFICIALS),
    Question("different", _("What should be different next time?"), "words", _WALKERS | _OFFICIALS),
)


def questions_for(group: str, *, walked: bool = True) -> tuple[Question, ...]:
    """What somebody of this group is asked, in this order; ``walked`` is whether they were there."""
    asked = (question for question in QUESTIONS if group in question.asked_of)
    return tuple(question for question in asked if walked or not question.is_of_walk)


# -- Gates -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """What the gates look at."""

    has_date: bool
    has_area: bool
    categories: int
    themes_without_team: tuple[str, ...]
    walk_has_begun: bool
    reports_unanswered: int
    is_evaluated: bool


def planned(facts: Facts) -> Iterator[Unmet]:
    """The preparation needs a date and at least one area; both reasons are given when both are missing."""
    if not facts.has_date:
        yield Unmet("date", _("The date and time of the walk are not known yet."))
    if not facts.has_area:
        yield Unmet("area", _("It is not known yet which neighbourhood is walked."))


def themes_have_owners(facts: Facts) -> Iterator[Unmet]:
    """The preparation needs themes, each with a team: a report without one would be answered by nobody."""
    if not facts.categories:
        yield Unmet("themes", _("No themes have been chosen yet."))
    if facts.themes_without_team:
        yield Unmet(
            "team",
            ngettext_lazy(
                "The theme %(names)s has no team that answers its reports.",
                "These themes have no team that answers their reports: %(names)s.",
                "n",
            ),
            {"n": len(facts.themes_without_team), "names": ", ".join(facts.themes_without_team)},
        )


def walked(facts: Facts) -> Iterator[Unmet]:
    """The walk is not closed before it has begun."""
    if not facts.walk_has_begun:
        yield Unmet("walk", _("The walk has not been held yet."))


def everybody_answered(facts: Facts) -> Iterator[Unmet]:
    """Feedback is not closed while an open report has had no answer at all."""
    if facts.reports_unanswered:
        yield Unmet(
            "answers",
            ngettext_lazy(
                "%(n)d report has had no answer yet.", "%(n)d reports have had no answer yet.", "n"
            ),
            {"n": facts.reports_unanswered},
        )


def walkers_were_asked(facts: Facts) -> Iterator[Unmet]:
    """Feedback is not closed before the walkers and officials were asked what they thought of it."""
    if not facts.is_evaluated:
        yield Unmet("evaluation", _("The walkers have not been asked yet what they thought of the walk."))


# -- Advice ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prepared:
    """What makes a walk go well, beyond what its gates ask."""

    has_route: bool
    stops: int
    statements: int
    residents: int  # of the core group
    officials: int  # who walk along, with councillors and members of the executive
    duties_missing: tuple[str, ...]
    invited: int


def advised(prepared: Prepared) -> Iterator[Unmet]:
    """What would still help. It is advice and no gate: a walk without a route, by people who only report, is one too.

    The brochure has the preparation done by a core group of residents and officials.
    """
    if not prepared.residents:
        yield Unmet("residents", _("There is no resident in the core group yet."))
    if not prepared.officials:
        yield Unmet("officials", _("No official or councillor walks along yet."))
    if not prepared.has_route:
        yield Unmet("route", _("The route has not been drawn yet."))
    if not prepared.stops:
        yield Unmet("stops", _("There are no stops yet."))
    elif not prepared.statements:
        yield Unmet("statements", _("Nothing has been chosen yet to score at the stops."))
    if prepared.duties_missing:
        values = {"duties": ", ".join(prepared.duties_missing)}
        yield Unmet("duties", _("Nobody does this yet: %(duties)s."), values)
    if not prepared.invited:
        yield Unmet("invited", _("Nobody has been invited yet."))


# -- Initiative power ------------------------------------------------------------------------------------------
# Which ideas have the energy to become something. The brochure asks to map "the ideas with the greatest initiative
# power" without saying how; what counts here, and how much, is ours:
#
# - Who does it counts more than who likes it: an idea without anybody who pulls it stays an idea.
# - The first ones of anything say most. Each part but the judgement has a ceiling that it comes ever nearer to, so
#   that a street full of signatures does not outweigh three people who give their evenings.
# - What is silent fades, and comes back when something happens.
#
# The ceilings add up to 100.
PULLED_MAX = 25
# Of these, for the first who pulls. More than one is safer, but it is the first who makes the difference.
FIRST_PULLER = 20
JOINED_MAX = 20
# With so many who join, who pull included, half of the ceiling is reached: a group that can do something.
JOINED_HALF = 4
HOURS_MAX = 10
# So many hours a month together give half: two people an evening a week.
HOURS_HALF = 16
SUPPORTED_MAX = 15
# So many supporters give half: about one side of a street.
SUPPORTED_HALF = 12
SPREAD_MAX = 10
# So many neighbourhoods beyond the first give half. Neighbourhoods are counted, not weighed by how many live in each
# or how evenly (as entropy does): then one more supporter in a street that has many already would lower the rank.
SPREAD_HALF = 2
FEASIBLE_MAX = 10
# An official judges, with a reason. Not judged yet is in the middle: nobody's idea loses for having to wait.
FEASIBLE = {"": 5, "not_possible": 0, "hard": 3, "possible": 7, "easy": FEASIBLE_MAX}
FRESH_MAX = 10
# After so many days in which nothing happened half of the freshness is left: two months, so that an idea of one walk
# is not forgotten before the next, a half year or a year later, but does not stand before what lives now.
FRESH_HALF_LIFE_DAYS = 60

# Hours a month that one person may offer: more than a working week is no offer but a job.
JOIN_HOURS = range(1, 41)
# So many messages a week may who pulls an idea send to who joined: enough to organise, too few to be a nuisance.
MESSAGES_A_WEEK = 3


@dataclass(frozen=True)
class PowerFacts:
    """What the initiative power of an idea is reckoned from. Each person counts once in each of these.

    ``joiners`` are all who join, those who pull it included; ``hours`` what they offer together a month.
    ``neighbourhoods`` are the different ones in which those who support or join live, as far as they said.
    ``idle_days`` is how many days ago something happened to the idea last.
    """

    pullers: int = 0
    joiners: int = 0
    hours: int = 0
    supporters: int = 0
    neighbourhoods: int = 0
    feasibility: str = ""
    idle_days: int = 0


@dataclass(frozen=True)
class PowerPart:
    """One part of the initiative power: how many points of how many."""

    key: str
    points: float
    maximum: int


@dataclass(frozen=True)
class Power:
    """Initiative power, 0 to 100, with its parts in the order of the formula."""

    parts: tuple[PowerPart, ...]

    @property
    def total(self) -> float:
        return sum(part.points for part in self.parts)


def initiative_power(facts: PowerFacts) -> Power:
    """How much energy an idea has. More of anything never lowers it; each one more adds less than the one before."""
    pulled = (
        FIRST_PULLER + _nearing(PULLED_MAX - FIRST_PULLER, facts.pullers - 1, 1) if facts.pullers else 0.0
    )
    return Power(
        (
            PowerPart("pulled", pulled, PULLED_MAX),
            PowerPart("joined", _nearing(JOINED_MAX, facts.joiners, JOINED_HALF), JOINED_MAX),
            PowerPart("hours", _nearing(HOURS_MAX, facts.hours, HOURS_HALF), HOURS_MAX),
            PowerPart("supported", _nearing(SUPPORTED_MAX, facts.supporters, SUPPORTED_HALF), SUPPORTED_MAX),
            PowerPart(
                "spread", _nearing(SPREAD_MAX, max(facts.neighbourhoods - 1, 0), SPREAD_HALF), SPREAD_MAX
            ),
            PowerPart("feasible", float(FEASIBLE[facts.feasibility]), FEASIBLE_MAX),
            PowerPart(
                "fresh", FRESH_MAX * 0.5 ** (max(facts.idle_days, 0) / FRESH_HALF_LIFE_DAYS), FRESH_MAX
            ),
        )
    )


def _nearing(ceiling: float, count: int, half: int) -> float:
    """From 0 towards the ceiling: half of what is left is added with every ``half`` more."""
    return ceiling * (1 - 0.5 ** (count / half))


# -- Forwarding to another system ------------------------------------------------------------------------------
# A send that fails is tried again after so many minutes, each sooner or later by at most the share below, so that what
# failed together does not come back together; seven tries in some 22 hours. A server that asks to wait longer than a
# day is not waited for.
FORWARD_PAUSES = (2, 10, 30, 120, 360, 780)
FORWARD_JITTER = 0.2
FORWARD_LONGEST_PAUSE = 24 * 60
# A send of which nothing was heard for so many minutes was cut off: its worker is gone.
FORWARD_LOST_AFTER = 10
# How often the other system is asked how it stands: minutes between two times, up to so many days after it arrived.
FORWARD_POLLS = ((1, 15), (7, 60), (30, 360), (365, 1440))
# Without an end after so many days it comes back to the municipality.
FORWARD_FOLLOWED_DAYS = 180
# Their "we don't know this" is believed after so many times in a row.
FORWARD_UNKNOWN_TIMES = 3
# A token is exchanged for a number: so many tries at once, with so many seconds between them; later with the polls.
FORWARD_TOKEN_TRIES = 5
FORWARD_TOKEN_PAUSE = 2.0

# -- Steps -----------------------------------------------------------------------------------------------------
STEPS = (
    Step(
        "preparation",
        _("Preparation"),
        _("A core group of residents and officials chooses the neighbourhood, the date and the themes."),
        allows=frozenset({PREPARE}),
        gates=(planned, themes_have_owners),
        typical_days=42,
    ),
    Step(
        "walk",
        _("The walk"),
        _("We walk the neighbourhood and note what we see, on the spot or at home afterwards."),
        allows=frozenset({PREPARE, REPORT}),
        gates=(walked,),
        typical_days=14,
    ),
    Step(
        "feedback",
        _("Feedback"),
        _("Everyone hears what was done with their report, and we look at what we can learn."),
        allows=frozenset({EVALUATE}),
        gates=(everybody_answered, walkers_were_asked),
        typical_days=42,
    ),
)

METHOD = Method(
    key="buurtschouw",
    name=_("Digitale buurtschouw"),
    summary=_("Walk the neighbourhood together, enter what you see, and hear at once what is done with it."),
    source="Brochure “Aan de slag met democratische vernieuwing?”, Digitale Buurtschouw",
    steps=STEPS,
)
