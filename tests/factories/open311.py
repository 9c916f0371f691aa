"""Keys of other systems, with the words that open them."""

from typing import Any

from buurtschouw.domain.open311 import keys
from buurtschouw.models import ApiKey
from trajecten.models import Municipality, User

ALL = {
    "name": "Meldapp",
    "may_read": True,
    "may_report": True,
    "may_update": True,
    "requests_per_minute": 600,
    "reports_per_hour": 10_000,
    "media_hosts": "",
}


def api_key(municipality: Municipality, owner: User, **about: Any) -> tuple[ApiKey, str]:
    """A key that may do everything, and its words."""
    return keys.make(municipality=municipality, by=owner, **{**ALL, **about})
