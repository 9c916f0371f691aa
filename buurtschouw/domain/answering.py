"""What officials do with a report: answer, assign, note, and say whether others may read it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtschouw.domain import answer_templates, intake, pausing, together
from buurtschouw.domain.forwarding import letting_go
from buurtschouw.domain.ideas import power, telling
from buurtschouw.enums import CLOSED, ReportStatus
from buurtschouw.models import Answer, Note, Report, Subtask
from trajecten.domain import activities
from trajecten.domain.moderation import deciding
from trajecten.domain.promises import checking, finding, making, moving
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.domain.telling import news, notify, texts
from trajecten.enums import COMMITMENT_TRANSITIONS, CommitmentStatus, Moderation
from trajecten.models import Attachment, User
from trajecten.refusals import Refused
from trajecten.transitions import check

ANSWERED = "buurtschouw.report_answered"
CLOSED_KEY = "buurtschouw.report_closed"
PASSED_ON = "buurtschouw.compliment_passed_on"
QUESTION = "buurtschouw.report_question"
MERGED_ANSWERED = "buurtschouw.merged_answered"
SUPPORTED_CLOSED = "buurtschouw.supported_closed"
FOLLOWED = "buurtschouw.followed_answered"


class ReportChanged(Exception):
    """Somebody else changed the report after this official opened it; ``report`` is how it is now."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class AnswerRefused(Refused):
    """Something is missing in the answer; ``field`` says where."""


@transaction.atomic
def answer(
    *,
    report: Report,
    by: User,
    version: int,
    status: str,
    message: str,
    planned_for: date | None = None,
    forwarded_to: str = "",
    despite_tasks: bool = False,
    despite_reason: str = "",
    is_handed: bool = False,
) -> Answer:
    """Answer the reporter and move the report along its table of transitions.

    Where it may go differs by kind: a compliment is only passed on (``kinds``). "Waiting" is a question to the
    reporter: it stops the clock (``pausing``) and is for nobody else. Any other answer is also for who reported what
    follows this report.

    ``is_handed`` tells that another system gets the report: then the reporter is asked for a verdict when that is
    done with it, and not now. An answer to a report that is with another system takes it back from there.

    ``version`` is that of the report the official was looking at. Raises ``ReportChanged`` when it is not the newest
    any more, ``TransitionRefused`` when the status may not follow, ``AnswerRefused`` without words, without a date that
    is still to come and within reach for "planned", without whom it was forwarded to, or for a question to a reporter
    who can't be reached; while a placeholder stands in the words, save the promised day of "planned"; and for
    "done" with tasks that wait, unless ``despite_tasks`` is said with a reason, which is kept as a note.
    """
    report = lock(report, version)
    check(ReportStatus, report.means.answers, report.status, status)
    if status == ReportStatus.PLANNED and planned_for:
        message = answer_templates.with_day(message, planned_for)
    _check_complete(status, message, planned_for, forwarded_to)
    if status == ReportStatus.WAITING:
        _check_reachable(report)
    if status == ReportStatus.DONE:
        _check_tasks(report, by=by, despite_tasks=despite_tasks, reason=despite_reason)
    before = report.status
    if report.handed_to:
        letting_go.of(report)
    report.handed_to = forwarded_to.strip() if is_handed else ""
    _apply(report, status, planned_for)
    made = Answer.objects.create(
        municipality_id=report.municipality_id,
        report=report,
        by=by,
        status_before=before,
        status=status,
        message=message.strip(),
        planned_for=planned_for if status == ReportStatus.PLANNED else None,
        forwarded_to=forwarded_to.strip() if status == ReportStatus.FORWARDED else "",
        round=report.round,
    )
    with news.told_with(_delivery_key(made)):
        asked = _keep_promise(report, made, by=by)
    activities.record(
        verb="answered", target=report, by=by, is_public=True, details={"from": before, "to": status}
    )
    power.renew_if_idea(report)
    _tell_reporter(report, made)
    if status != ReportStatus.WAITING:
        _tell_others(report, made, asked=asked)
    return made


def lock(report: Report, version: int | None = None) -> Report:
    """The newest row, locked. Raises ``ReportChanged`` when it is newer than ``version``."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("schouw", "author", "category")
    newest = rows.defer("search").get(pk=report.pk)
    if version is not None and newest.version != version:
        raise ReportChanged(newest)
    return newest


def _check_complete(status: str, message: str, planned_for: date | None, forwarded_to: str) -> None:
    if not message.strip():
        if status == ReportStatus.NOT_DONE:
            raise AnswerRefused(_("Write down why it is not done: the reporter reads this."), field="message")
        raise AnswerRefused(_("Write what you want to tell the reporter."), field="message")
    if status == ReportStatus.PLANNED and planned_for is None:
        raise AnswerRefused(_("Fill in for which date it is planned."), field="planned_for")
    if answer_templates.promises_a_day(message):
        raise AnswerRefused(answer_templates.without_day(), field="message")
    left = texts.PLACEHOLDER.findall(message)
    if left:
        raise AnswerRefused(
            _("Replace {%(name)s} by your own words first.") % {"name": left[0]}, field="message"
        )
    if status == ReportStatus.PLANNED and planned_for:
        _check_date(planned_for)
    if status == ReportStatus.FORWARDED and not forwarded_to.strip():
        raise AnswerRefused(_("Fill in to whom you forward it."), field="forwarded_to")


def _check_tasks(report: Report, *, by: User, despite_tasks: bool, reason: str) -> None:
    waiting = Subtask.objects.filter(report=report, done_at__isnull=True).count()
    if not waiting:
        return
    if not despite_tasks:
        message = ngettext(
            "%(n)d task of this report is not done yet. Do it first, or say that it is done all the same.",
            "%(n)d tasks of this report are not done yet. Do them first, or say that it is done all the same.",
            waiting,
        )
        raise AnswerRefused(message % {"n": waiting}, field="despite_tasks")
    if not reason.strip():
        raise AnswerRefused(_("Write why it is done although tasks are open."), field="despite_reason")
    note(report=report, by=by, text=_("Called done with open tasks: %(why)s") % {"why": reason.strip()})
    activities.record(verb="done_with_open_tasks", target=report, by=by, details={"tasks": waiting})


def _check_reachable(report: Report) -> None:
    try:
        pausing.check_reachable(report)
    except pausing.PauseRefused as refused:
        raise AnswerRefused(refused.message, field=refused.field) from refused


def _check_date(planned_for: date) -> None:
    try:
        checking.new_deadline(planned_for)
    except PromiseRefused as refused:
        raise AnswerRefused(refused.message, field="planned_for") from refused


def _apply(report: Report, status: str, planned_for: date | None) -> None:
    now = timezone.now()
    report.status = status
    report.version += 1
    report.first_answer_at = report.first_answer_at or now
    report.returned_at, report.returned_from = None, ""
    report.planned_for = planned_for if status == ReportStatus.PLANNED else None
    report.closed_at = now if status in CLOSED else None
    if status == ReportStatus.WAITING:
        pausing.stop(report)
    else:
        pausing.forget(report)
    if status in CLOSED:
        report.round += 0 if report.handed_to else 1
    elif status != ReportStatus.WAITING:
        report.due_on = report.planned_for or intake.term(report.schouw)
    report.save(
        update_fields=[
            "status", "version", "first_answer_at", "returned_at", "returned_from", "planned_for", "closed_at",
            "handed_to", "round", "due_on",
            *pausing.FIELDS,
        ]
    )  # fmt: skip


def _keep_promise(report: Report, made: Answer, *, by: User) -> bool:
    """A planned report is a promise; what becomes of the report becomes of the promise that stands on it alone.

    Promises that were kept, broken or withdrawn before stay so, save that a report which is opened again was
    not done after all. Returns whether a promise is called done, and so asks who supports the report.
    """
    if made.status == ReportStatus.PLANNED:
        _promise(report, made, by=by)
        return False
    if made.status_before in CLOSED:
        moving.take_up_again(contribution=report, by=by)
    outcome = {
        ReportStatus.IN_PROGRESS: CommitmentStatus.IN_PROGRESS,
        ReportStatus.DONE: CommitmentStatus.DONE,
        ReportStatus.NOT_DONE: CommitmentStatus.BROKEN,
        ReportStatus.FORWARDED: CommitmentStatus.WITHDRAWN,
    }.get(ReportStatus(made.status))
    moved = False
    for commitment in finding.standing_on_it_alone(report):
        if outcome and outcome in COMMITMENT_TRANSITIONS[commitment.status]:
            reason, text = _told(report, made, outcome)
            moving.move(
                commitment=commitment, status=outcome, by=by, reason=reason, text=text, asked_by=report
            )
            moved = True
    return moved and outcome == CommitmentStatus.DONE


def _promise(report: Report, made: Answer, *, by: User) -> None:
    assert made.planned_for is not None  # noqa: S101  checked before
    making.promise(
        contribution=report,
        text=made.message,
        deadline=made.planned_for,
        owner=report.assigned_to or by,
        by=by,
        team=report.category.team,
    )


def _told(report: Report, made: Answer, outcome: CommitmentStatus) -> tuple[str, str]:
    """Reason and words for the public history of the promise: the answer, where others may read the report."""
    if outcome in moving.WITH_REASON:
        return (made.message if report.is_public else _("The reporter was told why.")), ""
    return "", made.message if report.is_public else ""


def _tell_reporter(report: Report, made: Answer) -> None:
    if report.author is None or not report.author.can_be_told:
        return
    closing = CLOSED_KEY if report.means.asks_verdict else PASSED_ON
    key = closing if made.status in CLOSED and not report.handed_to else ANSWERED
    notify.owe(
        key=QUESTION if made.status == ReportStatus.WAITING else key,
        to=report.author,
        municipality=report.municipality,
        about=made,
        delivery_key=f"{_delivery_key(made)}:{report.author_id}",
    )


def _tell_others(report: Report, made: Answer, *, asked: bool) -> None:
    """Reporters of what follows this report, and supporters when it is closed; each once.

    Where a promise is called done by the answer (``asked``) they hear that instead, with the question whether it was
    kept.
    """
    if not asked:
        if report.is_idea:
            telling.answered(report, made, delivery_key=_delivery_key(made))
        told = [(MERGED_ANSWERED, together.merged_reporters(report))]
        if made.status in CLOSED and not report.handed_to:
            told.append((SUPPORTED_CLOSED, together.supporters(report).filter(email__isnull=False)))
        for key, people in told:
            notify.owe_each(
                key=key,
                to=people,
                municipality=report.municipality,
                about=made,
                delivery_key=_delivery_key(made),
            )
    _tell_followers(report, made)


def _tell_followers(report: Report, made: Answer) -> None:
    """Who got the answer as its reporter or supporter does not get it again; nobody hears of what is hidden."""
    if report.moderation != Moderation.HIDDEN:
        targets = together.with_merged([report.pk]).defer("search")
        news.tell(key=FOLLOWED, about=made, targets=targets, delivery_key=_delivery_key(made))


def _delivery_key(made: Answer) -> str:
    """One for all who are told of this answer, whatever they are to it."""
    return f"buurtschouw.answer:{made.pk}"


@transaction.atomic
def assign(*, report: Report, by: User, to: User | None) -> Report:
    """Give the report to an official of the municipality, or to nobody."""
    report = lock(report)
    report.assigned_to = to
    report.version += 1
    report.save(update_fields=["assigned_to", "version"])
    activities.record(verb="assigned", target=report, by=by, details={"to": to.pk if to else None})
    return report


@transaction.atomic
def note(*, report: Report, by: User, text: str) -> Note:
    """Write a note for colleagues; refused when empty."""
    if not text.strip():
        raise AnswerRefused(_("Write your note first."), field="text")
    made = Note.objects.create(
        municipality_id=report.municipality_id, report=report, by=by, text=text.strip()
    )
    activities.record(verb="noted", target=report, by=by)
    return made


@transaction.atomic
def moderate(
    *,
    report: Report,
    by: User,
    moderation: Moderation,
    photos: Iterable[Attachment] = (),
    reason: str = "",
    words: str = "",
) -> Report:
    """Say whether others may read the words of the report, and see those of its photos that the official saw.

    Refused (``ModerationRefused``) as ``deciding.hide`` says: who hides gives a reason, which the reporter reads.
    """
    if moderation == Moderation.PUBLISHED:
        deciding.publish(contribution=report, by=by, photos=photos)
    else:
        deciding.hide(contribution=report, by=by, reason=reason, words=words)
    return report
