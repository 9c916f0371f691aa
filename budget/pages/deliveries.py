"""What figures that come in add to the shared pages."""

from django.utils.translation import gettext_lazy

from budget.pages.part import Part
from trajecten.registry import MenuItem, Menus

PART = Part(
    menus=Menus(
        management=(
            MenuItem(
                gettext_lazy("Figures of the budget"),
                "budget:deliveries",
                gettext_lazy("Deliver budgets and accounts, and say what the programmes of the council are."),
            ),
        )
    )
)
