"""What the lines of governance and support are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "0": Text(
        what=_("This keeps the municipality itself going: the council, the town hall and the staff."),
        pays_for=_(
            "The council and the mayor, passports, buildings, computers and the people who support "
            "all other work."
        ),
        by_law=_(
            "The law says that there are a council, a mayor and aldermen, and what a passport may "
            "cost at most."
        ),
        can_move=_(
            "The council chooses how much staff and how many buildings there are, and how high the "
            "local taxes are."
        ),
    ),
    "0.1": Text(
        what=_("The people who govern the municipality: the council, the mayor and the aldermen."),
        pays_for=_(
            "Pay of councillors, mayor and aldermen, the clerk of the council, the court of audit, "
            "and work with other municipalities."
        ),
        by_law=_(
            "The Municipalities Act says how many councillors there are and that there is a clerk and "
            "a court of audit. Their pay is set nationally."
        ),
        can_move=_(
            "The council chooses how much help it gets itself, how many aldermen there are within the "
            "law, and how residents are involved."
        ),
    ),
    "0.2": Text(
        what=_("What you come to the counter of the town hall for."),
        pays_for=_(
            "Passports and driving licences, marrying, reporting a birth or death, keeping addresses, "
            "and elections."
        ),
        by_law=_(
            "The municipality must do all of this by law. The state sets the highest price of a "
            "passport, identity card and driving licence."
        ),
        can_move=_(
            "The council chooses the opening hours, how many counters there are, and the price of for "
            "instance a wedding."
        ),
    ),
    "0.3": Text(
        what=_("Buildings and land that the municipality owns, but does not use itself for a fixed task."),
        pays_for=_(
            "Upkeep of buildings that are let or stand empty, and leased land. Rent and lease bring in money."
        ),
        by_law=_(
            "There are few legal duties. The municipality must ask a price that is usual, and give "
            "everybody a fair chance to buy or rent."
        ),
        can_move=_(
            "The council chooses what the municipality keeps or sells, and which price clubs and others pay."
        ),
    ),
    "0.4": Text(
        what=_("Everything that staff need to do their work, whatever that work is."),
        pays_for=_("Managers, finance, personnel, lawyers, communication, computers and the town hall."),
        by_law=_(
            "The law asks for a sound administration, safe computers and open government. It does not "
            "say what that may cost."
        ),
        can_move=_(
            "Council and executive choose how large the organisation is and whether it works together "
            "with others."
        ),
    ),
    "0.5": Text(
        what=_("The money box of the municipality: loans, savings and shares."),
        pays_for=_(
            "Interest on loans. There is income from interest, and from shares in for instance a "
            "water or energy company."
        ),
        by_law=_(
            "The law limits how much risk the municipality takes with money. It must keep spare money "
            "with the state."
        ),
        can_move=_(
            "The council chooses what it borrows for, and whether it keeps its shares. Interest that "
            "was agreed has to be paid."
        ),
    ),
    "0.6": Text(
        what=_("The taxes that the municipality sets itself."),
        pays_for=_(
            "The costs are those of valuing homes and sending bills. The income is for instance "
            "property tax, parking tax and dog tax."
        ),
        by_law=_(
            "The law says which taxes a municipality may have. Every home and building is valued each year."
        ),
        can_move=_("The council sets the rates every year, and may spend the income as it likes."),
    ),
    "0.7": Text(
        what=_("The largest income of the municipality: its part of the taxes that the state collects."),
        pays_for=_(
            "This is income. Money from the municipalities fund pays for almost everything on the "
            "other pages."
        ),
        by_law=_(
            "The state decides how much it is, by for instance the number of residents and how many "
            "have little money."
        ),
        can_move=_("The council can't change this amount, but chooses what it is spent on, within the law."),
    ),
    "0.8": Text(
        what=_("What fits nowhere else, and money kept apart for what nobody can foresee."),
        pays_for=_("Unforeseen costs, and amounts that are divided over other lines later in the year."),
        by_law=_("The law asks that the budget has an amount for the unforeseen. It may be small."),
        can_move=_("The council chooses how high that amount is, and can give it a purpose."),
    ),
    "0.9": Text(
        what=_("The tax that the municipality pays itself, when it makes a profit as a company does."),
        pays_for=_("Corporation tax, for instance on the profit of selling building land."),
        by_law=_("The tax and its rate are set by the state."),
        can_move=_("The council can hardly change this."),
    ),
    "0.10": Text(
        what=_("Money that goes to the savings of the municipality, or is taken out of them."),
        pays_for=_(
            "It is not spent on anything here. It goes from one year to another, so we leave it out "
            "of what is spent."
        ),
        by_law=_("Only the council may decide on reserves."),
        can_move=_("The council chooses how much it saves, what for, and when it is used."),
    ),
    "0.11": Text(
        what=_("What is left at the end of the year, or what is short."),
        pays_for=_(
            "It is not spent on anything. It is the difference between all income and all expenditure."
        ),
        by_law=_("The budget must balance by law. If it does not, the province looks along with everything."),
        can_move=_("The council chooses what happens to what is left, or how a shortage is made good."),
    ),
}
