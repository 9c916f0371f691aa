"""What who is not signed in may begin in an hour. Who is signed in has proved an address, and has no limit."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from trajecten.domain.throttle import Allowance

MAIL = "mail"


def begun(request: HttpRequest) -> Allowance:
    """Alternatives that are begun by one sender."""
    return Allowance("alternative", request, settings.ANONYMOUS_REPORTS_PER_HOUR)


def mails(email: str) -> Allowance:
    """Mails to one address, which may be somebody else's."""
    return Allowance(MAIL, email, settings.MAILS_PER_ADDRESS_PER_HOUR)


def too_many(act: str) -> str:
    if act == MAIL:
        return _("Many mails went to this address in the last hour. Try again later.")
    return _("Many people began from your connection in the last hour. Try again later.")
