"""What following adopted money adds to the shared pages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.models import Observation
from budget.pages.part import Part
from trajecten.models import Municipality, Participant
from trajecten.registry import MenuItem, Menus, Result

MINE = 50


def mine(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """What the participant said that they see of adopted money, each to the own page of it."""
    rows = Observation.objects.filter(author=participant, confirmed_at__isnull=False)
    for row in rows.select_related("line__outcome_line__line").order_by("-pk")[:MINE]:
        url = reverse("budget:observation", kwargs={"gemeente": municipality.slug, "token": row.token})
        kicker = _("Do you see anything of it? %(answer)s") % {"answer": row.get_sees_display()}
        yield Result(kicker, row.line.outcome_line.line.name, url, (), row.confirmed_at)


PART = Part(
    mine=mine,
    menus=Menus(
        management=(
            MenuItem(
                gettext_lazy("Calendar of planning and control"),
                "budget:calendar",
                gettext_lazy("When college and council decide about money, and what has to be ready before."),
            ),
        ),
    ),
)
