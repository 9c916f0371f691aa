"""Who hears what of a forward: the reporter of news, supporters and followers of the end, officials of a failure."""

from collections.abc import Iterable

from buurtschouw.domain import together
from buurtschouw.enums import Phase
from buurtschouw.models import Forward, ForwardUpdate, Report
from trajecten.domain.staffing import people
from trajecten.domain.telling import news, notify
from trajecten.enums import Moderation
from trajecten.models import User

NEWS = "buurtschouw.forward_news"
FINISHED = "buurtschouw.forward_finished"
DECLINED = "buurtschouw.forward_declined"
SUPPORTED = "buurtschouw.forward_supported"
FOLLOWED = "buurtschouw.forward_followed"
FAILED = "buurtschouw.forward_failed"

_FOR_REPORTER = {Phase.OPEN: NEWS, Phase.DONE: FINISHED, Phase.DECLINED: DECLINED}


def update(report: Report, update: ForwardUpdate) -> None:
    """Tell the reporter what the other system says; of the end also who supports or follows the report."""
    phase = Phase(update.phase)
    delivery_key = f"buurtschouw.forward_update:{update.pk}"
    if report.author and report.author.can_be_told:
        notify.owe(
            key=_FOR_REPORTER[phase],
            to=report.author,
            municipality=report.municipality,
            about=update,
            delivery_key=f"{delivery_key}:{report.author_id}",
            context={"round": report.round},
        )
    if phase == Phase.DONE:
        for people in (together.supporters(report), together.merged_reporters(report)):
            notify.owe_each(
                key=SUPPORTED,
                to=people.filter(email__isnull=False),
                municipality=report.municipality,
                about=update,
                delivery_key=delivery_key,
            )
        if report.moderation != Moderation.HIDDEN:
            news.tell(key=FOLLOWED, about=update, targets=[report], delivery_key=delivery_key)


def failure(report: Report, forward: Forward) -> None:
    """Tell who looks after the report that it came back, once each time that this happens."""
    for official in looking_after(report):
        notify.owe(
            key=FAILED,
            to=official,
            municipality=report.municipality,
            about=forward,
            delivery_key=f"{FAILED}:{forward.pk}:{forward.turn}:{official.pk}",
        )


def looking_after(report: Report) -> Iterable[User]:
    """Whom it is assigned to; else the team of its theme, or who coordinates: there is always somebody."""
    if report.assigned_to and report.assigned_to.is_active:
        return [report.assigned_to]
    team = report.category.team
    members = list(team.members.filter(is_active=True)) if team else []
    return members or list(people.coordinators(report.municipality_id))
