"""Handling reports of the same together: one is kept and the others follow it; and undoing that.

Words, photos, supports and terms stay with the report that they are of. What changes is the status of the one that
follows, and how many people the one that is kept counts; who joins an idea goes along.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import answering, together
from buurtschouw.domain.ideas import following
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Merge, Report
from trajecten.domain import activities
from trajecten.domain.promises import finding
from trajecten.domain.telling import notify
from trajecten.models import User
from trajecten.refusals import Refused
from trajecten.transitions import check

MERGED = "buurtschouw.report_merged"
UNMERGED = "buurtschouw.report_unmerged"


class MergeRefused(Refused):
    """Two reports can't be handled together, or not apart; the message says why."""


@transaction.atomic
def merge(*, report: Report, into: Report, by: User, version: int | None = None) -> Merge:
    """Let ``report`` follow ``into``, which is kept. The same again changes nothing.

    Telling its reporter this is an answer to them, so the time to the first answer ends with it. Refused
    (``MergeRefused``): a report with itself, one that follows another already, into one that is closed or follows
    another itself, reports of different kinds, and a report with a promise of its own that still has to be kept.
    Raises ``TransitionRefused`` for what is closed or waits for its reporter, and ``ReportChanged`` when ``report``
    is newer than ``version``.
    """
    locked = _lock([report.pk, into.pk])
    report, into = locked[report.pk], locked[into.pk]
    standing = Merge.objects.filter(report=report, into=into, undone_at__isnull=True).first()
    if standing:
        return standing
    if version is not None and report.version != version:
        raise answering.ReportChanged(report)
    _check(report, into)
    made = _follow(report, into, by=by)
    activities.record(verb="merged", target=report, by=by, is_public=True, details={"into": into.pk})
    activities.record(verb="took_in", target=into, by=by, details={"report": report.pk})
    _tell(MERGED, made)
    if into.is_idea:
        following.go_along(report=report, into=into, by=by)
    return made


def _lock(keys: Collection[int]) -> dict[int, Report]:
    """These reports, locked in the order of their numbers; merging in one municipality goes one after another."""
    some = Report.objects.only("municipality").get(pk=next(iter(keys)))
    together.hold_still(some.municipality_id)
    rows = Report.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    return {row.pk: row for row in rows.select_related("author", "category").defer("search")}


def _check(report: Report, into: Report) -> None:
    names = {"report": report.pk, "into": into.pk}
    if report.pk == into.pk:
        raise MergeRefused(_("A report can't be merged with itself."))
    if report.merged_into_id:
        names["into"] = report.merged_into_id
        raise MergeRefused(_("Report %(report)s is handled with report %(into)s already.") % names)
    if into.merged_into_id:
        names["into"], names["kept"] = into.pk, into.merged_into_id
        raise MergeRefused(
            _("Report %(into)s is itself handled with report %(kept)s. Choose that one.") % names
        )
    if not into.is_open:
        raise MergeRefused(
            _("Report %(into)s is finished, so nothing can follow it any more. Answer this one instead.")
            % names
        )
    if report.kind != into.kind:
        raise MergeRefused(_("Reports of different kinds are not handled together."))
    check(ReportStatus, report.means.transitions, report.status, ReportStatus.MERGED)
    if finding.standing(report).exists():
        raise MergeRefused(
            _("Something was promised on report %(report)s. Keep that one, or finish its promise first.")
            % names
        )


def _follow(report: Report, into: Report, *, by: User) -> Merge:
    family = {into.pk, *together.following(into)}
    joining = {report.pk, *together.following(report)}
    known = together.voices(family, besides=into)
    made = Merge.objects.create(
        municipality_id=report.municipality_id,
        report=report,
        into=into,
        by=by,
        status_before=report.status,
        is_first_answer=report.first_answer_at is None,
    )
    report.status, report.merged_into, report.closed_at = ReportStatus.MERGED, into, made.at
    report.first_answer_at = report.first_answer_at or made.at
    report.version += 1
    report.save(update_fields=["status", "merged_into", "closed_at", "first_answer_at", "version"])
    Report.objects.filter(merged_into=report).update(merged_into=into)
    into.supports = max(into.supports - known + together.voices(family | joining, besides=into), 0)
    into.version += 1
    into.save(update_fields=["supports", "version"])
    return made


@transaction.atomic
def undo(*, report: Report, by: User) -> Report:
    """Let the report go its own way again, as it was before: its status, its term, and the supports of both.

    What follows this report goes along with it. What was answered meanwhile was told to its reporter, and stays on
    their page. Refused (``MergeRefused``) for a report that follows no other.
    """
    report = _lock([report.pk])[report.pk]
    made = Merge.objects.filter(report=report, undone_at__isnull=True).select_related("into").first()
    if made is None:
        raise MergeRefused(_("Report %(report)s is handled by itself already.") % {"report": report.pk})
    above = _above(made)
    joined = {report.pk, *together.following(report)}
    locked = _lock([report.pk, *(each.pk for each in above)])
    for kept in (locked[each.pk] for each in above):
        _let_go(kept, joined)
    made.undone_at, made.undone_by = timezone.now(), by
    made.save(update_fields=["undone_at", "undone_by"])
    report = _apart(locked[report.pk], made)
    Report.objects.filter(pk__in=joined - {report.pk}).update(merged_into=report)
    activities.record(verb="unmerged", target=report, by=by, is_public=True, details={"from": above[-1].pk})
    activities.record(verb="let_go", target=above[-1], by=by, details={"report": report.pk})
    _tell(UNMERGED, made)
    if report.is_idea:
        following.come_back(report=report, leaving=joined, above=[locked[each.pk] for each in above], by=by)
    return report


def _above(made: Merge) -> list[Report]:
    """The report that it followed, the one that this follows in its turn, up to the one that is kept."""
    found = [made.into]
    while found[-1].merged_into_id:
        above = Merge.objects.filter(report=found[-1], undone_at__isnull=True).select_related("into").get()
        found.append(above.into)
    return found


def _let_go(kept: Report, leaving: set[int]) -> None:
    """Count without those who only spoke in what leaves."""
    family = {kept.pk, *together.following(kept)}
    all_voices = together.voices(family, besides=kept)
    kept.supports = max(kept.supports - all_voices + together.voices(family - leaving, besides=kept), 0)
    kept.version += 1
    kept.save(update_fields=["supports", "version"])


def _apart(report: Report, made: Merge) -> Report:
    report.status, report.merged_into, report.closed_at = made.status_before, None, None
    if made.is_first_answer:
        report.first_answer_at = None
    report.version += 1
    report.save(update_fields=["status", "merged_into", "closed_at", "first_answer_at", "version"])
    return report


def _tell(key: str, made: Merge) -> None:
    """The reporter of the report that follows, once for each merging and each undoing."""
    author = made.report.author
    if author is not None and author.can_be_told:
        notify.owe(
            key=key,
            to=author,
            municipality=made.municipality,
            about=made,
            delivery_key=f"{key}:{made.pk}:{author.pk}",
        )
