"""What who is not signed in may send in an hour. Who is signed in has proved an address, and has no limit."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from trajecten.domain import throttle
from trajecten.domain.throttle import Allowance

MAIL = "mail"


def spend(request: HttpRequest, act: str, email: str) -> None:
    """Count one act of this sender, and one mail to this address. Raises ``throttle.Throttled``."""
    throttle.spend(
        Allowance(f"budget_{act}", request, settings.ANONYMOUS_REPORTS_PER_HOUR),
        Allowance(MAIL, email, settings.MAILS_PER_ADDRESS_PER_HOUR),
    )


def too_many(throttled: throttle.Throttled) -> tuple[str | None, str]:
    """The field of the form that it is about, and what is said there."""
    if throttled.act == MAIL:
        return "email", _("Many mails went to this address in the last hour. Try again later.")
    return None, _("Much was sent from your connection in the last hour. Try again later.")
