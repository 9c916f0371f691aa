"""What budgetmonitoring adds to the menus."""

from trajecten.registry import Menus

MENUS = Menus()
