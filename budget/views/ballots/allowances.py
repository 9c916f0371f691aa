"""How often one sender or one mail address may vote or propose in an hour, without signing in."""

from django.conf import settings
from django.http import HttpRequest

from trajecten.domain import throttle
from trajecten.domain.throttle import Allowance

MAIL = "mail"


def spend(request: HttpRequest, *, act: str, email: str) -> None:
    """Count one act of this sender, and one mail to this address. Raises ``Throttled`` for one too many."""
    throttle.spend(
        Allowance(act, request, settings.ANONYMOUS_REPORTS_PER_HOUR),
        Allowance(MAIL, email, settings.MAILS_PER_ADDRESS_PER_HOUR),
    )
