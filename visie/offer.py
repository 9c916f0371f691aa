"""What the catalogue tells of visie en cultuurverandering.

Source: the brochure "Aan de slag met democratische vernieuwing?". What begins with "for instance" is made up.
"""

from django.utils.translation import gettext_lazy as _

from trajecten.offer import Example, Offer

OFFER = Offer(
    icon="speech",
    question=_("How do we work together from now on?"),
    lead=_(
        "Residents want more say, and the municipality wants to leave more to them. But does everybody "
        "mean the same by that? In this trajectory you find out together, agree on it, and practise it "
        "until it is how you work."
    ),
    for_whom=(
        _("Residents and organisations in the municipality"),
        _("Officials, councillors and executives"),
        _("Professionals of local organisations, if you like"),
    ),
    group_size=_(
        "From a core group of ten to the whole town: the questionnaire and the dialogue have no limit."
    ),
    form=_(
        "Made to measure. You choose the building blocks: measuring, dialogue, ambition, writing, "
        "adopting, practising."
    ),
    duration=_("Half a year to a year and a half, depending on the building blocks."),
    asks=(
        _("An executive and a councillor who put their names to it"),
        _("Officials who answer the same questions as residents"),
        _("Teams that want to practise other behaviour, and say what goes wrong too"),
        _("Half a day a week of a coordinator"),
    ),
    yields=(
        _("A vision in which everyone can find back what they brought in"),
        _("A picture of the gap between municipality and residents, before and after"),
        _("Principles against which later decisions can be held"),
    ),
    examples=(
        Example(
            _("Gooise Meren"),
            _("A vision on participation of residents for a municipality that had just been merged."),
        ),
        Example(
            _("Waddinxveen"),
            _(
                "“Samen maken we de toekomst”: a change of culture with residents, organisations, "
                "councillors, officials and the executive."
            ),
        ),
        Example(
            _("Groningen"),
            _("Research and advice on new ways of involving residents."),
        ),
    ),
)
