"""The Youth Manifesto on one page: its steps, its gates.

Source: the brochure "Aan de slag met democratische vernieuwing?", "Youth Manifesto": young people with little access to
politics raise subjects and influence decisions; the form is decided with them; the municipality is handed a concrete
manifest with subjects and an action list, with next steps, and their points reach the council's agenda.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from trajecten.method import Method, Step, Unmet

# Acts that a step allows.
INVITE = "invite"
CHOOSE_FORM = "choose_form"
ADD_SUBJECT = "add_subject"
ASK = "ask"
CHOOSE = "choose"
WRITE = "write"
HAND_OVER = "hand_over"
ANSWER = "answer"
FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Facts:
    """What the gates look at."""

    promises_open: int


def promises_have_ended(facts: Facts) -> Iterator[Unmet]:
    """Following up ends when every promise to the young people has come to an end, good or bad."""
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
        "group",
        _("Form the group"),
        _("Young people who are seldom heard come together, with a supervisor they trust."),
        allows=frozenset({INVITE}),
        typical_days=42,
    ),
    Step(
        "form",
        _("Choose how we work"),
        _("The group decides itself how it works: evenings, a walk, video, interviews or online."),
        allows=frozenset({CHOOSE_FORM}),
        typical_days=14,
    ),
    Step(
        "subjects",
        _("Collect subjects"),
        _("Everyone adds what is wrong, what is missing, or what could be better."),
        allows=frozenset({ADD_SUBJECT}),
        typical_days=21,
    ),
    Step(
        "digging",
        _("Dig in"),
        _(
            "What is going on, for whom, and who decides about it? Officials and councillors answer "
            "questions."
        ),
        allows=frozenset({ASK}),
        typical_days=42,
    ),
    Step(
        "choosing",
        _("Choose"),
        _("The group votes in secret on what goes into the manifesto. A small group counts too."),
        allows=frozenset({CHOOSE}),
        typical_days=14,
    ),
    Step(
        "writing",
        _("Write the manifesto"),
        _("What we see, what we want, and who should do what by when."),
        allows=frozenset({WRITE}),
        typical_days=35,
    ),
    Step(
        "handover",
        _("Hand it over"),
        _("The manifesto goes to the municipality, on a day and in a way that the group chooses."),
        allows=frozenset({HAND_OVER}),
        typical_days=14,
    ),
    Step(
        "answer",
        _("The answer"),
        _("For every action the municipality says: yes, in part or no, why, who does it, and by when."),
        allows=frozenset({ANSWER}),
        typical_days=42,
    ),
    Step(
        "follow_up",
        _("What became of it"),
        _("After three, six and twelve months the group says whether it was really done."),
        allows=frozenset({FOLLOW_UP}),
        gates=(promises_have_ended,),
        typical_days=365,
    ),
)

METHOD = Method(
    key="youth",
    name=_("Youth Manifesto"),
    summary=_("Young people who are seldom heard put their own points on the agenda of the council."),
    source=(
        "Brochure “Aan de slag met democratische vernieuwing?”, Samen met de jongeren in uw gemeente een "
        "Youth Manifesto opzetten!"
    ),
    steps=STEPS,
)
