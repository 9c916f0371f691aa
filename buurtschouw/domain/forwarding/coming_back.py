"""A report that another system did not get, did not take, or did not do is the municipality's work again."""

from django.utils import timezone

from buurtschouw.domain import intake
from buurtschouw.domain.forwarding import telling
from buurtschouw.enums import FORWARD_TRANSITIONS, ForwardState, ReportStatus
from buurtschouw.models import Forward, Report
from trajecten.domain import activities
from trajecten.transitions import check


def come_back(*, report: Report, forward: Forward, state: ForwardState, why: str) -> None:
    """End the forward in this state, and put the report on top of the queue, with a new term; tell who looks after it.

    Both rows are locked by the caller, the report first. ``why`` is for officials.
    """
    end(forward, state, why=why)
    check(ReportStatus, report.means.transitions, report.status, ReportStatus.ACKNOWLEDGED)
    report.status, report.closed_at, report.handed_to = ReportStatus.ACKNOWLEDGED, None, ""
    report.returned_at, report.returned_from = timezone.now(), forward.destination.name
    report.due_on = intake.term(report.schouw)
    report.version += 1
    report.save(
        update_fields=[
            "status", "closed_at", "handed_to", "returned_at", "returned_from", "due_on", "version",
        ]
    )  # fmt: skip
    activities.record(
        verb="forward_came_back",
        target=report,
        by=None,
        is_public=True,
        details={"whom": forward.destination.name, "state": str(state)},
    )
    telling.failure(report, forward)


def finish(*, report: Report, forward: Forward) -> None:
    """They are done: the report is closed by that, and its reporter may say whether it is solved. As ``come_back``."""
    end(forward, ForwardState.FINISHED)
    report.closed_at, report.handed_to = timezone.now(), ""
    report.round += 1
    report.version += 1
    report.save(update_fields=["closed_at", "handed_to", "round", "version"])
    activities.record(
        verb="forward_finished",
        target=report,
        by=None,
        is_public=True,
        details={"whom": forward.destination.name},
    )


def end(forward: Forward, state: ForwardState, *, why: str = "") -> None:
    """Move the forward to a state in which nothing more is sent or asked."""
    check(ForwardState, FORWARD_TRANSITIONS, forward.state, state)
    forward.state, forward.last_error = state, why[:500]
    forward.next_try_at, forward.poll_at, forward.finished_at = None, None, timezone.now()
    forward.save()
