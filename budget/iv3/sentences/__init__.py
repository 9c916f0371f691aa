"""What every line of a budget is, in plain words: of each main field and each comparable task field, a module a main
field. A municipality can write its own in their place (``budget.domain.explaining``).

Written for this portal, from the tasks that the law gives to municipalities: Gemeentewet, Participatiewet, Wmo 2015,
Jeugdwet, Wet publieke gezondheid, Wet veiligheidsregio's, Omgevingswet, Wet milieubeheer, Leerplichtwet, Wet op de
lijkbezorging and those on education.
"""

from budget.iv3 import codes
from budget.iv3.sentences import (
    building,
    economy,
    education,
    governance,
    health,
    leisure,
    safety,
    social,
    traffic,
)
from budget.iv3.sentences.text import Text

TEXTS: dict[str, Text] = {
    **governance.TEXTS,
    **safety.TEXTS,
    **traffic.TEXTS,
    **economy.TEXTS,
    **education.TEXTS,
    **leisure.TEXTS,
    **social.TEXTS,
    **health.TEXTS,
    **building.TEXTS,
}


def of(code: str) -> Text:
    """The standing text of a main field or task field; of a part that of its comparable task field."""
    return TEXTS.get(codes.comparable(code) if "." in code else code, Text())
