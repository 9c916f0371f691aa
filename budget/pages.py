"""What budgetmonitoring adds to the menus."""

from django.utils.translation import gettext_lazy

from trajecten.registry import MenuItem, Menus

MENUS = Menus(
    management=(
        MenuItem(
            gettext_lazy("Figures of the budget"),
            "budget:deliveries",
            gettext_lazy("Deliver budgets and accounts, and say what the programmes of the council are."),
        ),
    )
)
