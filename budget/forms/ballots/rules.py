"""The rules to choose from, as a form asks for them."""

from django.utils.translation import gettext_lazy as _

from budget.enums import BallotRule

RULES = [
    (BallotRule.EQUAL_SHARES, _("Equal shares: everybody's vote is worth as much money")),
    (BallotRule.MOST_VOTES, _("Most votes first")),
]
