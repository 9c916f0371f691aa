"""Burgers aan het stuur on one page: its eight steps, its gates.

Source: the brochure "Aan de slag met democratische vernieuwing?", "Training Burgers aan het stuur", under "De stappen
van de methodiek": what is going on, what must become better, action plan, measurable results, carrying out, measuring,
accounting for it, new goals.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from trajecten.method import Method, Step, Unmet

# Acts that a step allows.
GATHER = "gather"
SET_GOALS = "set_goals"
PLAN = "plan"
SET_RESULTS = "set_results"
CARRY_OUT = "carry_out"
MEASURE = "measure"
ACCOUNT = "account"
RENEW = "renew"


@dataclass(frozen=True)
class Facts:
    """What the gates look at."""

    has_area: bool


def has_neighbourhood(facts: Facts) -> Iterator[Unmet]:
    """An initiative is of a neighbourhood: without one nobody knows whom to hear."""
    if not facts.has_area:
        yield Unmet("area", _("It is not known yet in which neighbourhood the initiative is."))


STEPS = (
    Step(
        "signals",
        _("What is going on?"),
        _("We gather what people notice, who is touched by it, and where it comes from."),
        allows=frozenset({GATHER}),
        gates=(has_neighbourhood,),
        typical_days=28,
    ),
    Step(
        "goals",
        _("What must become better?"),
        _("We say in plain words what we want to reach, for whom, and why."),
        allows=frozenset({SET_GOALS}),
        typical_days=21,
    ),
    Step(
        "plan",
        _("Make a plan"),
        _("Who does what, when, and what is needed for it: money, hours, a place, a permit."),
        allows=frozenset({PLAN}),
        typical_days=28,
    ),
    Step(
        "results",
        _("Agree on results"),
        _("For each goal we agree how we will see that it worked: how it is now, and how it should be."),
        allows=frozenset({SET_RESULTS}),
        typical_days=14,
    ),
    Step(
        "action",
        _("Do it"),
        _("We carry out the plan, and keep up what was done and what stands in the way."),
        allows=frozenset({CARRY_OUT}),
        typical_days=120,
    ),
    Step(
        "measure",
        _("Measure"),
        _("We measure again and compare it with how it was and how it should be."),
        allows=frozenset({MEASURE}),
        typical_days=21,
    ),
    Step(
        "account",
        _("Account for it"),
        _("We tell everyone what we wanted, did, reached, spent and learnt."),
        allows=frozenset({ACCOUNT}),
        typical_days=21,
    ),
    Step(
        "renew",
        _("Set new goals"),
        _("For each goal we decide: go on, change it, or stop. Then the next round begins."),
        allows=frozenset({RENEW}),
        typical_days=14,
    ),
)

METHOD = Method(
    key="stuur",
    name=_("Burgers aan het stuur"),
    summary=_("An initiative of residents in eight steps, from what is going on to what it has brought."),
    source="Brochure “Aan de slag met democratische vernieuwing?”, Training “Burgers aan het stuur”",
    steps=STEPS,
)
