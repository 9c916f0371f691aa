"""Visie en cultuurverandering on one page: the building blocks of a trajectory made to measure, its gates.

Source: the brochure "Aan de slag met democratische vernieuwing?", "Vernieuwing van het samenspel gemeente-inwoner":
tailored trajectories, in co-creation with residents and professionals, for a vision, a change of culture, or advice on
new forms of involvement. "Vorm: op maat": all blocks but the first and the last are optional.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from trajecten.method import Method, Step, Unmet

# Acts that a step allows.
EXPLORE = "explore"
SCAN = "scan"
TALK = "talk"
CHOOSE_AMBITION = "choose_ambition"
WRITE = "write"
ADOPT = "adopt"
PRACTISE = "practise"
EVALUATE = "evaluate"


@dataclass(frozen=True)
class Facts:
    """What the gates look at."""

    promises_open: int


def promises_have_ended(facts: Facts) -> Iterator[Unmet]:
    """A trajectory is not looked back upon while promises in it are still open."""
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


STEPS = (
    Step(
        "exploring",
        _("Explore"),
        _("What do we want to change, with whom, and what is there already?"),
        allows=frozenset({EXPLORE}),
        typical_days=28,
    ),
    Step(
        "scan",
        _("Measure the culture"),
        _(
            "Residents, officials, councillors and executives answer the same questions, so that the gap "
            "becomes visible."
        ),
        allows=frozenset({SCAN}),
        optional=True,
        typical_days=42,
    ),
    Step(
        "dialogue",
        _("Dialogue"),
        _(
            "Participants bring in statements and respond to each other. We see what divides and what "
            "unites them."
        ),
        allows=frozenset({TALK}),
        optional=True,
        typical_days=42,
    ),
    Step(
        "ambition",
        _("Choose how far we go"),
        _("For each subject: do residents know, advise, decide along, or do it themselves?"),
        allows=frozenset({CHOOSE_AMBITION}),
        optional=True,
        typical_days=28,
    ),
    Step(
        "writing",
        _("Write the vision"),
        _("The vision is written together. Everyone can see what was done with their words."),
        allows=frozenset({WRITE}),
        optional=True,
        typical_days=56,
    ),
    Step(
        "adoption",
        _("Adopt it"),
        _("The council decides on the vision and says why."),
        allows=frozenset({ADOPT}),
        optional=True,
        typical_days=42,
    ),
    Step(
        "practising",
        _("Practise"),
        _("Teams agree on other behaviour, try it out on a small scale, and tell what they learnt."),
        allows=frozenset({PRACTISE}),
        optional=True,
        typical_days=120,
    ),
    Step(
        "second_scan",
        _("Measure again"),
        _("The same questions once more: has the gap become smaller?"),
        allows=frozenset({SCAN}),
        optional=True,
        typical_days=42,
    ),
    Step(
        "evaluation",
        _("Look back"),
        _("What has changed, what has not, and what do we keep to from now on?"),
        allows=frozenset({EVALUATE}),
        gates=(promises_have_ended,),
        typical_days=28,
    ),
)

METHOD = Method(
    key="visie",
    name=_("Visie en cultuurverandering"),
    summary=_(
        "Renew together how the municipality and its residents work with each other, in words and in what "
        "people do."
    ),
    source=(
        "Brochure “Aan de slag met democratische vernieuwing?”, Vernieuwing van het samenspel gemeente-inwoner"
    ),
    steps=STEPS,
)
