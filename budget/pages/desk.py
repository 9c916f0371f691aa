"""The work on the budget in the daily menu of officials: one page with the way to all of it."""

from django.utils.translation import gettext_lazy

from budget.pages.part import Part
from trajecten.registry import MenuItem, Menus

PART = Part(menus=Menus(officials=(MenuItem(gettext_lazy("Budget"), "budget:desk"),)))
