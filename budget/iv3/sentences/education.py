"""What the lines of education are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "4": Text(
        what=_("This lets children learn: school buildings, the school bus and help not to drop out."),
        pays_for=_(
            "Buildings for schools, transport of pupils, the attendance officer, and preschool for "
            "who needs it. Teachers are paid by the state."
        ),
        by_law=_(
            "Most of it is a legal duty: buildings, transport of pupils, compulsory education and preschool."
        ),
        can_move=_("The council chooses when schools are renewed, and what is done beyond the law."),
    ),
    "4.1": Text(
        what=_("State schools that the municipality still runs itself."),
        pays_for=_(
            "The board of those schools. In most municipalities a foundation does this, and little is "
            "spent here."
        ),
        by_law=_("The municipality must see to it that there is enough state education."),
        can_move=_("The council can choose to leave the board to a foundation, and keeps watch over it."),
    ),
    "4.2": Text(
        what=_("The buildings of schools."),
        pays_for=_(
            "New buildings and extensions of schools, gyms for gymnastics lessons. Schools pay the "
            "upkeep themselves."
        ),
        by_law=_("The municipality must see to enough school buildings, for all kinds of schools alike."),
        can_move=_(
            "The council chooses which school is renewed first, and whether a building becomes "
            "greener or larger than the standard."
        ),
    ),
    "4.3": Text(
        what=_("Help so that every child can go to school and keep up."),
        pays_for=_(
            "The attendance officer, transport of pupils, preschool, help against dropping out, and "
            "adult education."
        ),
        by_law=_(
            "Guarding compulsory education, transport for pupils who need it, and preschool for young "
            "children who fall behind are legal duties."
        ),
        can_move=_(
            "The council sets the rules of the transport of pupils within the law, and chooses what "
            "is done extra."
        ),
    ),
}
