"""What the lines of housing and surroundings are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "8": Text(
        what=_("This is about building: homes, squares and plans for the whole area."),
        pays_for=_(
            "Plans for what may be built where, buying and selling land, permits, and housing policy."
        ),
        by_law=_(
            "The Environment and Planning Act says how plans and permits are made. Permits must be "
            "decided on within a term."
        ),
        can_move=_(
            "The council chooses where and for whom homes are built. Land that was bought and contracts bind."
        ),
    ),
    "8.1": Text(
        what=_("The plan for the whole area: what may be where."),
        pays_for=_(
            "Making the environment vision and the environment plan, studies, and talks with residents."
        ),
        by_law=_(
            "The Environment and Planning Act obliges every municipality to have a vision and one "
            "plan for its whole area."
        ),
        can_move=_("The council decides on vision and plan, and chooses how residents take part."),
    ),
    "8.2": Text(
        what=_("Land on which homes will be built."),
        pays_for=_(
            "Buying land, making it ready, and selling it to builders. The amounts differ much from "
            "year to year."
        ),
        by_law=_(
            "Expected losses must be taken at once, and profit only when it is certain. Land is sold "
            "for a normal price."
        ),
        can_move=_("The council chooses whether a plan begins and what is built. After that contracts bind."),
    ),
    "8.3": Text(
        what=_("Homes: permits, agreements with housing associations, and renewing neighbourhoods."),
        pays_for=_(
            "Judging permits, checking building sites, housing policy, loans to starters, and renewal "
            "of old neighbourhoods. Fees bring in money."
        ),
        by_law=_(
            "The municipality must judge permits and check building. It must house people who have "
            "been granted asylum."
        ),
        can_move=_(
            "The council chooses the fees, how many affordable homes there are, and which "
            "neighbourhood is renewed first."
        ),
    ),
}
