"""What who is not signed in may send in an hour. Who is signed in has proved an address, and has no limit."""

from django.conf import settings
from django.http import HttpRequest

from trajecten.domain.throttle import Allowance

MAIL = "mail"


def observations(request: HttpRequest) -> Allowance:
    """What one sender says that they see: as often as one may report something."""
    return Allowance("observation-of-money", request, settings.ANONYMOUS_REPORTS_PER_HOUR)


def mails(email: str) -> Allowance:
    """With one mail address, which may be somebody else's."""
    return Allowance(MAIL, email, settings.MAILS_PER_ADDRESS_PER_HOUR)
