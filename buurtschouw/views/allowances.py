"""What who is not signed in may send in an hour. Who is signed in has proved an address, and has no limit."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Report
from trajecten.domain.photos.cleaning import MAX_PHOTOS
from trajecten.domain.throttle import Allowance
from trajecten.models import Enrolment

MAIL = "mail"
# How much more a walker may send than somebody who reports from home.
OF_A_WALK = 4


def reports(request: HttpRequest) -> Allowance:
    """Reports from one sender."""
    return _of_sender("report", request, settings.ANONYMOUS_REPORTS_PER_HOUR)


def supports(request: HttpRequest) -> Allowance:
    """Supports from one sender: as many as reports."""
    return _of_sender("support", request, settings.ANONYMOUS_REPORTS_PER_HOUR)


def photos(request: HttpRequest) -> Allowance:
    """Photos from one sender, good or not: as many as the reports may have."""
    return _of_sender("photo", request, settings.ANONYMOUS_REPORTS_PER_HOUR * MAX_PHOTOS)


def photos_of(request: HttpRequest, report: Report) -> Allowance:
    """Photos of one report. A walker has an allowance of their own: a whole group sends by one network at the end."""
    if report.origin != ReportOrigin.WALK or report.author_id is None:
        return photos(request)
    limit = settings.ANONYMOUS_REPORTS_PER_HOUR * MAX_PHOTOS * OF_A_WALK
    return Allowance("photo", f"walker:{report.author_id}", limit)


def observations(walker: Enrolment) -> Allowance:
    """What one walker noted: somebody on a round sees more than somebody who reports one thing."""
    return Allowance("observation", walker.token, settings.ANONYMOUS_REPORTS_PER_HOUR * OF_A_WALK)


def mails(request: HttpRequest, email: str) -> Allowance:
    """Reports and supports with one mail address, which may be somebody else's."""
    signed_in = request.user.is_authenticated
    return Allowance(MAIL, email, 0 if signed_in or not email else settings.MAILS_PER_ADDRESS_PER_HOUR)


def too_many_mails() -> str:
    return _("Many mails went to this address in the last hour. Leave it empty, or try again later.")


def _of_sender(act: str, request: HttpRequest, limit: int) -> Allowance:
    return Allowance(act, request, 0 if request.user.is_authenticated else limit)
