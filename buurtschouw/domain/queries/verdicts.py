"""The verdicts of residents on reports: those that were given lately, and those that are still asked."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from buurtschouw.enums import ANSWERED, ReportKind
from buurtschouw.models import Report
from trajecten.models import Participant, Verdict

VERDICT_WINDOW = timedelta(days=90)


def that_count(reports: QuerySet[Report]) -> QuerySet[Verdict]:
    """The verdicts of the last 90 days on these reports that say how they are now: one for each report.

    That is the last one on its last closing; what was said of an earlier one is overtaken. Only meldingen have one:
    whether it is solved is not asked of a compliment, and an idea is no problem. ``statistics.counting`` has the
    same in SQL, without the 90 days.
    """
    kind = ContentType.objects.get_for_model(Report)
    given = Verdict.objects.filter(content_type=kind, at__gte=timezone.now() - VERDICT_WINDOW)
    judged = reports.filter(
        pk=OuterRef("object_id"), round=OuterRef("round"), round__gt=0, kind=ReportKind.PROBLEM
    )
    later = Verdict.objects.filter(
        content_type=kind, object_id=OuterRef("object_id"), round=OuterRef("round"), pk__gt=OuterRef("pk")
    )
    return given.filter(Exists(judged.order_by()), ~Exists(later))


def to_judge(author: Participant) -> QuerySet[Report]:
    """Closed reports of this participant without a verdict on their last closing, the longest closed first.

    Of a compliment no verdict is asked; of what another system has it is asked when that is done.
    """
    kind = ContentType.objects.get_for_model(Report)
    given = Verdict.objects.filter(content_type=kind, object_id=OuterRef("pk"), round=OuterRef("round"))
    rows: QuerySet[Report] = Report.objects.filter(
        author=author, status__in=sorted(ANSWERED), handed_to=""
    ).with_names()
    asked = rows.exclude(kind=ReportKind.COMPLIMENT)
    return asked.filter(~Exists(given)).order_by("closed_at", "id")
