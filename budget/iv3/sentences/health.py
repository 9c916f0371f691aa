"""What the lines of public health and environment are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "7": Text(
        what=_("This keeps you healthy and your surroundings clean."),
        pays_for=_("Public health (GGD), sewers, waste, the environment and climate, and cemeteries."),
        by_law=_(
            "Most of it is a legal duty. Sewerage and waste are paid by charges that may not bring in "
            "more than they cost."
        ),
        can_move=_(
            "The council chooses the height of the charges, how waste is collected, and how much is "
            "done for the climate."
        ),
    ),
    "7.1": Text(
        what=_("Keeping people healthy before they become ill."),
        pays_for=_(
            "The public health service (GGD), health checks of babies and children, vaccinations, and "
            "healthy living."
        ),
        by_law=_(
            "The Public Health Act obliges every municipality to have a GGD and health care for children."
        ),
        can_move=_(
            "The council chooses what is done extra, for instance against smoking, loneliness or overweight."
        ),
    ),
    "7.2": Text(
        what=_("Taking away dirty water and rain."),
        pays_for=_("Sewer pipes, pumps, gullies, and keeping groundwater and rain in check."),
        by_law=_(
            "The municipality must collect waste water. The sewer charge may not bring in more than it costs."
        ),
        can_move=_(
            "The council chooses how fast old pipes are replaced, what is done against heavy rain, "
            "and sets the sewer charge."
        ),
    ),
    "7.3": Text(
        what=_("Collecting and recycling your waste."),
        pays_for=_(
            "Bins and containers, garbage trucks, the recycling centre, and processing. The waste "
            "charge pays for it."
        ),
        by_law=_(
            "The municipality must collect household waste, with kitchen and garden waste apart as a "
            "rule. The charge may not bring in more than it costs."
        ),
        can_move=_(
            "The council chooses how often waste is collected, whether one pays per bag, and sets the charge."
        ),
    ),
    "7.4": Text(
        what=_("Clean air and soil, less noise, and a good climate."),
        pays_for=_(
            "The environment service that checks companies, cleaning polluted soil, and plans for "
            "energy and heat without gas."
        ),
        by_law=_(
            "Granting permits and checking companies are legal duties; an environment service in the "
            "region does it."
        ),
        can_move=_(
            "The council chooses how much is done for the climate, for instance help to insulate homes."
        ),
    ),
    "7.5": Text(
        what=_("Cemeteries and burials."),
        pays_for=_("Upkeep of graves and paths, staff, and burying who has nobody. Fees bring in money."),
        by_law=_(
            "Every municipality must have a cemetery, and see to a funeral where nobody else does "
            "(Corpses Act)."
        ),
        can_move=_("The council sets the fees, and chooses how well it is kept."),
    ),
}
