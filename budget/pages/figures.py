"""What the figures of the budget add to the front page and to the menus."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.figures import versions
from budget.pages.part import Part
from trajecten.models import Municipality
from trajecten.registry import MenuItem, Menus, Way


def ways(municipality: Municipality) -> Iterator[Way]:
    """See where the money goes, once there are figures."""
    if versions.have_figures():
        yield Way(
            _("Where does the money go?"),
            _("What the municipality spends, in plain words. Say whether it is enough."),
            reverse("budget:overview", kwargs={"gemeente": municipality.slug}),
            "euro",
            rank=40,
        )


PART = Part(
    ways=ways,
    menus=Menus(
        residents=(MenuItem(gettext_lazy("Budget"), "budget:overview"),),
        management=(
            MenuItem(
                gettext_lazy("Answers about the budget"),
                "budget:line-answers",
                gettext_lazy("Whether residents understand each line, and whether it is enough."),
            ),
            MenuItem(
                gettext_lazy("Explanation of the budget"),
                "budget:line-texts",
                gettext_lazy("Your own words for what a line is."),
            ),
            MenuItem(
                gettext_lazy("Budget per area"),
                "budget:area-keys",
                gettext_lazy("How money is divided over wijken and buurten."),
            ),
        ),
    ),
)
