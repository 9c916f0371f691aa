"""All followed amounts side by side: how much of each plan was spent, and what it comes to by the end of the year."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from budget.domain.monitoring import shown
from budget.domain.monitoring.following import Followed
from budget.domain.monitoring.reckoning import Reckoned
from budget.enums import Basis, Signal
from trajecten import money
from trajecten.charts import BarRow, BarTable, Mark, Series, Tag, Value

WHOLE = 100


def counts(followed: Iterable[Followed]) -> list[tuple[Tag, int]]:
    """How many lines have which signal, in the order in which they come."""
    return list(Counter(shown.signal_tag(one) for one in followed).items())


def tables(followed: Iterable[Followed], *, slug: str) -> list[BarTable]:
    """The lines in the order given, each with a link to its own page.

    What is known of the amount itself and what is known of a whole line of the budget are not the same, so they
    are apart. ``slug`` is of the municipality.
    """
    rows = list(followed)
    by_basis = [(basis, [one for one in rows if one.basis == basis]) for basis in Basis]
    return [_table(basis, found, slug) for basis, found in by_basis if found]


def _table(basis: Basis, found: list[Followed], slug: str) -> BarTable:
    series = (
        Series(_("Adopted"), "plain", drawn=False),
        Series(_("So far"), "good"),
        Series(_("Still expected"), "part"),
    )
    own = _("Spent or saved of the amount itself, in percent of the plan")
    field = _("Spent of the whole line of the budget that it is part of, in percent of the plan")
    caption = own if basis == Basis.OWN else field
    mark = Mark(_("100 percent: all that was planned"), WHOLE)
    return BarTable(f"by-{basis.value}", caption, _("What"), series, [_row(one, slug) for one in found], mark)


def _row(one: Followed, slug: str) -> BarRow:
    trajectory = one.about.round.trajectory_id
    url = reverse("budget:followed-line", kwargs={"gemeente": slug, "pk": trajectory, "line": one.line.pk})
    assert one.reckoned is not None  # noqa: S101
    values = (money.change(one.adopted), _spent(one.reckoned), _ahead(one.reckoned))
    return BarRow(one.about.name, values, url=url, tag=shown.signal_tag(one))


def _spent(reckoned: Reckoned) -> Value:
    if not reckoned.plan:
        return _("nothing was planned")
    percent = _percent(reckoned.spent, reckoned.plan)
    return percent if percent >= 0 else money.whole(reckoned.spent)


def _ahead(reckoned: Reckoned) -> str | Promise | int:
    """What the forecast adds to what was spent; words where nothing can be said of it."""
    if reckoned.signal == Signal.EARLY:
        return _("too early to say")
    if not reckoned.plan:
        return "–"
    return max(
        0, _percent(reckoned.forecast, reckoned.plan) - max(0, _percent(reckoned.spent, reckoned.plan))
    )


def _percent(part: int, plan: int) -> int:
    return round(WHOLE * part / plan)
