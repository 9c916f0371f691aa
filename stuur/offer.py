"""What the catalogue tells of burgers aan het stuur.

Source: the brochure "Aan de slag met democratische vernieuwing?". What begins with "for instance" is made up.
"""

from django.utils.translation import gettext_lazy as _

from trajecten.offer import Example, Offer

OFFER = Offer(
    icon="people",
    question=_("Why does a good plan of residents get stuck?"),
    lead=_(
        "Initiatives of residents begin full of hope. After a while many come to a halt, and nobody knows "
        "exactly why. With eight clear steps the group always sees where it stands, what is missing, and "
        "whose turn it is. You learn the method in a training, with an initiative of your own."
    ),
    for_whom=(
        _("Residents of neighbourhoods and villages with a plan"),
        _("Social professionals who support them"),
        _("Officials and executives who work with them"),
    ),
    group_size=_("A core group of four to ten people for each initiative; eight to sixteen in a training."),
    form=_("Made to measure: a training in sessions, with guidance between them."),
    duration=_("About nine months for a first round of the eight steps."),
    asks=(
        _("A fixed contact who knows the way in the town hall"),
        _("An answer within an agreed term when the group asks for help"),
        _("Room for a small budget, and for trying things out"),
    ),
    yields=(
        _("A plan with goals that can be measured"),
        _("An account of what was reached, for everyone to read"),
        _("People who can do the next round by themselves"),
    ),
    examples=(
        Example(
            _("For instance: an empty square"),
            _(
                "Residents want a safer square. They ask who is bothered by what, agree that twice as "
                "many children should play there, count, and tell the council what it has brought."
            ),
        ),
        Example(
            _("For instance: lonely neighbours"),
            _(
                "A village sets up a weekly table. After half a year the group can see who comes, who "
                "does not yet, and what it asks for the next round."
            ),
        ),
    ),
)
