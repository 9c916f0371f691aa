"""Why an idea ranks where it does, in words: each part of its power, and what would raise it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.domain.ideas import power
from buurtschouw.enums import Feasibility
from buurtschouw.method import PowerFacts
from buurtschouw.models import Idea


@dataclass(frozen=True)
class Explained:
    """One part: its name, its points of how many, how it stands now, and what would raise it (empty for nothing)."""

    key: str
    label: str
    points: float
    maximum: int
    now: str
    raises: str

    @property
    def share(self) -> int:
        """How many percent of its ceiling."""
        return round(100 * self.points / self.maximum)


def explained(idea: Idea) -> list[Explained]:
    """The parts of today's power, in the order of the formula."""
    facts = power.facts_of(idea)
    words = {**_people(facts), **_rest(facts)}
    return [
        Explained(part.key, words[part.key][0], part.points, part.maximum, *words[part.key][1:])
        for part in power.power_of(idea).parts
    ]


def _people(facts: PowerFacts) -> dict[str, tuple[str, str, str]]:
    pulled = ngettext("%(n)d person pulls it", "%(n)d people pull it", facts.pullers) % {"n": facts.pullers}
    joined = ngettext("%(n)d person joins", "%(n)d people join", facts.joiners) % {"n": facts.joiners}
    hours = ngettext("%(n)d hour a month", "%(n)d hours a month", facts.hours) % {"n": facts.hours}
    supported = ngettext("%(n)d person", "%(n)d people", facts.supporters) % {"n": facts.supporters}
    return {
        "pulled": (
            _("Somebody pulls it"),
            pulled if facts.pullers else _("nobody yet"),
            _("A second one who pulls, for if the first can't.")
            if facts.pullers
            else _("Somebody who takes the lead. Nothing raises it more."),
        ),
        "joined": (
            _("Who joins"),
            joined if facts.joiners else _("nobody yet"),
            _("More people who join. The first ones count most."),
        ),
        "hours": (
            _("Hours offered"),
            hours if facts.hours else _("none yet"),
            _("More hours a month, of who joins or pulls."),
        ),
        "supported": (
            _("Who thinks it is a good idea"),
            supported if facts.supporters else _("nobody yet"),
            _("More people who say “good idea”. The first ones count most."),
        ),
    }


def _rest(facts: PowerFacts) -> dict[str, tuple[str, str, str]]:
    homes = facts.neighbourhoods
    spread = ngettext("%(n)d neighbourhood", "%(n)d neighbourhoods", homes) % {"n": homes}
    level = Feasibility(facts.feasibility).label if facts.feasibility else _("not judged yet")
    judged = _("The municipality judges whether it is feasible.") if not facts.feasibility else ""
    change = _("Another plan that is easier to carry out.")
    idle = facts.idle_days
    ago = ngettext("%(n)d day ago", "%(n)d days ago", idle) % {"n": idle}
    return {
        "spread": (
            _("From how many neighbourhoods"),
            spread if homes else _("not known"),
            _("People of other neighbourhoods, who say where they live."),
        ),
        "feasible": (
            _("Is it feasible?"),
            str(level),
            judged or ("" if facts.feasibility == Feasibility.EASY else change),
        ),
        "fresh": (
            _("When something happened last"),
            ago if idle else _("today"),
            _("Something happens: somebody joins, or the municipality answers.") if idle else "",
        ),
    }
