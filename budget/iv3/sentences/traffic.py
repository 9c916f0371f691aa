"""What the lines of traffic, transport and water are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "2": Text(
        what=_("This keeps you moving: streets, cycle paths, bridges and parking."),
        pays_for=_(
            "Upkeep of roads, lamp posts, clearing snow, road safety, parking, harbours and bus stops."
        ),
        by_law=_(
            "Who owns a road must keep it safe. The bus itself is paid by the province or the "
            "transport region."
        ),
        can_move=_(
            "The council chooses how well streets are kept, which street is first, and what parking costs."
        ),
    ),
    "2.1": Text(
        what=_("Streets, cycle paths and bridges, and safe traffic."),
        pays_for=_(
            "Repairing paving and asphalt, lamp posts, traffic lights, signs, bridges, and gritting "
            "in winter."
        ),
        by_law=_(
            "The municipality must keep its roads safe. If a bad road causes damage, it may have to "
            "pay for that."
        ),
        can_move=_(
            "The council chooses the level of upkeep and which streets are done up first. Putting it "
            "off often costs more later."
        ),
    ),
    "2.2": Text(
        what=_("Places to park cars and bicycles."),
        pays_for=_(
            "Car parks, parking meters, permits for residents, bicycle sheds, and the people who check."
        ),
        by_law=_(
            "The law says how high an extra bill for parking may be. There is no duty to have paid parking."
        ),
        can_move=_("The council chooses where one pays, how much, and how many places there are."),
    ),
    "2.3": Text(
        what=_("Harbours for pleasure boats, and mooring places for visitors."),
        pays_for=_("Jetties, water and electricity, the harbour master. Mooring fees bring in money."),
        by_law=_(
            "A municipality need not have a harbour. If it has one, it must be safe and take in waste "
            "of boats."
        ),
        can_move=_("The council chooses whether the harbour stays, and what a place costs."),
    ),
    "2.4": Text(
        what=_("Harbours and canals for cargo ships and companies."),
        pays_for=_("Quays, dredging, locks, moving bridges. Companies pay harbour dues."),
        by_law=_("Who owns a waterway must keep it safe and deep enough."),
        can_move=_("The council chooses how much it invests in quays, and the height of the harbour dues."),
    ),
    "2.5": Text(
        what=_("What the municipality does for bus, tram and train."),
        pays_for=_(
            "Bus stops and shelters, stations' surroundings, and sometimes a local bus with volunteers."
        ),
        by_law=_(
            "The province or the transport region decides on lines and timetables, not the municipality."
        ),
        can_move=_(
            "The council chooses whether stops are easy to use for everybody, and whether it pays for "
            "an extra line."
        ),
    ),
}
