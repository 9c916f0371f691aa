"""What the lines of sports, culture and recreation are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "5": Text(
        what=_("This is for your free time: sport, music, the library, museums and parks."),
        pays_for=_(
            "Sports halls and fields, swimming pools, culture, monuments, the library, and green in "
            "the neighbourhood."
        ),
        by_law=_("Little of it is fixed by law, but monuments are protected and trees must be safe."),
        can_move=_("The council can choose much here. Subsidies can't be stopped from one day to the next."),
    ),
    "5.1": Text(
        what=_("Getting people to move and play sport."),
        pays_for=_(
            "Coaches in neighbourhoods and at schools, subsidies for clubs, and sport for who has "
            "little money or a disability."
        ),
        by_law=_("The law does not oblige the municipality to do this."),
        can_move=_("The council chooses all of it. For some of it the state pays a part on conditions."),
    ),
    "5.2": Text(
        what=_("Swimming pools, sports halls and fields."),
        pays_for=_(
            "Building and upkeep, energy, staff. Clubs and visitors pay rent or a ticket, mostly less "
            "than it costs."
        ),
        by_law=_("A municipality need not have a pool. If it has one, the water must be clean and safe."),
        can_move=_("The council chooses what there is, what clubs pay, and when things are renewed."),
    ),
    "5.3": Text(
        what=_("Theatre, music, dance and making art yourself."),
        pays_for=_(
            "Subsidies for theatre, festivals, music school and amateur clubs, and culture at school."
        ),
        by_law=_("The law does not oblige the municipality to do this."),
        can_move=_("The council chooses who gets how much. A subsidy may be lowered only with notice."),
    ),
    "5.4": Text(
        what=_("Museums and exhibitions."),
        pays_for=_(
            "Subsidy for museums, or the cost of a museum of the municipality's own: building, "
            "collection and staff."
        ),
        by_law=_("A municipality need not have a museum. What it owns and is protected, it must keep well."),
        can_move=_("The council chooses whether and how much it supports a museum."),
    ),
    "5.5": Text(
        what=_("Old buildings and what lies in the ground."),
        pays_for=_("Care of monuments, subsidies to owners, archaeology, and the story of the place."),
        by_law=_("The municipality must take heritage into account in its plans and permits."),
        can_move=_("The council chooses which local monuments are protected, and how much owners get."),
    ),
    "5.6": Text(
        what=_("The library and local radio and television."),
        pays_for=_(
            "Subsidy for the library with its courses and reading help, and for the local broadcaster."
        ),
        by_law=_(
            "The law asks that there is a full library for all residents. For the local broadcaster "
            "the municipality gets money from the state."
        ),
        can_move=_("The council chooses how many branches there are and how long they are open."),
    ),
    "5.7": Text(
        what=_("Trees, parks, playgrounds and nature."),
        pays_for=_(
            "Mowing, pruning, planting trees, ditches, playground equipment, petting zoos and paths "
            "for walking."
        ),
        by_law=_("Trees and playground equipment must be safe, and protected animals and plants are spared."),
        can_move=_(
            "The council chooses how green it is, how often things are mown, and where there are playgrounds."
        ),
    ),
}
