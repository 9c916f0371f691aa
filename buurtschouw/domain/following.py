"""What residents do after a report: support it, and say whether it is solved."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from buurtschouw.domain import answering, intake
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report, Support
from trajecten.domain import activities, commitments, notify, verdicts
from trajecten.enums import CommitmentStatus, VerdictValue
from trajecten.models import Participant, Verdict

CAME_BACK = "buurtschouw.report_came_back"
REOPENED = "buurtschouw.report_reopened"


class VerdictRefused(Exception):
    """A verdict can't be given now; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SupportRefused(Exception):
    """A report can't be supported any more; the message says what to do instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def support(*, report: Report, participant: Participant | None, device: str) -> bool:
    """Count one more who sees the same. Returns False when this person or device had said so before.

    Refused (``SupportRefused``) for a report that is finished: its closing answer has gone out already.
    """
    if not report.is_open:
        raise SupportRefused(_("This report is finished. Is it there again? Then make a new report."))
    try:
        with transaction.atomic():
            Support.objects.create(
                municipality_id=report.municipality_id,
                report=report,
                participant=participant,
                device="" if participant else device,
            )
            Report.objects.filter(pk=report.pk).update(supports=F("supports") + 1)
            activities.record(verb="supported", target=report, by=participant, is_public=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def judge(*, report: Report, value: str, words: str = "", round_number: int | None = None) -> Verdict:
    """Record the reporter's verdict on what was done; "no" opens the report again, on top of the queue.

    ``round_number`` is the closing that the mail asked about, None for the last one. A verdict on a closing
    that has been overtaken is refused (``VerdictRefused``), save that words may still be added to it.
    """
    report = answering.lock(report)
    asked = round_number or report.round
    earlier = verdicts.of(report).filter(round=asked, participant=report.author).first()
    is_current = not report.is_open and asked == report.round
    if not is_current:
        if earlier is None or earlier.value != value:
            raise VerdictRefused(_overtaken(report))
        return verdicts.give(
            target=report, round_number=asked, participant=report.author, value=value, words=words
        )[0]
    verdict, is_new = verdicts.give(
        target=report, round_number=asked, participant=report.author, value=value, words=words
    )
    if is_new:
        activities.record(
            verb="judged", target=report, by=report.author, is_public=True, details={"verdict": value}
        )
        if value == VerdictValue.NO:
            _reopen(report, verdict)
    return verdict


def _overtaken(report: Report) -> str:
    if report.is_open:
        return _("This report is open again. You will hear when something has been done.")
    return _("The municipality has answered again since then. Say on this page whether it is solved now.")


def _reopen(report: Report, verdict: Verdict) -> None:
    report.status = ReportStatus.ACKNOWLEDGED
    report.returned_at = verdict.at
    report.closed_at = None
    report.version += 1
    report.due_on = intake.term(report.schouw)
    report.save(update_fields=["status", "returned_at", "closed_at", "version", "due_on"])
    for commitment in commitments.of(report).filter(status=CommitmentStatus.DONE):
        commitments.move(commitment=commitment, status=CommitmentStatus.IN_PROGRESS, by=None)
    activities.record(verb="reopened", target=report, by=report.author, is_public=True)
    _tell_reopened(report)


def _tell_reopened(report: Report) -> None:
    """The reporter that it is open again, and who looks after it that it came back."""
    told = [(REOPENED, report.author), (CAME_BACK, report.assigned_to)]
    for key, recipient in told:
        if recipient and recipient.email:
            notify.owe(
                key=key,
                to=recipient,
                municipality=report.municipality,
                about=report,
                delivery_key=f"{key}:{report.pk}:{report.round}",
            )
