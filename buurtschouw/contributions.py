"""What the core knows of a report: its titles, its addresses, and who is behind it."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain import following, together
from buurtschouw.domain.ideas import power
from buurtschouw.enums import ReportKind
from buurtschouw.models import Report, Support
from trajecten.models import Participant
from trajecten.registry import ContributionKind


def load(keys: Collection[int]) -> dict[int, Report]:
    """The reports with these numbers, with the names and the municipality that their titles and addresses need."""
    rows = Report.objects.filter(pk__in=keys).with_names().select_related("municipality")
    return {report.pk: report for report in rows.defer("municipality__boundary")}


def behind(keys: Collection[int]) -> QuerySet[Participant]:
    """Who made these reports and those that follow them, who supports any of these, and who joins the ideas."""
    family = together.with_merged(keys)
    authors = family.filter(author__isnull=False).values("author")
    backed = Support.objects.filter(report__in=family.values("pk"), participant__isnull=False)
    joined = power.confirmed(keys).values("participant")
    found = Q(pk__in=authors) | Q(pk__in=backed.values("participant")) | Q(pk__in=joined)
    return Participant.objects.filter(found)


def _public_url(report: Report) -> str:
    return _url("public-report", report, number=report.pk)


def _staff_url(report: Report) -> str:
    return _url("report", report, number=report.pk)


def _own_url(report: Report) -> str:
    return _url("track", report, token=report.token)


def _url(name: str, report: Report, **parts: object) -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": report.municipality.slug, **parts})


KINDS = (
    ContributionKind(
        model=Report,
        name=_("report"),
        load=load,
        title=lambda report: report.title,
        public_title=lambda report: report.public_title,
        public_url=_public_url,
        staff_url=_staff_url,
        own_url=_own_url,
        behind=behind,
        opens=lambda report: report.answers.order_by("pk").values_list("message", flat=True),
        opens_more=lambda report: report.first_answer_at is not None,
        can_be_promised=lambda report: report.means.can_be_promised,
        sort=lambda report: "" if report.kind == ReportKind.PROBLEM else capfirst(report.get_kind_display()),
        reopen=lambda report, words: following.bring_back(report=report, words=words),
    ),
)
