"""What residents do after a report: support it, and say whether it is solved."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain import answering, intake, together
from buurtschouw.domain.ideas import power
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report, Support
from trajecten.domain import activities, verdicts
from trajecten.domain.promises import judging, moving
from trajecten.domain.telling import news, notify
from trajecten.enums import VerdictValue
from trajecten.models import Participant, Verdict
from trajecten.refusals import Refused
from trajecten.transitions import check

CAME_BACK = "buurtschouw.report_came_back"
REOPENED = "buurtschouw.report_reopened"


class VerdictRefused(Refused):
    """A verdict can't be given now; the message says why."""


class SupportRefused(Refused):
    """A report can't be supported any more; the message says what to do instead."""


@transaction.atomic
def support(*, report: Report, by: Participant | None, device: str) -> bool:
    """Count one more who sees the same: once per person and once per device, also when it names another person.

    Who said so before without an address may still leave one. Who says so of a report that follows this one counts
    already. Returns whether anything was new. Refused (``SupportRefused``) for a report that is finished: its closing
    answer has gone out already; and for one that follows another.
    """
    report = answering.lock(report)
    check_open(report)
    earlier = list(_supports_of(report, by, device))
    if earlier:
        return by is not None and _name(earlier, by)
    family = set(together.with_merged([report.pk]).values_list("pk", flat=True))
    known = together.voices(family, besides=report) if len(family) > 1 else 0
    Support.objects.create(
        municipality_id=report.municipality_id, report=report, participant=by, device=device
    )
    more = together.voices(family, besides=report) - known if len(family) > 1 else 1
    report.supports = F("supports") + more
    report.save(update_fields=["supports"])
    activities.record(verb="supported", target=report, by=by, is_public=True)
    power.renew_if_idea(report)
    return True


def check_open(report: Report) -> None:
    if report.merged_into_id:
        raise SupportRefused(
            _("This report is handled with report %(number)s. You can support that one.")
            % {"number": report.merged_into_id}
        )
    if not report.is_open:
        raise SupportRefused(_("This report is finished. Is it there again? Then make a new report."))


def _supports_of(report: Report, by: Participant | None, device: str) -> QuerySet[Support]:
    """What this person or this device said before; there are at most two."""
    same = Q(device=device) if device else Q()
    if by is not None:
        same |= Q(participant=by)
    rows = Support.objects.filter(report=report)
    return rows.filter(same) if same else rows.none()


def _name(earlier: list[Support], by: Participant) -> bool:
    """Give a support that named nobody to this person, who has none yet."""
    if any(row.participant_id is not None for row in earlier):
        return False
    earlier[0].participant = by
    earlier[0].save(update_fields=["participant"])
    return True


@transaction.atomic
def judge(*, report: Report, value: str, words: str = "", round_number: int | None = None) -> Verdict:
    """Record the reporter's verdict on what was done; "no" opens the report again, on top of the queue.

    ``round_number`` is the closing that the mail asked about, None for the last one. A verdict on a closing
    that has been overtaken is refused (``VerdictRefused``), save that words may still be added to it. So is one on
    a compliment, one on a report that follows another, and one while another system has the report.
    """
    report = answering.lock(report)
    if report.handed_to:
        raise VerdictRefused(_not_yet(report))
    if report.merged_into_id:
        raise VerdictRefused(_("This report is handled with another one, so there is nothing to judge."))
    if not report.means.asks_verdict:
        raise VerdictRefused(
            _("Thank you. A compliment has been passed on; there is nothing to judge about it.")
        )
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
            verb="judged",
            target=report,
            by=report.author,
            is_public=True,
            details={"verdict": value, "round": asked},
        )
        judging.take_over(contribution=report, participant=report.author, value=value)
        if value == VerdictValue.NO:
            _reopen(report, verdict)
    return verdict


@transaction.atomic
def bring_back(*, report: Report, words: str = "") -> None:
    """Let the reporter's "no" on a promise be their verdict on the report that it answers.

    Not on one that is open, follows another or is with another system, nor on a compliment.
    """
    report = answering.lock(report)
    is_finished = not report.is_open and not report.merged_into_id and not report.handed_to
    if report.means.asks_verdict and is_finished:
        judge(report=report, value=VerdictValue.NO, words=words)


def _not_yet(report: Report) -> str:
    words = _("%(whom)s has your report now. We ask you whether it is solved when they are done.")
    return words % {"whom": report.handed_to}


def _overtaken(report: Report) -> str:
    if report.is_open:
        return _("This report is open again. You will hear when something has been done.")
    return _("The municipality has answered again since then. Say on this page whether it is solved now.")


def _reopen(report: Report, verdict: Verdict) -> None:
    check(ReportStatus, report.means.transitions, report.status, ReportStatus.ACKNOWLEDGED)
    report.status = ReportStatus.ACKNOWLEDGED
    report.returned_at = verdict.at
    report.closed_at = None
    report.version += 1
    report.due_on = intake.term(report.schouw)
    report.save(update_fields=["status", "returned_at", "closed_at", "version", "due_on"])
    with news.told_with(_delivery_key(REOPENED, report)):
        moving.take_up_again(contribution=report, by=report.author, told=report.assigned_to)
    activities.record(verb="reopened", target=report, by=report.author, is_public=True)
    power.renew_if_idea(report)
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
                delivery_key=f"{_delivery_key(key, report)}:{recipient.pk}",
            )


def _delivery_key(key: str, report: Report) -> str:
    """Once for each time that the report comes back."""
    return f"{key}:{report.pk}:{report.round}"
