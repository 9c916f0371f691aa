"""How long the buurtschouw keeps what leads to people, counted from the day a report was closed.

The report itself stays, with its theme, place and answers: it is what a neighbourhood learns from.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.forwarding import keeping
from buurtschouw.domain.my_data.reports import GONE
from buurtschouw.enums import ANSWERED, CLOSED
from buurtschouw.models import Bulk, Reply, Report, Score, Support
from trajecten.domain.my_data import erasing
from trajecten.domain.photos import attachments
from trajecten.enums import Moderation
from trajecten.models import Attachment, Participant, Verdict
from trajecten.registry import RetentionRule


def _closed(before: datetime) -> QuerySet[Report]:
    """Also of what follows another report only what that one has no use for any more."""
    ended = Report.objects.filter(status__in=sorted(ANSWERED), closed_at__lt=before)
    follows = Report.objects.filter(pk=OuterRef("merged_into")).exclude(pk__in=ended.values("pk"))
    closed = Report.objects.filter(status__in=sorted(CLOSED), closed_at__lt=before).defer("search")
    closed = closed.filter(~Exists(follows))
    return closed.annotate(since=F("closed_at")).order_by("closed_at")


def reporters(before: datetime) -> QuerySet[Any]:
    """Closed reports with people without account behind them: who made, supports or judged it."""
    of_guest = Q(author__isnull=False, author__user__isnull=True)
    guest = {"participant__isnull": False, "participant__user__isnull": True}
    kind = ContentType.objects.get_for_model(Report)
    supported = Support.objects.filter(report=OuterRef("pk"), **guest)
    judged = Verdict.objects.filter(content_type=kind, object_id=OuterRef("pk"), **guest)
    behind = of_guest | ~Q(facts=[]) | Q(Exists(supported)) | Q(Exists(judged))
    return _closed(before).filter(behind)


def forget_reporters(rows: Collection[Any]) -> None:
    """Let go of the reporter, the answers to questions, the supporters without account, and their words."""
    keys = [report.pk for report in rows]
    supports = Support.objects.filter(report__in=keys, participant__user__isnull=True)
    of_guests = Report.objects.filter(pk__in=keys, author__user__isnull=True)
    kind = ContentType.objects.get_for_model(Report)
    verdicts = Verdict.objects.filter(content_type=kind, object_id__in=keys, participant__user__isnull=True)
    guests = {
        *of_guests.values_list("author", flat=True),
        *supports.values_list("participant", flat=True),
        *verdicts.values_list("participant", flat=True),
    }
    verdicts.update(participant=None, words="")
    supports.update(participant=None, device="")
    of_guests.update(author=None)
    Report.objects.filter(pk__in=keys).update(facts=[])
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests - {None}))


def photos(before: datetime) -> QuerySet[Any]:
    """The photos of closed reports."""
    kind = ContentType.objects.get_for_model(Report)
    closed_at = Report.objects.filter(pk=OuterRef("object_id")).values("closed_at")[:1]
    of_closed = Attachment.objects.filter(
        content_type=kind, object_id__in=_closed(before).order_by().values("pk")
    )
    return of_closed.annotate(since=Subquery(closed_at)).order_by("since", "pk")


def remove_photos(rows: Collection[Any]) -> None:
    """The rows and their files."""
    attachments.remove(rows)


def unpublished_words(before: datetime) -> QuerySet[Any]:
    """Closed reports whose words nobody but officials may read."""
    return _closed(before).exclude(moderation=Moderation.PUBLISHED).exclude(text="")


def remove_words(rows: Collection[Any]) -> None:
    """The words, and the place in words where there is a pin."""
    of_rows = Report.objects.filter(pk__in=[report.pk for report in rows])
    of_rows.filter(point__isnull=True).update(text="", address=GONE)
    of_rows.filter(point__isnull=False).update(text="", address="")


def walkers(before: datetime) -> QuerySet[Any]:
    """Scores of people without account, by when they were given."""
    found = Score.objects.filter(walker__user__isnull=True, walker__isnull=False, scored_at__lt=before)
    return found.annotate(since=F("scored_at")).order_by("scored_at")


def forget_walkers(rows: Collection[Any]) -> None:
    """Who scored; the score goes on counting."""
    guests = {row.walker_id for row in rows}
    Score.objects.filter(pk__in=[row.pk for row in rows]).update(walker=None)
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def replies(before: datetime) -> QuerySet[Any]:
    """What reporters of closed reports answered to questions."""
    closed_at = Report.objects.filter(pk=OuterRef("report")).values("closed_at")[:1]
    found = Reply.objects.filter(report__in=_closed(before).order_by().values("pk")).exclude(text="")
    return found.annotate(since=Subquery(closed_at)).order_by("since", "pk")


def remove_replies(rows: Collection[Any]) -> None:
    """The words; that there was an answer stays."""
    Reply.objects.filter(pk__in=[reply.pk for reply in rows]).update(text="")


def acts_on_several(before: datetime) -> QuerySet[Any]:
    """What was prepared or done with several reports at once; what became of each stands with that report."""
    return Bulk.objects.filter(at__lt=before).annotate(since=F("at")).order_by("at", "pk")


def remove_acts(rows: Collection[Any]) -> None:
    """The act, with the words that were prepared for each report."""
    Bulk.objects.filter(pk__in=[bulk.pk for bulk in rows]).delete()


RULES = (
    RetentionRule(
        "buurtschouw.replies",
        _("answers of reporters to questions"),
        _("What they wrote. That they answered stays."),
        365,
        replies,
        remove_replies,
    ),
    RetentionRule(
        "buurtschouw.acts_on_several",
        _("acts on several reports at once"),
        _("What was prepared for each report. What was done stays with the reports."),
        30,
        acts_on_several,
        remove_acts,
    ),
    RetentionRule(
        "buurtschouw.reporters",
        _("reporters and supporters without account"),
        _(
            "Name and mail address, the answers to questions of the theme, the words of a verdict. The report stays."
        ),
        365,
        reporters,
        forget_reporters,
    ),
    RetentionRule(
        "buurtschouw.photos",
        _("photos of closed reports"),
        _("The photos and their files. The report stays."),
        730,
        photos,
        remove_photos,
    ),
    RetentionRule(
        "buurtschouw.unpublished_words",
        _("words of closed reports that are not public"),
        _("What was written, and the address. Theme, pin and answers stay."),
        730,
        unpublished_words,
        remove_words,
    ),
    RetentionRule(
        "buurtschouw.walkers",
        _("who scored on a walk, without account"),
        _("Who it was. The score itself stays."),
        365,
        walkers,
        forget_walkers,
    ),
    RetentionRule(
        "buurtschouw.forwards",
        _("what other systems told of closed reports"),
        _("Their words, and how the reporter agreed to being passed on. Where it was and its number stay."),
        365,
        keeping.old,
        keeping.forget_words,
    ),
)
