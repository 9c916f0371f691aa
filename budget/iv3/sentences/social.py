"""What the lines of the social domain are, in plain words."""

from django.utils.translation import gettext_lazy as _

from budget.iv3.sentences.text import Text

TEXTS = {
    "6": Text(
        what=_("This is help for people: income, work, care at home, and youth care."),
        pays_for=_(
            "Benefits, help to find work, the neighbourhood team, household help, aids, youth care, "
            "and shelter."
        ),
        by_law=_(
            "Most of it is a legal duty: the Participation Act, the Social Support Act (Wmo 2015) and "
            "the Youth Act."
        ),
        can_move=_(
            "The council chooses how help is organised, what is done to prevent trouble, and extra "
            "support for who has little money."
        ),
    ),
    "6.1": Text(
        what=_("Places to meet, and helping each other in the neighbourhood."),
        pays_for=_(
            "Community centres, social work, youth work, volunteers, informal carers, and newcomers "
            "who learn to live here."
        ),
        by_law=_(
            "The municipality must support informal carers and volunteers (Wmo 2015) and guide "
            "newcomers (Civic Integration Act)."
        ),
        can_move=_(
            "The council chooses much: which centres are open, how much youth work there is, and "
            "which clubs get subsidy."
        ),
    ),
    "6.2": Text(
        what=_("The door to help: where you ask your question first."),
        pays_for=_(
            "The neighbourhood team, the social desk, talks about what somebody needs, and free "
            "support by an independent adviser."
        ),
        by_law=_(
            "The municipality must look into every request for help, and offer free independent support."
        ),
        can_move=_("The council chooses how the team is made up, and how close to your home it is."),
    ),
    "6.3": Text(
        what=_("Money for who has no or too little income."),
        pays_for=_(
            "Welfare benefits, special assistance, debt help, and support for families and older "
            "people with little money."
        ),
        by_law=_(
            "The height of a benefit and who gets one are in the Participation Act. The state pays "
            "for most of the benefits. Debt help is a duty too."
        ),
        can_move=_(
            "The council chooses extra support, such as a children's fund, a discount pass, and up to "
            "which income somebody gets it."
        ),
    ),
    "6.4": Text(
        what=_("Work with guidance for people who can't do ordinary work."),
        pays_for=_(
            "Wages and guidance of people in sheltered employment. Since 2015 nobody new comes into "
            "the old scheme (Wsw)."
        ),
        by_law=_(
            "Who works in the old scheme keeps their rights. Municipalities must also offer sheltered "
            "work places."
        ),
        can_move=_(
            "The council chooses with whom the work is organised, and whether more places are made "
            "than the law asks."
        ),
    ),
    "6.5": Text(
        what=_("Help to find and keep work."),
        pays_for=_("Coaches, training, work experience, and wage subsidies for employers."),
        by_law=_(
            "The municipality must help people with a benefit, and others who look for work without "
            "one, to find work (Participation Act)."
        ),
        can_move=_("The council chooses which help there is and for whom first."),
    ),
    "6.6": Text(
        what=_("Aids with which people can go on living at home."),
        pays_for=_(
            "Wheelchairs, mobility scooters, stair lifts, changes of a home, and transport by taxi "
            "for who can't take the bus."
        ),
        by_law=_(
            "Who needs it gets it: that is a duty by the Wmo 2015. How much one pays oneself is set "
            "nationally."
        ),
        can_move=_("The council sets rules in a local ordinance, and chooses suppliers and quality."),
    ),
    "6.7": Text(
        what=_("Help that fits one person or family: at home, in the day, or youth care."),
        pays_for=_(
            "Household help, guidance, day activities, and youth care from a talk to a stay away from home."
        ),
        by_law=_(
            "Who needs help gets it, by the Wmo 2015 and the Youth Act. The family doctor and the "
            "judge may send children to help too."
        ),
        can_move=_(
            "The council chooses with which care providers it works, at what price, and how much it "
            "does to prevent heavy care."
        ),
    ),
    "6.8": Text(
        what=_("A safe place for who can't live at home."),
        pays_for=_(
            "Sheltered living, shelter for homeless people, women's refuges, Safe at Home, and "
            "protection of children."
        ),
        by_law=_(
            "These are duties by the Wmo 2015 and the Youth Act. A judge decides on the protection of "
            "children."
        ),
        can_move=_(
            "The council can choose little alone: municipalities arrange this together in the region."
        ),
    ),
    "6.9": Text(
        what=_("The people who arrange care and youth care, and see to its quality."),
        pays_for=_(
            "Policy, contracts with care providers, checking bills, and working together in the region."
        ),
        by_law=_(
            "The municipality must have plans for social support and youth care, and see to good quality."
        ),
        can_move=_("The council chooses how much it arranges itself and how much with others."),
    ),
}
