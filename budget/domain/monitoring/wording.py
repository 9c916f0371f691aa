"""How money goes, in plain sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.monitoring.following import Followed
from budget.domain.monitoring.reckoning import Reckoned
from budget.enums import Period, Signal
from trajecten import money

PASSED: dict[Period, str | Promise] = {
    Period.QUARTER_1: gettext_lazy("A quarter of the year has passed"),
    Period.QUARTER_2: gettext_lazy("It is half way through the year"),
    Period.QUARTER_3: gettext_lazy("Three quarters of the year have passed"),
    Period.QUARTER_4: gettext_lazy("The year is over"),
    Period.ACCOUNTS: gettext_lazy("The annual accounts are in"),
}
MISSING: dict[Period, str | Promise] = {
    Period.QUARTER_1: gettext_lazy("The figures up to and including March are not there yet."),
    Period.QUARTER_2: gettext_lazy("The figures up to and including June are not there yet."),
    Period.QUARTER_3: gettext_lazy("The figures up to and including September are not there yet."),
    Period.QUARTER_4: gettext_lazy("The figures up to and including December are not there yet."),
    Period.ACCOUNTS: gettext_lazy("The annual accounts are not there yet."),
}
TONES = {Signal.UNDER: "warning", Signal.OVER: "danger", Signal.ON_COURSE: "success"}


def stands(reckoned: Reckoned) -> str:
    """Where it stands: "It is half way through the year; € 12,000 of € 50,000 has been spent." """
    values = {
        "passed": PASSED[reckoned.period],
        "spent": money.whole(_size(reckoned.spent, reckoned.plan)),
        "plan": money.whole(abs(reckoned.plan)),
    }
    if reckoned.plan < 0:
        return _("%(passed)s; %(spent)s of %(plan)s has been saved.") % values
    if reckoned.plan == 0:
        return _("%(passed)s; %(spent)s has been spent, and nothing was planned.") % values
    return _("%(passed)s; %(spent)s of %(plan)s has been spent.") % values


def expected(reckoned: Reckoned) -> str:
    """What that comes to; or by how much the plan was passed already, where the rest of the year can't be told."""
    if reckoned.signal == Signal.EARLY:
        return _("It is too early to say how the year will end.")
    left = money.whole(abs(reckoned.deviation))
    if not reckoned.is_extrapolated:
        return _so_far(reckoned, left)
    if not reckoned.deviation:
        return _("If it goes on like this it comes to exactly what was planned.")
    if reckoned.plan < 0:
        less = _("If it goes on like this %(left)s less will be saved than planned.")
        more = _("If it goes on like this %(left)s more will be saved than planned.")
        return (less if reckoned.deviation > 0 else more) % {"left": left}
    if reckoned.deviation < 0:
        return _("If it goes on like this %(left)s will be left.") % {"left": left}
    return _("If it goes on like this %(left)s more will be spent than planned.") % {"left": left}


def _so_far(reckoned: Reckoned, left: str) -> str:
    if not reckoned.deviation:
        return _("That is exactly what was planned.")
    if reckoned.plan < 0:
        less = _("That is %(left)s less saved than planned.")
        more = _("That is %(left)s more saved than planned.")
        return (less if reckoned.deviation > 0 else more) % {"left": left}
    if reckoned.deviation < 0:
        return _("%(left)s is left.") % {"left": left}
    return _("That is %(left)s more than planned.") % {"left": left}


def course(reckoned: Reckoned) -> str:
    """By what the expectation is reckoned."""
    percent = {"percent": round(100 * reckoned.course.part), "year": reckoned.course.of_year}
    if reckoned.course.of_year:
        return (
            _("In %(year)d, %(percent)d percent had been spent by then: that is what we reckon with.")
            % percent
        )
    return _("We reckon that by then %(percent)d percent of the year's money is spent.") % percent


def signal(one: Followed) -> str:
    """The signal in a few words, for a tag: of less money in what is saved, when it is seen in that itself."""
    is_saved = one.reckoned is not None and one.reckoned.plan < 0
    if one.signal == Signal.UNDER:
        return _("more is saved than planned") if is_saved else _("money stays unspent")
    if one.signal == Signal.OVER:
        return _("less is saved than planned") if is_saved else _("more is spent than planned")
    return _("not known") if one.is_untold else str(one.signal.label)


def untold() -> str:
    """Why nothing is known of a programme although figures are there."""
    return _(
        "The figures do not tell both what was planned for this programme and what was spent on it. So we can't say "
        "how it goes."
    )


def _size(spent: int, plan: int) -> int:
    """As one says it: what was saved above zero, and what went the other way below it."""
    return -spent if plan < 0 else spent
