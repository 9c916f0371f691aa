"""Whether an idea is feasible, as officials judge it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import answering, intake
from buurtschouw.domain.ideas import power, telling
from buurtschouw.domain.ideas.refusals import IdeaRefused
from buurtschouw.enums import Feasibility
from buurtschouw.models import Judgement, Report
from trajecten.models import User


@transaction.atomic
def judge(*, report: Report, by: User, level: str, reason: str) -> Judgement:
    """Say how feasible an idea is, and why: everybody reads it, and who joins hears it.

    It is a word of the municipality to who had the idea: the first answer if there was none, and a new term begins.
    Judging again is allowed, and keeps what was judged before; the same judgement twice in a row is one. Refused
    (``IdeaRefused``): without a reason, and for what is no idea.
    """
    if not reason.strip():
        raise IdeaRefused(_("Write down why. Everybody can read this."), field="reason")
    report = answering.lock(report)
    if not report.is_idea:
        raise IdeaRefused(_("Only an idea is judged in this way."), field="level")
    last = Judgement.objects.filter(report=report).last()
    if last and (last.level, last.reason) == (level, reason.strip()):
        return last
    made: Judgement = Judgement.objects.create(
        municipality_id=report.municipality_id,
        report=report,
        by=by,
        level=Feasibility(level),
        reason=reason.strip(),
    )
    _counts_as_answer(report)
    idea = power.renew(report=report)
    idea.feasibility = made.level
    power.keep(idea)
    telling.happened(report=report, verb=telling.JUDGED, by=by, details={"judgement": made.pk})
    return made


def _counts_as_answer(report: Report) -> None:
    report.first_answer_at = report.first_answer_at or timezone.now()
    if report.is_open and report.planned_for is None:
        report.due_on = intake.term(report.schouw)
    report.save(update_fields=["first_answer_at", "due_on"])
