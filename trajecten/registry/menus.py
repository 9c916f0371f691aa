"""What apps add to the menus."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class MenuItem:
    """A page in a menu. ``name`` is that of its address, in which only the municipality is filled in.

    ``text`` says what one does there, where a page lists the items with room for it. What is ``for_everybody`` in the
    menu of management stands in the daily menu of officials who do not manage.
    """

    label: str | Promise
    name: str
    text: str | Promise = ""
    for_everybody: bool = False


@dataclass(frozen=True)
class Menus:
    """The items of an app in the menu of residents, in the daily one of officials, and in that of management."""

    residents: tuple[MenuItem, ...] = ()
    officials: tuple[MenuItem, ...] = ()
    management: tuple[MenuItem, ...] = ()


_menus: dict[str, Menus] = {}


def register_menus(app: str, menus: Menus) -> None:
    """Register what an app adds to the menus."""
    _menus[app] = menus


def menus() -> Menus:
    """What all apps add, in the order in which they were registered."""
    added = _menus.values()
    return Menus(
        residents=tuple(item for each in added for item in each.residents),
        officials=tuple(item for each in added for item in each.officials),
        management=tuple(item for each in added for item in each.management),
    )
