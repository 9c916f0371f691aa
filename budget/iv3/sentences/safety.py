"""What the lines of safety are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "1": Text(
        what=_("This makes the municipality safe: the fire brigade, and order in the street."),
        pays_for=_(
            "The safety region with the fire brigade, wardens, and preventing crime and nuisance. The "
            "police is paid by the state."
        ),
        by_law=_("Every municipality must take part in a safety region and be ready for a disaster."),
        can_move=_("The council chooses how many wardens there are and what they look at first."),
    ),
    "1.1": Text(
        what=_("The fire brigade, and help in disasters."),
        pays_for=_(
            "Firefighters, fire engines and stations, mostly through what the municipality pays to "
            "the safety region."
        ),
        by_law=_(
            "The Safety Regions Act obliges every municipality to take part, and says how fast the "
            "fire brigade should be there."
        ),
        can_move=_(
            "The council can say what it thinks of the plans of the region, but decides together with "
            "the other municipalities."
        ),
    ),
    "1.2": Text(
        what=_("Order and safety in the street."),
        pays_for=_(
            "Wardens, cameras, preventing burglary and nuisance, stray animals, and permits for "
            "events and bars."
        ),
        by_law=_(
            "The mayor guards public order by law. The municipality must keep stray animals for two weeks."
        ),
        can_move=_(
            "The council chooses how many wardens there are, where there are cameras, and sets the "
            "local rules (APV)."
        ),
    ),
}
