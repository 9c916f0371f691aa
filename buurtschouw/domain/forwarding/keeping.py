"""What is kept of people with what was forwarded, and letting go of it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain.forwarding import letting_go
from buurtschouw.enums import CLOSED
from buurtschouw.models import Forward, ForwardUpdate, Report

GONE = "–"


def old(before: datetime) -> QuerySet[Any]:
    """Forwards of reports that were closed before this moment, with words in which people may be named."""
    words = ForwardUpdate.objects.filter(forward=OuterRef("pk")).exclude(words="")
    has_words = ~Q(contact_agreed__in=["", GONE]) | ~Q(last_error="") | Q(Exists(words))
    rows = Forward.objects.filter(
        has_words, report__status__in=sorted(CLOSED), report__handed_to="", report__closed_at__lt=before
    )
    return rows.annotate(since=F("report__closed_at")).order_by("report__closed_at", "pk")


def forget_words(rows: Collection[Any]) -> None:
    """The words go; where it was, under which number, and how it ended stay."""
    forwards = Forward.objects.filter(pk__in=[forward.pk for forward in rows])
    forwards.filter(shares_contact=True).update(contact_agreed=GONE)
    forwards.update(last_error="")
    ForwardUpdate.objects.filter(forward__in=forwards).update(words="")


def forget(report: Report) -> None:
    """Nothing of this report is sent any more, and the words with what was sent go."""
    letting_go.of(report)
    report.handed_to = ""
    forget_words(Forward.objects.filter(report=report))


def told_of(reports: Collection[Report]) -> dict[int, str]:
    """For each report by its number: to whom it was sent, and whether the address of its reporter went along."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Forward.objects.filter(report__in=reports).select_related("destination").order_by("pk")
    for forward in rows:
        values = {"whom": forward.destination.name, "number": forward.reference or GONE}
        words = (
            _("%(whom)s (number %(number)s), with your mail address")
            if forward.shares_contact
            else _("%(whom)s (number %(number)s), without your mail address")
        )
        found[forward.report_id].append(words % values)
    return {number: "; ".join(said) for number, said in found.items()}
