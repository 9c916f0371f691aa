"""The names of main fields and task fields, from the lists of all years.

The Dutch names in the catalogue are the official ones.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budget.iv3 import codes

MAIN_FIELDS: dict[str, str | Promise] = {
    "0": _("Governance and support"),
    "1": _("Safety"),
    "2": _("Traffic, transport and water"),
    "3": _("Economy"),
    "4": _("Education"),
    "5": _("Sports, culture and recreation"),
    "6": _("Social domain"),
    "7": _("Public health and environment"),
    "8": _("Housing, surroundings and urban renewal"),
}

TASK_FIELDS: dict[str, str | Promise] = {
    "0.1": _("Governance"),
    "0.2": _("Civil affairs"),
    "0.3": _("Other buildings and land"),
    "0.4": _("Overhead"),
    "0.5": _("Treasury"),
    "0.6": _("Local taxes"),
    "0.61": _("Property tax on homes"),
    "0.62": _("Property tax on other buildings"),
    "0.63": _("Parking tax"),
    "0.64": _("Other taxes"),
    "0.7": _("General grants from the municipalities fund"),
    "0.8": _("Other expenditure and income"),
    "0.9": _("Corporation tax"),
    "0.10": _("Changes of the reserves"),
    "0.11": _("Result of the accounts"),
    "1.1": _("Crisis control and fire brigade"),
    "1.2": _("Public order and safety"),
    "2.1": _("Traffic and transport"),
    "2.2": _("Parking"),
    "2.3": _("Recreational harbours"),
    "2.4": _("Commercial harbours and waterways"),
    "2.5": _("Public transport"),
    "3.1": _("Economic development"),
    "3.2": _("Business sites and premises"),
    "3.3": _("Business desk and schemes for businesses"),
    "3.4": _("Economic promotion"),
    "4.1": _("Public primary education"),
    "4.2": _("School buildings"),
    "4.3": _("Education policy and pupils"),
    "5.1": _("Sports policy and exercise"),
    "5.2": _("Sports facilities"),
    "5.3": _("Performing, making and taking part in culture"),
    "5.4": _("Museums"),
    "5.5": _("Cultural heritage"),
    "5.6": _("Media"),
    "5.7": _("Public green and outdoor recreation"),
    "6.1": _("Living together and participation"),
    "6.2": _("Access and first-line services"),
    "6.21": _("Access and first-line services: social support"),
    "6.22": _("Access and first-line services: youth"),
    "6.23": _("Access and first-line services: together"),
    "6.3": _("Income support"),
    "6.4": _("Sheltered employment"),
    "6.5": _("Help to find work"),
    "6.6": _("Aids and services for living at home"),
    "6.60": _("Aids and services (Wmo)"),
    "6.7": _("Care and support made to measure"),
    "6.71": _("Support made to measure for adults (Wmo)"),
    "6.711": _("Household help (Wmo)"),
    "6.712": _("Guidance (Wmo)"),
    "6.713": _("Day activities (Wmo)"),
    "6.714": _("Other support made to measure (Wmo)"),
    "6.72": _("Support made to measure for young people"),
    "6.73": _("Care and support with a stay, young people"),
    "6.74": _("Other help for young people"),
    "6.75": _("Youth care at home or nearby"),
    "6.751": _("Youth care without a stay, local"),
    "6.752": _("Youth care without a stay, regional"),
    "6.753": _("Youth care without a stay, national"),
    "6.76": _("Youth care with a stay"),
    "6.761": _("Youth care with a stay, local"),
    "6.762": _("Youth care with a stay, regional"),
    "6.763": _("Youth care with a stay, national"),
    "6.79": _("Personal budgets"),
    "6.791": _("Personal budgets (Wmo)"),
    "6.792": _("Personal budgets, youth"),
    "6.8": _("Protection and shelter"),
    "6.81": _("Sheltered living and shelter (Wmo)"),
    "6.811": _("Sheltered living (Wmo)"),
    "6.812": _("Shelter for homeless people and women (Wmo)"),
    "6.82": _("Protection and probation of young people"),
    "6.821": _("Youth protection"),
    "6.822": _("Youth probation"),
    "6.9": _("Coordination and policy of the social domain"),
    "6.91": _("Coordination and policy, Wmo"),
    "6.92": _("Coordination and policy, youth"),
    "7.1": _("Public health"),
    "7.2": _("Sewerage"),
    "7.3": pgettext_lazy("task field", "Waste"),
    "7.4": _("Environment"),
    "7.5": _("Cemeteries and crematoria"),
    "8.1": _("Space and surroundings"),
    "8.2": _("Development of land, not for businesses"),
    "8.3": _("Living and building"),
}


def is_known(code: str) -> bool:
    """Whether a task field with this code, or one that it is part of, is in a list of any year."""
    return bool(codes.FORM.match(code)) and any(step in TASK_FIELDS for step in codes.chain(code))


def name(code: str) -> str:
    """The name of a main field or task field; of a part without a name of its own that of what it is part of."""
    for step in codes.chain(code):
        if step in TASK_FIELDS:
            return str(TASK_FIELDS[step])
        if step in MAIN_FIELDS:
            return str(MAIN_FIELDS[step])
    return code
