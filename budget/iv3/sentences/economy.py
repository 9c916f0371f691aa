"""What the lines of the economy are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "3": Text(
        what=_("This helps shops and companies, and so work in the municipality."),
        pays_for=_("Sites for companies, help to who has a business, markets, and drawing visitors."),
        by_law=_("There are few legal duties here. State aid to companies is limited by European rules."),
        can_move=_("The council can choose nearly all of it, but what was agreed about land holds."),
    ),
    "3.1": Text(
        what=_("Plans to keep and draw companies and jobs."),
        pays_for=_(
            "Policy, research, working with companies and schools in the region, and subsidies for new ideas."
        ),
        by_law=_("The law does not oblige the municipality to do this."),
        can_move=_(
            "The council chooses nearly all of it. What was promised to the region holds until it ends."
        ),
    ),
    "3.2": Text(
        what=_("Land and buildings for companies."),
        pays_for=_(
            "Buying land, making it ready, and selling it to companies. The amounts differ much from "
            "year to year."
        ),
        by_law=_(
            "The municipality may not sell below the normal price, and must reckon with expected "
            "losses at once."
        ),
        can_move=_(
            "The council chooses whether there are new sites, and where. Contracts that were made hold."
        ),
    ),
    "3.3": Text(
        what=_("The desk for who has a business, and rules for markets."),
        pays_for=_(
            "Advice to entrepreneurs, the market, and money for shops that work together in a business zone."
        ),
        by_law=_("What companies pay together for a business zone must go to that zone."),
        can_move=_("The council chooses how much help there is, and what a place on the market costs."),
    ),
    "3.4": Text(
        what=_("Drawing visitors and making the place known. Tourist tax is counted here too."),
        pays_for=_("The tourist office, events, and promotion. Tourist tax brings in money."),
        by_law=_(
            "The law does not oblige the municipality to do this. Tourist tax may be asked only for "
            "people who stay the night and do not live here."
        ),
        can_move=_("The council chooses all of it, and the rate of the tourist tax."),
    ),
}
