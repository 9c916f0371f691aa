"""One act on several reports: shown as it would go, confirmed once, and done report by report.

What is shown was rehearsed: each act is done and rolled back, so that a refusal reads as it would. When it is really
done each report still has to be as it was then; what is not is refused, and the others go on.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from buurtschouw.domain import answer_templates, answering, merging
from buurtschouw.enums import BulkAction, BulkState, Outcome, ReportStatus
from buurtschouw.method import MAX_BULK
from buurtschouw.models import Bulk, BulkItem, Report
from trajecten.enums import Moderation
from trajecten.models import Municipality, User
from trajecten.refusals import Refused
from trajecten.transitions import TransitionRefused

# So many are done while the official waits; more are done by a job.
AT_ONCE = 25
# A job that has not been heard of for so long has died; what it left is done after all.
GIVEN_UP = timedelta(minutes=2)


class BulkRefused(Refused):
    """An act on several reports that can't be prepared; the message says why."""


@transaction.atomic
def prepare(
    *,
    municipality: Municipality,
    by: User,
    reports: Sequence[Report],
    action: str,
    status: str = "",
    message: str = "",
    planned_for: date | None = None,
    forwarded_to: str = "",
    to: User | None = None,
    kept: Report | None = None,
) -> Bulk:
    """Rehearse it on each report, and keep what would happen. Nothing is done yet.

    Placeholders in the message are filled in for each report. Refused (``BulkRefused``) for no reports at all, for
    more than ``MAX_BULK``, for an answer without words or with a promised day where none is promised, and for
    merging without one that is kept.
    """
    _check(reports, action, status, message, kept)
    bulk = Bulk.objects.create(
        municipality=municipality,
        by=by,
        action=action,
        status=status,
        message=message.strip(),
        planned_for=planned_for,
        forwarded_to=forwarded_to.strip(),
        to=to,
        kept=kept,
    )
    promised = planned_for if status == ReportStatus.PLANNED else None
    others = [report for report in reports if kept is None or report.pk != kept.pk]
    for report in others:
        words = answer_templates.filled(bulk.message, report=report, by=by, planned_for=promised)
        item = BulkItem(
            municipality=municipality, bulk=bulk, report=report, version=report.version, message=words
        )
        item.reason = _refusal(bulk, item)
        item.outcome = Outcome.REFUSED if item.reason else Outcome.WAITING
        item.save()
    return bulk


def _check(reports: Sequence[Report], action: str, status: str, message: str, kept: Report | None) -> None:
    if not reports:
        raise BulkRefused(_("Choose one or more reports first."))
    if len(reports) > MAX_BULK:
        raise BulkRefused(_("Choose at most %(n)d reports at once.") % {"n": MAX_BULK})
    if action == BulkAction.ANSWER and not status:
        raise BulkRefused(_("Choose what is happening with them."), field="status")
    if action == BulkAction.ANSWER and not message.strip():
        raise BulkRefused(_("Write what you want to tell the reporters."), field="message")
    if status != ReportStatus.PLANNED and answer_templates.promises_a_day(message):
        raise BulkRefused(answer_templates.without_day(), field="message")
    if action == BulkAction.MERGE and len(reports) < 2:
        raise BulkRefused(_("Choose two or more reports to merge."))
    if action == BulkAction.MERGE and (kept is None or kept.pk not in {report.pk for report in reports}):
        raise BulkRefused(_("Choose which report is kept."), field="kept")


def _refusal(bulk: Bulk, item: BulkItem) -> str:
    """Why this report would be refused; empty when it would not. Whatever is done for that is undone."""
    try:
        with transaction.atomic():
            _act(bulk, item)
            transaction.set_rollback(True)
    except (Refused, TransitionRefused, answering.ReportChanged) as refused:
        return _why(refused)
    return ""


def _why(refused: Refused | TransitionRefused | answering.ReportChanged) -> str:
    if isinstance(refused, answering.ReportChanged):
        return _("Somebody changed this report meanwhile.")
    return str(refused.message)


def _act(bulk: Bulk, item: BulkItem) -> None:
    report = item.report
    match bulk.action:
        case BulkAction.ANSWER:
            answering.answer(
                report=report,
                by=bulk.by,
                version=item.version,
                status=bulk.status,
                message=item.message,
                planned_for=bulk.planned_for,
                forwarded_to=bulk.forwarded_to,
            )
        case BulkAction.ASSIGN:
            answering.lock(report, item.version)
            answering.assign(report=report, by=bulk.by, to=bulk.to)
        case BulkAction.MERGE:
            assert bulk.kept is not None  # noqa: S101  checked before
            merging.merge(report=report, into=bulk.kept, by=bulk.by, version=item.version)
        case BulkAction.PUBLISH:
            if answering.lock(report, item.version).is_public:
                raise BulkRefused(_("Everybody can read this one already."))
            answering.moderate(report=report, by=bulk.by, moderation=Moderation.PUBLISHED)


def confirm(*, bulk: Bulk, by: User) -> bool:
    """Let it be done. Pressing again does nothing twice. Returns whether this call did it all already.

    Up to ``AT_ONCE`` reports are done here; more are left to a job (``run``). Refused (``BulkRefused``) for who did
    not prepare it.
    """
    if bulk.by_id != by.pk:
        raise BulkRefused(_("Only who prepared this can confirm it."))
    mine = Bulk.objects.filter(pk=bulk.pk, state=BulkState.PREVIEW)
    mine.update(state=BulkState.RUNNING, confirmed_at=timezone.now())
    if BulkItem.objects.filter(bulk=bulk, outcome=Outcome.WAITING).count() > AT_ONCE:
        return False
    run(bulk)
    return True


def run(bulk: Bulk) -> None:
    """Do what is still to be done of a confirmed act; two at once share the work."""
    if not Bulk.objects.filter(pk=bulk.pk, state=BulkState.RUNNING).exists():
        return
    for number in BulkItem.objects.filter(bulk=bulk, outcome=Outcome.WAITING).values_list("pk", flat=True):
        _do(number)
    left = BulkItem.objects.filter(bulk=bulk, outcome=Outcome.WAITING)
    if not left.exists():
        running = Bulk.objects.filter(pk=bulk.pk, state=BulkState.RUNNING)
        running.update(state=BulkState.FINISHED, finished_at=timezone.now())


@transaction.atomic
def _do(number: int) -> None:
    locked = BulkItem.objects.select_for_update(of=("self",), skip_locked=True)
    rows = locked.select_related("bulk__by", "bulk__to", "bulk__kept", "report__municipality")
    item = (
        rows.defer("report__search", "bulk__kept__search").filter(pk=number, outcome=Outcome.WAITING).first()
    )
    if item is None:
        return
    try:
        with transaction.atomic():
            _act(item.bulk, item)
    except (Refused, TransitionRefused, answering.ReportChanged) as refused:
        item.outcome, item.reason = Outcome.REFUSED, _why(refused)
    else:
        item.outcome = Outcome.DONE
    item.save(update_fields=["outcome", "reason"])


def left_lying() -> list[int]:
    """The acts, of every municipality, whose job did not end: the broker was away, or a worker was killed."""
    with scopes_disabled():
        rows = Bulk.objects.filter(state=BulkState.RUNNING, confirmed_at__lt=timezone.now() - GIVEN_UP)
        return list(rows.values_list("pk", flat=True))
