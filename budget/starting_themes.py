"""Themes to begin with: the social domain and what touches it in plain words, with the task fields behind each.

The texts are our own. Task fields are named by their comparable code or one below it, as in the lists of Iv3.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budget.enums import ThemeIcon


@dataclass(frozen=True)
class StartingTheme:
    """A card to begin with."""

    title: str | Promise
    text: str | Promise
    icon: ThemeIcon
    task_fields: tuple[str, ...]


STARTING_THEMES = (
    StartingTheme(
        _("Poverty and debts"),
        _("Getting by on little money. Help with debts, allowances, and taking part when money is short."),
        ThemeIcon.EURO,
        ("6.3",),
    ),
    StartingTheme(
        pgettext_lazy("theme", "Work"),
        _("Finding work and keeping it, also for who needs help with that. Learning a trade."),
        ThemeIcon.BRIEFCASE,
        ("6.4", "6.5"),
    ),
    StartingTheme(
        _("Growing up safely"),
        _("Help for children and parents when growing up is hard or not safe at home."),
        ThemeIcon.CHILD,
        ("6.72", "6.73", "6.74", "6.75", "6.76", "6.82", "6.92"),
    ),
    StartingTheme(
        _("Living at home with help"),
        _("Help in the household, guidance, a stairlift or transport, for who can't do without."),
        ThemeIcon.HOME,
        ("6.6", "6.71", "6.79", "6.91"),
    ),
    StartingTheme(
        _("Living together in the neighbourhood"),
        _("Community centres, volunteers, neighbours who help each other, and meeting people."),
        ThemeIcon.PEOPLE,
        ("6.1",),
    ),
    StartingTheme(
        _("Loneliness"),
        _("Nobody has to be alone against their will: somebody to talk to, a place to go."),
        ThemeIcon.SPEECH,
        ("6.1", "6.2"),
    ),
    StartingTheme(
        _("Finding help easily"),
        _("One place where you can ask anything, people who listen, and no long wait."),
        ThemeIcon.INFO,
        ("6.2",),
    ),
    StartingTheme(
        _("Homelessness and shelter"),
        _("A bed, safety and guidance for who has no home, or had to leave it because of violence."),
        ThemeIcon.SAFE,
        ("6.81",),
    ),
    StartingTheme(
        _("Health"),
        _("Staying healthy: the youth health service, healthy food, and stopping in time with what harms."),
        ThemeIcon.HEART,
        ("7.1",),
    ),
    StartingTheme(
        _("School and equal chances"),
        _("Every child can come along at school: language, transport to school, and pupils who drop out."),
        ThemeIcon.BOOK,
        ("4.3",),
    ),
    StartingTheme(
        _("Sports and exercise"),
        _("Being able to take part in sports, also with little money or a disability."),
        ThemeIcon.WALK,
        ("5.1", "5.2"),
    ),
    StartingTheme(
        _("Culture and the library"),
        _("Music, theatre and the library: for everybody, near home, at a price that one can pay."),
        ThemeIcon.LIST,
        ("5.3", "5.6"),
    ),
)
