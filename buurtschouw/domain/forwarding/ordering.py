"""An official forwards a report to another system, has it sent again, or takes it back."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import answering
from buurtschouw.domain.forwarding import channels
from buurtschouw.enums import FORWARD_TRANSITIONS, UNSENT, ForwardState, ReportStatus
from buurtschouw.models import Destination, DestinationTheme, Forward, Report
from trajecten.domain import activities
from trajecten.domain.photos import attachments
from trajecten.domain.telling import waking
from trajecten.models import User
from trajecten.refusals import Refused
from trajecten.transitions import check

SEND_TASK = "buurtschouw.tasks.send_forwards"
AWAKE_KEY = "forwards-awake"


class ForwardRefused(Refused):
    """This report can't be forwarded like this; the message says why."""


@dataclass(frozen=True)
class Along:
    """What goes along beside the words and the place. ``agreed`` is how the reporter agreed to being passed on."""

    photos: bool = False
    contact: bool = False
    agreed: str = ""


@transaction.atomic
def forward(
    *, report: Report, by: User, version: int, destination: Destination, message: str, along: Along
) -> Forward:
    """Answer the reporter that it is forwarded, and owe it to the other system; it is sent after the commit.

    Raises as ``answering.answer``. Refused (``ForwardRefused``): a system that is not in use, a theme that has no
    category there, a report without a pin where they need one, an address of a reporter who left none, who wants no
    mail any more, or who did not agree.
    """
    report = answering.lock(report, version)
    destination = Destination.objects.get(pk=destination.pk)
    theme = _checked(report, destination, along)
    answering.answer(
        report=report,
        by=by,
        version=version,
        status=ReportStatus.FORWARDED,
        message=message,
        forwarded_to=destination.name,
        is_handed=True,
    )
    made = Forward.objects.create(
        municipality_id=report.municipality_id,
        report=report,
        destination=destination,
        by=by,
        code=theme.code,
        label=theme.label,
        shares_photos=along.photos and photos_to_share(report) > 0,
        shares_contact=along.contact,
        contact_agreed=along.agreed.strip() if along.contact else "",
        next_try_at=timezone.now(),
    )
    wake()
    return made


def _checked(report: Report, destination: Destination, along: Along) -> DestinationTheme:
    theme = _theme_there(report, destination)
    if along.contact:
        if report.author is None or not report.author.email or report.author.contact_withdrawn_at:
            raise ForwardRefused(
                _("This reporter has no mail address that you may pass on."), field="contact"
            )
        if not along.agreed.strip():
            raise ForwardRefused(
                _("Write down how the reporter agreed, for example: by phone, 3 June."), field="agreed"
            )
    return theme


def _theme_there(report: Report, destination: Destination) -> DestinationTheme:
    """What the theme of the report is there. Refused when it can't go there at all."""
    if not destination.is_active:
        raise ForwardRefused(_("This system is not in use (any more)."), field="destination")
    theme = destination.themes.filter(category=report.category_id).first()
    if theme is None:
        words = _("“%(theme)s” has no category at %(whom)s yet. A coordinator can choose one.")
        values = {"theme": report.category.name, "whom": destination.name}
        raise ForwardRefused(words % values, field="destination")
    if report.point is None and channels.needs_point(destination):
        raise ForwardRefused(
            _("They need a place on the map. Put the pin of this report first."), field="destination"
        )
    return theme


@transaction.atomic
def send_again(*, forward: Forward, by: User) -> Forward:
    """Try it now: one that waits for its next turn, or one that failed or was refused, from the start.

    The reporter was told already that it is forwarded, so hears nothing. Twice is once. Refused
    (``ForwardRefused``) when it has arrived or was taken back, when the report was answered otherwise since, and as
    ``forward`` does.
    """
    report = answering.lock(forward.report)
    forward = Forward.objects.select_for_update().get(pk=forward.pk)
    if forward.state == ForwardState.WAITING:
        forward.next_try_at = timezone.now()
        forward.save(update_fields=["next_try_at"])
    elif forward.state in UNSENT:
        _begin_again(forward, report, by)
    elif forward.state != ForwardState.SENDING:
        raise ForwardRefused(_("This was sent already, or taken back. Look at the page again."))
    wake()
    return forward


def _begin_again(forward: Forward, report: Report, by: User) -> None:
    if not report.is_open:
        raise ForwardRefused(_("This report has been answered since. Look at the page again."))
    if Forward.objects.filter(report=report, pk__gt=forward.pk).exists():
        raise ForwardRefused(_("This report was forwarded again since. Look at the page again."))
    theme = _theme_there(report, forward.destination)
    check(ForwardState, FORWARD_TRANSITIONS, forward.state, ForwardState.WAITING)
    check(ReportStatus, report.means.transitions, report.status, ReportStatus.FORWARDED)
    now = timezone.now()
    forward.code, forward.label, forward.by = theme.code, theme.label, by
    forward.state, forward.next_try_at, forward.attempts = ForwardState.WAITING, now, 0
    forward.turn += 1
    forward.unsure, forward.last_error, forward.finished_at = False, "", None
    forward.save()
    report.status, report.closed_at, report.planned_for = ReportStatus.FORWARDED, now, None
    report.returned_at, report.returned_from, report.handed_to = None, "", forward.destination.name
    report.version += 1
    report.save(
        update_fields=[
            "status", "closed_at", "planned_for", "returned_at", "returned_from", "handed_to", "version",
        ]
    )  # fmt: skip
    activities.record(
        verb="forward_sent_again",
        target=report,
        by=by,
        is_public=True,
        details={"whom": forward.destination.name},
    )


def wake() -> None:
    """Ask a worker to send what is due, after the commit; when the broker is away beat's sweep does the same."""
    transaction.on_commit(partial(waking.ask, SEND_TASK, AWAKE_KEY), robust=True)


def may_go(report: Report) -> bool:
    """Whether this report may be forwarded now."""
    return ReportStatus.FORWARDED in report.means.transitions[report.status]


def may_go_again(forward: Forward, report: Report) -> bool:
    """Whether an official may have it sent now: what waits, or what failed while the report still waits for that."""
    if forward.state == ForwardState.WAITING:
        return True
    return forward.state in UNSENT and report.is_open and report.returned_from == forward.destination.name


def photos_to_share(report: Report) -> int:
    """How many photos there are to send; all of them were made clean when they came in."""
    return attachments.of(report).count()
