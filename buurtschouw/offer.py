"""What the catalogue tells of the digitale buurtschouw.

Source: the brochure "Aan de slag met democratische vernieuwing?". What begins with "for instance" is made up.
"""

from django.utils.translation import gettext_lazy as _

from trajecten.offer import Example, Offer

OFFER = Offer(
    icon="walk",
    question=_("What do people see on their own street?"),
    lead=_(
        "Residents and entrepreneurs walk through the neighbourhood together and note what they see, on "
        "their phone or at home afterwards. Everyone hears what was done with their report. And who has "
        "been heard once, comes along more easily the next time."
    ),
    for_whom=(
        _("Residents, entrepreneurs and others in the neighbourhood"),
        _("The municipality"),
        _("Social professionals, such as the housing corporation or the welfare organisation"),
    ),
    group_size=_("A core group of four to eight people; anyone can walk along or report from home."),
    form=_("A campaign made to measure: walking together and reporting online."),
    duration=_("About three months from preparation to feedback."),
    asks=(
        _("A team for every theme that answers reports within the agreed term"),
        _("Somebody who prepares the walk with the core group"),
        _("Room in the budget to solve small things quickly"),
    ),
    yields=(
        _("A map of how people experience their neighbourhood"),
        _("An answer for everyone who reported something, and their verdict on it"),
        _("Residents who want to do something themselves"),
    ),
    examples=(
        Example(
            _("For instance: before the works begin"),
            _(
                "The street will be dug up next year. Residents walk along with the designer beforehand. "
                "What they point out goes into the plan, and they can see where it ended up."
            ),
        ),
        Example(
            _("For instance: every spring"),
            _(
                "Each year the same neighbourhood walks again. The list begins with what was promised "
                "last time."
            ),
        ),
    ),
)
