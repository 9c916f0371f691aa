"""What becomes of an idea beyond its answer: a promise, or something in another method."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from buurtschouw.domain import answering
from buurtschouw.domain.ideas import joining, power
from buurtschouw.domain.ideas.refusals import IdeaRefused
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Answer, Report
from trajecten.domain.successions import preparing
from trajecten.models import Participant, Succession, User


@transaction.atomic
def prepare(*, report: Report, by: User, target: str, title: str, text: str) -> Succession:
    """Prepare an idea for another method, and ask who pulls it, who joins and who had it whether they go along.

    Refused (``IdeaRefused``) for what is no open idea that everybody may read, and as ``preparing.prepare`` says.
    """
    report = answering.lock(report)
    joining.check_open(report)
    made = preparing.prepare(
        origin=report, target=target, title=title, text=text, by=by, companions=_companions(report)
    )
    power.renew(report=report)
    return made


def _companions(report: Report) -> list[tuple[Participant, bool]]:
    """Who pulls it first, then who joins, and who had the idea."""
    found = {row.participant: row.pulls for row in joining.in_order(report) if row.participant}
    if report.author and report.author.can_be_told:
        found.setdefault(report.author, False)
    return list(found.items())


@transaction.atomic
def promise(*, report: Report, by: User, version: int, text: str, deadline: date) -> Answer:
    """Make an idea a promise: it is planned for a day, in words that who had it and who joins get.

    Refused as ``answering.answer`` says of what is planned, and (``IdeaRefused``) for what is no idea.
    """
    if not report.is_idea:
        raise IdeaRefused(_("This is no idea."))
    return answering.answer(
        report=report,
        by=by,
        version=version,
        status=ReportStatus.PLANNED,
        message=text,
        planned_for=deadline,
    )
