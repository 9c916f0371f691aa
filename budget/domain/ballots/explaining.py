"""Why a project won or lost, in sentences that everybody understands."""

from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.domain.ballots.outcome import Outcome, Project
from budget.enums import BallotRule
from trajecten import money


def euro(amount: Fraction) -> str:
    """The amount as people write it: without cents where there are none, else rounded to a cent."""
    if amount.denominator == 1:
        return money.whole(int(amount))
    cents = number_format(float(round(amount, 2)), decimal_pos=2, force_grouping=True)
    return f"€\N{NO-BREAK SPACE}{cents}"


def why(project: Project, outcome: Outcome) -> list[str]:
    """The sentences of one project: who supports it, and what that came to."""
    if not project.supporters:
        return [_("Nobody chose this project.")]
    supporters = ngettext(
        "%(n)s person chose this project.", "%(n)s people chose this project.", project.supporters
    ) % {"n": _number(project.supporters)}
    return [supporters, *_came_of_it(project, outcome)]


def _came_of_it(project: Project, outcome: Outcome) -> list[str]:
    if project.state == "filled":
        return [_filled(project, outcome)]
    if project.cost > outcome.budget:
        return [_("It costs more than the whole amount of %(budget)s.") % {"budget": euro(outcome.budget)}]
    if outcome.rule == BallotRule.MOST_VOTES:
        return _by_most_votes(project)
    return _won(project) if project.won else _lost(project, outcome)


def _filled(project: Project, outcome: Outcome) -> str:
    first = _("Their shares were not enough: %(missing)s was missing.") % {"missing": euro(project.missing)}
    added = _("It was added afterwards, because money was left and it has many votes.")
    return f"{first} {added}" if outcome.rule == BallotRule.EQUAL_SHARES else added


def _by_most_votes(project: Project) -> list[str]:
    if project.won:
        return [_("When its turn came, there was enough money for it.")]
    words = {"missing": euro(project.missing)}
    return [_("Projects with more votes went first. After that %(missing)s was missing.") % words]


def _won(project: Project) -> list[str]:
    if not project.paid:
        return [_("It costs nothing, so it can be done.")]
    told = [_("Together they paid %(paid)s of their shares.") % {"paid": euro(project.paid)}]
    if project.in_full:
        told.append(_in_full(project))
    if project.gave_all:
        told.append(
            ngettext(
                "%(n)s of them had less left, and gave all of that.",
                "%(n)s of them had less left, and gave all of that.",
                project.gave_all,
            )
            % {"n": _number(project.gave_all)}
        )
    return told


def _in_full(project: Project) -> str:
    """What each paid who had enough: the same, unless they gave it points."""
    words = {
        "n": _number(project.in_full),
        "least": euro(project.least_each),
        "each": euro(project.most_each),
    }
    if project.least_each < project.most_each:
        return _("%(n)s of them paid %(least)s to %(each)s each: who gave it more points paid more.") % words
    return (
        ngettext("%(n)s of them paid %(each)s.", "%(n)s of them paid %(each)s each.", project.in_full) % words
    )


def _lost(project: Project, outcome: Outcome) -> list[str]:
    words = {"left": euro(project.left), "missing": euro(project.missing)}
    if not project.left:
        return [
            _("Their shares had gone to other projects that they chose. So nothing was left for this one.")
        ]
    had = _("Together they had %(left)s left. So %(missing)s was missing.") % words
    return [*_raised(outcome), had]


def _raised(outcome: Outcome) -> list[str]:
    """With what share they had that, where it is not the one at the beginning."""
    if outcome.raised <= outcome.share:
        return []
    return [_("In the end everybody's share was %(share)s.") % {"share": euro(outcome.raised)}]


def preferred(outcome: Outcome) -> list[str]:
    """Whether more people would have preferred most votes first; empty where it was counted so."""
    if outcome.rule == BallotRule.MOST_VOTES:
        return []
    this, other = outcome.prefer_this, outcome.prefer_most_votes
    told = [
        ngettext(
            "%(n)s person gets more of what they chose by this outcome.",
            "%(n)s people get more of what they chose by this outcome.",
            this,
        )
        % {"n": _number(this)},
        ngettext(
            "%(n)s person would get more by most votes first.",
            "%(n)s people would get more by most votes first.",
            other,
        )
        % {"n": _number(other)},
        ngettext(
            "To %(n)s person it makes no difference.",
            "To %(n)s people it makes no difference.",
            outcome.same_to,
        )
        % {"n": _number(outcome.same_to)},
    ]
    return [*told, _verdict(this, other)]


def _verdict(this: int, other: int) -> str:
    if this > other:
        return _("So more people are better off with this outcome.")
    if other > this:
        return _(
            "So more people would be better off with most votes first. "
            "Equal shares makes sure that smaller groups get something too."
        )
    return _("So as many people are better off with the one as with the other.")


def _number(number: int) -> str:
    return number_format(number, decimal_pos=0, force_grouping=True)
