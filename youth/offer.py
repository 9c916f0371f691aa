"""What the catalogue tells of the Youth Manifesto.

Source: the brochure "Aan de slag met democratische vernieuwing?". What begins with "for instance" is made up.
"""

from django.utils.translation import gettext_lazy as _

from trajecten.offer import Example, Offer

OFFER = Offer(
    icon="thumbs-up",
    question=_("Do young people have a say in what you decide?"),
    lead=_(
        "Some young people have hardly any access to politics, while a great deal is decided about them. "
        "In a Youth Manifesto they put their own subjects on the agenda, in a way that they choose "
        "themselves. And afterwards they hear, point by point, what was done with it."
    ),
    for_whom=(
        _("Young people from 12 to 23 who are seldom heard"),
        _("Officials and policy advisers"),
        _("The council"),
    ),
    group_size=_("12 to 16 young people."),
    form=_("Made to measure: the young people decide together how they work."),
    duration=_("Six months up to the handover, and a year of following up."),
    asks=(
        _("A supervisor whom the young people trust"),
        _("Officials and councillors who answer questions in plain words"),
        _("A place on the agenda of the council"),
        _("For every action an answer with a reason, a name and a date"),
    ),
    yields=(
        _("A manifesto with subjects and actions, made by the young people themselves"),
        _("Points that have been on the agenda of the council"),
        _("Young people who know that their voice does something"),
    ),
    examples=(
        Example(
            _("Utrecht"),
            _("Young people put their points on the agenda of the city council with a Youth Manifesto."),
        ),
        Example(
            _("Amsterdam-Oost"),
            _("Young people from the district put their points on the agenda with a Youth Manifesto."),
        ),
    ),
)
