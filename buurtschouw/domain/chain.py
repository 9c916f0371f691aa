"""The chain of a report: what was said, promised and done, and whether it is solved.

"Decided" is skipped where nothing went to council or college: a report needs neither.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.enums import ForwardState, ReportKind, ReportStatus
from buurtschouw.models import Forward, Report
from trajecten.domain.chain import SKIPPED, TODO, ChainLink, Link, chain, short_day
from trajecten.domain.council.links import decided
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment, CommitmentOrigin, Verdict


def chain_of(report: Report, *, own: bool = True) -> tuple[ChainLink, ...]:
    """The five links of one report; ``own`` for its reporter. For several reports see ``chains_of``."""
    return chains_of([report], own=own)[report.pk]


def chains_of(reports: Iterable[Report], *, own: bool = True) -> dict[int, tuple[ChainLink, ...]]:
    """The chain of each report by its number, in three statements however many there are; four with forwarded ones."""
    reports = list(reports)
    numbers = [report.pk for report in reports]
    kind = ContentType.objects.get_for_model(Report)
    promises = _latest_promises(kind, numbers)
    verdicts = _latest_verdicts(kind, numbers)
    decisions = decided(kind, numbers, promises)
    elsewhere = _done_elsewhere(reports)
    return {
        report.pk: chain(
            said=Link("done", short_day(report.created_at)),
            promised=_promised(report, promises.get(report.pk)),
            decided=decisions.get(report.pk, SKIPPED),
            done=_done(report, promises.get(report.pk), is_done_elsewhere=report.pk in elsewhere),
            verdict=_verdict(report, verdicts.get((report.pk, report.round)), own=own),
            own=own,
        )
        for report in reports
    }


def _latest_promises(kind: ContentType, numbers: list[int]) -> dict[int, Commitment]:
    origins = CommitmentOrigin.objects.filter(content_type=kind, object_id__in=numbers)
    return {
        origin.object_id: origin.commitment
        for origin in origins.select_related("commitment").order_by("commitment_id")
    }


def _latest_verdicts(kind: ContentType, numbers: list[int]) -> dict[tuple[int, int], Verdict]:
    given = Verdict.objects.filter(content_type=kind, object_id__in=numbers).order_by("id")
    return {(verdict.object_id, verdict.round): verdict for verdict in given}


def _done_elsewhere(reports: list[Report]) -> set[int]:
    """The reports that another system said to be done with."""
    forwarded = [report.pk for report in reports if report.status == ReportStatus.FORWARDED]
    if not forwarded:
        return set()
    finished = Forward.objects.filter(report__in=forwarded, state=ForwardState.FINISHED)
    return set(finished.values_list("report", flat=True))


def _promised(report: Report, promise: Commitment | None) -> Link:
    """A promise with a date; where nothing was promised, by when the reporter hears something."""
    if promise and promise.closed_at is None:
        late = promise.deadline < timezone.localdate()
        if late:
            return Link("broken", _by(promise.deadline, late=True))
        if report.returned_at is None:
            return Link("done", _by(promise.deadline, late=False), words=_("pledged"))
    elif promise and report.returned_at is None:
        return _kept(promise)
    if not report.is_open:
        return SKIPPED
    if report.status == ReportStatus.WAITING:
        return Link("todo", _("waits for an answer to a question"), words="")
    day = {"day": short_day(report.due_on)}
    if report.is_overdue:
        return Link("broken", _("answer was due by %(day)s") % day, words="")
    return Link("todo", _("answer by %(day)s") % day, words="")


def _kept(promise: Commitment) -> Link:
    if promise.status == CommitmentStatus.BROKEN:
        return Link("broken", _("not kept"), words="")
    if promise.status == CommitmentStatus.WITHDRAWN:
        return Link("skipped", _("withdrawn"), words="")
    return Link("done", short_day(promise.deadline))


def _done(report: Report, promise: Commitment | None, *, is_done_elsewhere: bool) -> Link:
    """What was done; a promise that is called done counts too while its report is still open."""
    if report.handed_to:
        return Link("now", _("by %(whom)s") % {"whom": report.handed_to})
    if report.is_open and promise and promise.is_claimed and promise.closed_at:
        partly = promise.status == CommitmentStatus.PARTLY
        return Link("done", _("partly") if partly else short_day(promise.closed_at), words=_("complete"))
    if report.status == ReportStatus.IN_PROGRESS:
        return Link("now", _("in progress"), words="")
    if report.status == ReportStatus.NOT_DONE:
        broken = promise is not None and promise.status == CommitmentStatus.BROKEN
        return Link("broken" if broken else "skipped", _("not done"), words="")
    if is_done_elsewhere and report.closed_at:
        return Link("done", short_day(report.closed_at))
    if report.status == ReportStatus.FORWARDED:
        return Link("skipped", _("forwarded"), words="")
    if report.status == ReportStatus.MERGED:
        return Link("now", _("with another report"), words="")
    if report.status == ReportStatus.DONE and report.closed_at:
        passed_on = report.kind == ReportKind.COMPLIMENT
        return Link(
            "done", short_day(report.closed_at), words=_("passed on, with thanks") if passed_on else None
        )
    return TODO


def _verdict(report: Report, verdict: Verdict | None, *, own: bool) -> Link:
    """The verdict on the last time that it was called closed; a "no" stays red until the next closing.

    "Now" is for the reporter alone: anybody else can't give this verdict.
    """
    if report.status == ReportStatus.MERGED or not report.means.asks_verdict:
        return SKIPPED
    if report.handed_to:
        return TODO
    if verdict is None and not report.is_open:
        asked = Link("now", _("are you content?") if report.is_idea else _("is it solved?"))
        return asked if own else Link("todo", _("the reporter has yet to say"), words="")
    if verdict is None or not _stands(report):
        return TODO
    if _is_back(report):
        return Link("broken", _("last time: %(verdict)s") % {"verdict": _words(report, "no")}, words="")
    return Link("done", _words(report, verdict.value), words="")


def _stands(report: Report) -> bool:
    return not report.is_open or _is_back(report)


def _is_back(report: Report) -> bool:
    """Whether it came back because of the reporter's verdict, not with an answer of theirs or from another system."""
    return report.returned_at is not None and not report.has_reply and not report.returned_from


def _words(report: Report, verdict: str) -> str:
    return str(report.means.verdicts[verdict][1])


def _by(day: date, *, late: bool) -> str:
    return (_("was for %(day)s") if late else _("by %(day)s")) % {"day": short_day(day)}
