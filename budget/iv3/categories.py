"""The categories of Iv3: what kind of expenditure or income an amount is.

The same number means something else on each side, so a category is known by its side (L for expenditure, B for income)
and its code. Source: the Iv3 definitions of CBS, 2017 up to and including 2026; since 2026 transfers of capital are
called contributions to investments (4.5), before that they were divided as 4.4. The Dutch names in the catalogue are
the official ones.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_TO_OR_FROM: dict[str, dict[str, str | Promise]] = {
    "4.3": {
        "4.3.1": _("Transfers of income: the state"),
        "4.3.2": _("Transfers of income: municipalities"),
        "4.3.3": _("Transfers of income: joint arrangements"),
        "4.3.4": _("Transfers of income: provinces"),
        "4.3.5": _("Transfers of income: water authorities"),
        "4.3.6": _("Transfers of income: other public bodies"),
        "4.3.7": _("Transfers of income: European Union"),
        "4.3.8": _("Transfers of income: other institutions and persons"),
        "4.3.9": _("Transfers of income: not divided"),
    },
    "4.4": {
        "4.4.1": _("Transfers of capital: the state"),
        "4.4.2": _("Transfers of capital: municipalities"),
        "4.4.3": _("Transfers of capital: joint arrangements"),
        "4.4.4": _("Transfers of capital: provinces"),
        "4.4.5": _("Transfers of capital: water authorities"),
        "4.4.6": _("Transfers of capital: other public bodies"),
        "4.4.7": _("Transfers of capital: European Union"),
        "4.4.8": _("Transfers of capital: other institutions and persons"),
        "4.4.9": _("Transfers of capital: not divided"),
    },
    "4.5": {
        "4.5.1": _("Contributions to investments: the state"),
        "4.5.2": _("Contributions to investments: municipalities"),
        "4.5.3": _("Contributions to investments: joint arrangements"),
        "4.5.4": _("Contributions to investments: provinces"),
        "4.5.5": _("Contributions to investments: water authorities"),
        "4.5.6": _("Contributions to investments: other public bodies"),
        "4.5.7": _("Contributions to investments: European Union"),
        "4.5.8": _("Contributions to investments: other institutions and persons"),
        "4.6.6": _("Other transfers of capital: public bodies"),
        "4.6.8": _("Other transfers of capital: other institutions and persons"),
    },
}
_BOTH: dict[str, str | Promise] = {
    "3.1": pgettext_lazy("category", "Land"),
    "3.2": _("Durable goods"),
    "3.3": _("Leases"),
    "3.8": _("Other goods and services"),
    **_TO_OR_FROM["4.3"],
    **_TO_OR_FROM["4.4"],
    **_TO_OR_FROM["4.5"],
    "5.1": pgettext_lazy("category", "Interest"),
    "6.1": _("Financial transactions"),
    "7.1": _("Changes of the reserves"),
    "7.2": _("Changes of the provisions"),
    "7.3": _("Depreciation"),
    "7.4": _("Interest that is charged on or saved"),
    "7.5": _("Other settlements"),
}

CATEGORIES: dict[str, dict[str, str | Promise]] = {
    "L": {
        "1.1": _("Salaries and social contributions"),
        "2.1": pgettext_lazy("category", "Taxes"),
        "3.4.1": _("Social benefits in kind"),
        "3.5.1": _("Staff hired in"),
        "4.1.1": _("Social benefits in money"),
        "4.2": _("Subsidies"),
        **_BOTH,
    },
    "B": {
        "2.2.1": _("Taxes on producers"),
        "2.2.2": _("Taxes on households"),
        "3.4.2": _("Own contributions and recovery of social benefits in kind"),
        "3.5.2": _("Staff hired out"),
        "3.6": pgettext_lazy("category", "Rents"),
        "3.7": _("Fees and other charges"),
        "4.1.2": _("Recovery of social benefits in money"),
        "5.2": _("Dividends and profits"),
        **_BOTH,
    },
}


def is_known(side: str, code: str) -> bool:
    return code in CATEGORIES[side]


def name(side: str, code: str) -> str:
    """The name of a category of a side; the code itself of one that is not known."""
    return str(CATEGORIES[side].get(code, code))
