"""The clock of a report, which stands still while the municipality waits for its reporter.

Terms move by the working days that were waited. A question is an answer: the reporter has heard from the
municipality, so the time to the first answer ends with it. A promise with a date has no clock that can be stopped.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.method import WAIT_FOR_REPORTER_DAYS
from buurtschouw.models import Report
from trajecten.domain import workdays
from trajecten.refusals import Refused

FIELDS = ("waiting_since", "paused_term")


class PauseRefused(Refused):
    """The clock can't be stopped or started again; the message says why."""


def is_reachable(report: Report) -> bool:
    """Whether the reporter would see a question."""
    return report.author is not None and report.author.can_be_told


def check_reachable(report: Report) -> None:
    """Refuse (``PauseRefused``) a question to somebody who would never see it."""
    if not is_reachable(report):
        raise PauseRefused(
            _(
                "The reporter left no address, so a question reaches nobody. Decide with what you know, or go and look."
            ),
            field="status",
        )


def stop(report: Report) -> None:
    """Stop the clock, where it still runs; the term is now the day to look whether the reporter answered."""
    if report.waiting_since is None:
        report.waiting_since, report.paused_term = timezone.now(), report.due_on
    report.due_on = workdays.after(timezone.localdate(), WAIT_FOR_REPORTER_DAYS)


def start(report: Report) -> None:
    """Let the clock run again: the term that stood still, moved by the working days that were waited."""
    if report.waiting_since is None or report.paused_term is None:
        return
    waited = workdays.between(timezone.localdate(report.waiting_since), timezone.localdate())
    report.due_on = workdays.after(report.paused_term, waited)
    forget(report)


def forget(report: Report) -> None:
    """Leave the pause out; the caller says what the term is."""
    report.waiting_since = report.paused_term = None
