"""What the catalogue tells of budgetmonitoring.

Source: the brochure "Aan de slag met democratische vernieuwing?". What begins with "for instance" is made up.
"""

from django.utils.translation import gettext_lazy as _

from trajecten.offer import Example, Offer

OFFER = Offer(
    icon="list",
    question=_("Where does the money go, and who decides that?"),
    lead=_(
        "A budget of a municipality is hard to read. In this trajectory residents learn to understand it, "
        "make an alternative together that balances, and propose it to the council. After that they "
        "follow whether the money goes where it was promised. Follow the money."
    ),
    for_whom=(
        _("Residents and communities"),
        _("Officials and policy advisers"),
        _("Social professionals"),
    ),
    group_size=_("A core group of eight to twenty people; anyone can make an alternative budget."),
    form=_("At a table and online: a training with meetings, and tools that everyone can use at home."),
    duration=_("Six to nine months up to the council, and a year of following the money."),
    asks=(
        _("Figures in a form that can be read, and someone of finance who explains them"),
        _("Answers to questions of residents within an agreed term"),
        _("A council that says beforehand what it will do with the alternative"),
    ),
    yields=(
        _("An alternative budget of residents that balances"),
        _("A proposal to the council, with the reasons for every line"),
        _("Residents who can follow for themselves what happens with the money"),
    ),
    examples=(
        Example(
            _("For instance: poverty"),
            _(
                "Residents find that much money goes to rules and little to help close by. They shift a "
                "part to a place in the neighbourhood. The council adopts half of it, and says why."
            ),
        ),
        Example(
            _("For instance: growing up"),
            _(
                "Parents and social workers follow for a year whether the money for youth work reaches "
                "their neighbourhood."
            ),
        ),
    ),
)
