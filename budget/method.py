"""Budgetmonitoring on one page: its route, its gates.

Source: the brochure "Aan de slag met democratische vernieuwing?", "Training Budgetmonitoring", under "De route":
residents choose domains, then policy programmes within them, which are analysed on content and process and translated
to neighbourhoods; residents make an alternative budget and propose it to the council, which adopts it or parts of it;
residents monitor its execution. Choosing concrete projects within an envelope is not in the brochure, and optional.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from budget.enums import Moment, Period
from trajecten.method import Method, Step, Unmet

# Acts that a step allows.
CHOOSE_THEMES = "choose_themes"
CHOOSE_PROGRAMMES = "choose_programmes"
ANALYSE = "analyse"
ASK = "ask"
MAKE_ALTERNATIVE = "make_alternative"
CHOOSE_PROJECTS = "choose_projects"
PROPOSE = "propose"
MONITOR = "monitor"

# Numbers of the method; the brochure has none for these.
SMALLEST_GROUP = 5  # residents; below it, figures by area or kind of participant point at persons
# Categories of Iv3 that only move money within the books: changes of the reserves, interest that is charged on, and
# other settlements. They are kept, and no spending. Source: CBS, Iv3 definitions. Nor are task fields 0.10 and 0.11
# (``budget.iv3.codes.BELOW_MAIN``) spending on anything, but they stay lines of their own.
BOOKKEEPING = frozenset({"7.1", "7.4", "7.5"})
# -- The alternative budget ------------------------------------------------------------------------------------
# The brochure has no numbers for it; these are our choice.
# So many percent of its amount a line can go down or up, unless the coordinator says otherwise.
SHIFT_PERCENT = 20
# More lines than this nobody reads through; there are some sixty comparable task fields.
MOST_LINES = 70
# Who has not finished hears so many days before a round closes that it does.
REMIND_DAYS = 3
# A round is open at most so many days, counted from today: a year that was mistyped would keep it open for ages.
ROUND_DAYS = 366
# A draft whose mail address was not confirmed is kept so many days; after a closed round, who made what as many.
UNCONFIRMED_DAYS = 30
KNOWN_DAYS = 365
# Task fields of which the law fixes what is paid and to whom: the council can't take from them.
FIXED_BY_LAW: Mapping[str, str | Promise] = {
    "6.3": _("Benefits are a right: the law fixes who gets one and how much."),
    "6.6": _("Who needs an aid gets one: that is a right by law (Wmo)."),
    "6.7": _("Who needs support gets it: that is a right by law (Wmo, Jeugdwet)."),
    "6.8": _("A child who is in danger has to be protected: that is the law."),
    "1.1": _("The municipality pays its part of the safety region: that is the law."),
}
# An official answers a question of a resident within so many working days.
ANSWER_DAYS = 10
# So many themes one person can suggest, so that the list stays one that people can read.
SUGGESTIONS_A_PERSON = 3
# What the council adopted is promised until the end of the year of the budget, or else until the annual accounts are
# with the province: 15 July of the next year (Gemeentewet, article 200). A decision after both gets so many days.
ACCOUNTS_WITH_PROVINCE = (7, 15)
PROMISED_DAYS = 90
# Following the money. No source gives these numbers: they are the portal's own choice, with the reason beside each.
# The part of a year that is over at the end of a period, where no earlier year says how the spending goes.
YEAR_PASSED = {
    Period.QUARTER_1: Fraction(1, 4),
    Period.QUARTER_2: Fraction(1, 2),
    Period.QUARTER_3: Fraction(3, 4),
    Period.QUARTER_4: Fraction(1),
    Period.ACCOUNTS: Fraction(1),
}
# So many years back one looks for the course of an own year: older ones are of other policy.
PATTERN_YEARS = 3
# An earlier year in which less than this part was booked by then says nothing: one late invoice would be the forecast.
LEAST_COURSE = Fraction(1, 20)
# And one of less than this many euro in all is too small to have a course.
LEAST_PATTERN = 10_000
# How far the forecast may be from the plan, as a part of the plan. Bookings come late, so a forecast is surer as the
# year goes on; after one quarter it says nothing yet (None), unless the whole amount is spent already.
SIGNAL_FROM: dict[Period, Fraction | None] = {
    Period.QUARTER_1: None,
    Period.QUARTER_2: Fraction(1, 4),
    Period.QUARTER_3: Fraction(15, 100),
    Period.QUARTER_4: Fraction(1, 10),
    Period.ACCOUNTS: Fraction(1, 20),
}
# And at least so many euro: less than this is no news. A plan that is smaller is one when all of it is at stake.
LEAST_DEVIATION = 1_000
# Figures over a quarter are asked for so many days after its end: municipalities close a quarter within a month.
FIGURES_AFTER_DAYS = 45


@dataclass(frozen=True)
class Usual:
    """When a moment of planning and control usually is, and what has to be ready before it to matter.

    ``month`` and ``day`` are of the year that lies ``years`` after that of the budget. ``step`` has to be closed
    ``ready_before`` days before it.
    """

    moment: Moment
    years: int
    month: int
    day: int
    step: str = ""
    ready_before: int = 0


# Source of the months: the Municipalities Act (Gemeentewet) articles 190 to 200, and what is usual: the outlook from
# May to July, the draft in September or October, the budget at the province before 15 November, a report in May or
# June and one in autumn, the accounts at the province before 15 July. Which step has to be ready, and how long
# before, is the portal's own choice: the college writes the outlook and the draft some weeks before they come out,
# groups of the council need two weeks for an amendment, and a decision has to be in the spring report to change the
# running year.
CALENDAR = (
    Usual(Moment.OUTLOOK, -1, 6, 1, "programmes", 28),
    Usual(Moment.DRAFT, -1, 10, 1, "analysis", 28),
    Usual(Moment.COUNCIL, -1, 11, 5, "alternative", 14),
    Usual(Moment.SPRING, 0, 6, 1, "council", 28),
    Usual(Moment.AUTUMN, 0, 11, 1),
    Usual(Moment.ACCOUNTS, 1, 7, 1, "monitor", 14),
)
# So many days before a step has to be ready, who leads the trajectory is warned: time for one more meeting.
WARN_BEFORE_DAYS = 21
# Classes of size in which Statistics Netherlands compares municipalities: from so many inhabitants, up to the next.
SIZE_CLASSES = (0, 20_000, 50_000, 100_000, 250_000)
# A comparison with fewer municipalities than these says nothing.
FEWEST_TO_COMPARE = 3
# How many lines one address may answer about in an hour: enough for a class that looks together.
ANSWERS_PER_HOUR = 300


@dataclass(frozen=True)
class Facts:
    """What the gates look at."""

    has_area: bool
    promises_open: int
    themes_chosen: int = 0
    programmes_chosen: int = 0
    outcomes_frozen: int = 0
    amendments_decided: int = 0


def a_theme_is_chosen(facts: Facts) -> Iterator[Unmet]:
    """What residents voted for leads to a choice, with its reason."""
    if not facts.themes_chosen:
        yield Unmet("themes", _("No theme has been chosen yet. Say which ones, and why."))


def a_programme_is_chosen(facts: Facts) -> Iterator[Unmet]:
    """Without a programme there is nothing to analyse."""
    if not facts.programmes_chosen:
        yield Unmet("programmes", _("No programme has been chosen yet. Say which ones, and why."))


def has_neighbourhood(facts: Facts) -> Iterator[Unmet]:
    """The analysis is translated to neighbourhoods, so there has to be one."""
    if not facts.has_area:
        yield Unmet("area", _("It is not known yet to which neighbourhoods the budget is translated."))


def an_outcome_is_frozen(facts: Facts) -> Iterator[Unmet]:
    """What goes on to the council is counted after the round was closed, and does not change any more."""
    if not facts.outcomes_frozen:
        yield Unmet(
            "outcome",
            _("The residents' alternative has not been counted yet. Close the round, and freeze it."),
        )


def the_council_has_decided(facts: Facts) -> Iterator[Unmet]:
    """Residents propose, and the council says yes, in part or no; only then there is something to follow."""
    if not facts.amendments_decided:
        yield Unmet("decision", _("The council has not decided on the amendment of residents yet."))


def promises_have_ended(facts: Facts) -> Iterator[Unmet]:
    """Monitoring ends when every promise on the budget has come to an end, good or bad."""
    if facts.promises_open:
        yield Unmet(
            "promises",
            ngettext_lazy(
                "%(n)d promise is still open: it has not been called done, partly done or broken.",
                "%(n)d promises are still open: they have not been called done, partly done or broken.",
                "n",
            ),
            {"n": facts.promises_open},
        )


# A vote on one project is no choice.
FEWEST_PROJECTS = 2


@dataclass(frozen=True)
class BallotFacts:
    """What has to be in order before a vote on projects opens. ``dear`` are projects that cost more than there is."""

    allowed: bool
    projects: int
    waiting: int
    unread: int
    dear: int
    days_left: int


def ballot_can_open(facts: BallotFacts) -> Iterator[Unmet]:
    """Who votes needs a choice, and every proposal an answer first."""
    if not facts.allowed:
        yield Unmet("step", _("The step in which projects are chosen is not open."))
    if facts.projects < FEWEST_PROJECTS:
        yield Unmet(
            "projects",
            _("It takes at least %(fewest)d projects that can be carried out; there are %(n)d now."),
            {"n": facts.projects, "fewest": FEWEST_PROJECTS},
        )
    yield from _unsettled(facts)
    if facts.days_left < 0:
        yield Unmet("closes_on", _("The last day of the vote has passed."))


def _unsettled(facts: BallotFacts) -> Iterator[Unmet]:
    """Projects of which it is not clear yet whether people can vote on them."""
    if facts.waiting:
        yield Unmet(
            "waiting",
            ngettext_lazy(
                "%(n)d project is not judged yet.",
                "%(n)d projects are not judged yet.",
                "n",
            ),
            {"n": facts.waiting},
        )
    if facts.unread:
        yield Unmet(
            "unread",
            ngettext_lazy(
                "%(n)d project has not been read yet.",
                "%(n)d projects have not been read yet.",
                "n",
            ),
            {"n": facts.unread},
        )
    if facts.dear:
        yield Unmet(
            "dear",
            ngettext_lazy(
                "%(n)d project costs more than there is.",
                "%(n)d projects cost more than there is.",
                "n",
            ),
            {"n": facts.dear},
        )


STEPS = (
    Step(
        "themes",
        _("Choose themes"),
        _(
            "Residents say what matters now, and choose the fields of the budget that we look at, such as "
            "poverty or youth."
        ),
        allows=frozenset({CHOOSE_THEMES}),
        gates=(a_theme_is_chosen,),
        typical_days=28,
    ),
    Step(
        "programmes",
        _("Choose programmes"),
        _("Within those themes we choose the policy programmes that make the difference."),
        allows=frozenset({CHOOSE_PROGRAMMES, ASK}),
        gates=(a_programme_is_chosen,),
        typical_days=21,
    ),
    Step(
        "analysis",
        _("Understand the budget"),
        _(
            "What are the goals, who decides when, what goes to which neighbourhood? Officials answer "
            "questions."
        ),
        allows=frozenset({ANALYSE, ASK}),
        gates=(has_neighbourhood,),
        typical_days=42,
    ),
    Step(
        "alternative",
        _("Make an alternative budget"),
        _("Everyone shifts money to what they find more important. It has to balance."),
        allows=frozenset({MAKE_ALTERNATIVE, ASK}),
        gates=(an_outcome_is_frozen,),
        typical_days=35,
    ),
    Step(
        "ballot",
        _("Choose projects together"),
        _("Within an amount that has been set aside, residents vote on concrete projects."),
        allows=frozenset({CHOOSE_PROJECTS}),
        optional=True,
        typical_days=28,
    ),
    Step(
        "council",
        _("To the council"),
        _("Residents propose their alternative. The council adopts it, or parts of it, and says why."),
        allows=frozenset({PROPOSE}),
        gates=(the_council_has_decided,),
        typical_days=56,
    ),
    Step(
        "monitor",
        _("Follow the money"),
        _("Residents follow whether the money goes where it was promised."),
        allows=frozenset({MONITOR, ASK}),
        gates=(promises_have_ended,),
        typical_days=365,
    ),
)

METHOD = Method(
    key="budget",
    name=_("Budgetmonitoring"),
    summary=_(
        "Read the budget of the municipality together, make an alternative, and follow whether the money "
        "goes there."
    ),
    source="Brochure “Aan de slag met democratische vernieuwing?”, Training Budgetmonitoring",
    steps=STEPS,
)
